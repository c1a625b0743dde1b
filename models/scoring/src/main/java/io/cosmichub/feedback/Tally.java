package io.cosmichub.feedback;

import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ArmFigures;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.ExperimentReport.HaltedArm;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.experiment.Moments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sums of an experiment under the highest version that was heard of.
 *
 * @param version the version
 * @param arms the sums by arm and metric
 * @param halts the arms that were paused
 * @param lately the sums of metrics of scores over the last while
 * @param voices how many units said something in the last hour
 */
public record Tally(
    long version,
    Map<String, Map<String, Sums>> arms,
    Map<String, Halt> halts,
    Lately lately,
    Voices voices) {

  /** Of an arm with so many metrics, only those that are asked for get in. */
  public static final int MOST_METRICS = 32;

  /** Nothing was heard of. */
  public static final Tally EMPTY = new Tally(0, Map.of(), Map.of(), Lately.NOTHING, Voices.NONE);

  /** Takes copies. */
  public Tally {
    Map<String, Map<String, Sums>> copies = new HashMap<>();
    arms.forEach((arm, sums) -> copies.put(arm, Map.copyOf(sums)));
    arms = Map.copyOf(copies);
    halts = Map.copyOf(halts);
  }

  /** Whether a contribution is to an older version. */
  public boolean isPast(Contribution contribution) {
    return contribution.version() < version;
  }

  /**
   * Whether there is room for a contribution, whatever the definition asks for. Whoever gives
   * feedback chooses its kinds, so kinds alone fill an arm.
   */
  public boolean hasRoomFor(Contribution contribution) {
    Map<String, Sums> sums = sums(contribution.arm());
    return contribution.version() > version
        || Metric.isReserved(contribution.metric())
        || sums.containsKey(contribution.metric())
        || sums.size() < MOST_METRICS;
  }

  /**
   * After a contribution at a time in epoch milliseconds, whether there was room for it or not; the
   * same instance if it is to an older version.
   */
  public Tally with(Contribution contribution, long at) {
    if (isPast(contribution)) {
      return this;
    }
    return contribution.version() > version
        ? new Tally(contribution.version(), Map.of(), Map.of(), Lately.NOTHING, Voices.NONE)
            .adding(contribution, at)
        : adding(contribution, at);
  }

  private Tally adding(Contribution contribution, long at) {
    String arm = contribution.arm();
    if (contribution.metric().equals(Metric.HEARD)) {
      return new Tally(version, arms, halts, lately, voices.with(arm, at));
    }
    Map<String, Map<String, Sums>> after = new HashMap<>(arms);
    Map<String, Sums> sums = new HashMap<>(sums(arm));
    sums.merge(contribution.metric(), contribution.change(), Sums::plus);
    after.put(arm, sums);
    boolean ofScores = Metric.isOfScores(contribution.metric());
    return new Tally(
        version, after, halts, ofScores ? lately.with(contribution, at) : lately, voices);
  }

  /** After an arm was paused, which stands from now on to the control as it is now. */
  public Tally halted(String arm, String control, String reason) {
    Map<String, Halt> after = new HashMap<>(halts);
    after.put(arm, new Halt(reason, sums(control), sums(arm)));
    return new Tally(version, arms, after, lately, voices);
  }

  /**
   * After arms that were paused go on, with everything that was measured of them but for the last
   * while, in which they stood still; the same instance if none of them was.
   */
  public Tally resumed(Set<String> those) {
    Map<String, Halt> after = new HashMap<>(halts);
    return after.keySet().removeAll(those)
        ? new Tally(version, arms, after, Lately.NOTHING, Voices.NONE)
        : this;
  }

  /** The figures of the arms of a definition, in its order, at a time in epoch milliseconds. */
  public List<ArmFigures> figures(ExperimentDefinition definition, long at) {
    List<ArmFigures> figures = new ArrayList<>();
    for (Arm arm : definition.arms()) {
      String id = arm.id();
      figures.add(
          figures(id, sums(id), lately.sums(id, at), definition)
              .withHeard(heard(id, at, definition)));
    }
    return figures;
  }

  /** The arms of a definition that were paused. */
  public Map<String, HaltedArm> haltedArms(ExperimentDefinition definition) {
    Map<String, HaltedArm> halted = new HashMap<>();
    halts.forEach(
        (arm, halt) ->
            halted.put(
                arm,
                new HaltedArm(
                    halt.reason(),
                    figures(definition.control().id(), halt.control(), Map.of(), definition),
                    figures(arm, halt.arm(), Map.of(), definition))));
    return halted;
  }

  private Map<String, List<Long>> heard(String arm, long at, ExperimentDefinition definition) {
    return definition.measures(Metric.FEEDBACK_RATE)
        ? Map.of(Metric.FEEDBACK_RATE, voices.since(arm, at))
        : Map.of();
  }

  private Map<String, Sums> sums(String arm) {
    return arms.getOrDefault(arm, Map.of());
  }

  private static ArmFigures figures(
      String arm,
      Map<String, Sums> sums,
      Map<String, Sums> recent,
      ExperimentDefinition definition) {
    Map<String, Moments> guardrails = new HashMap<>();
    Map<String, Moments> late = new HashMap<>();
    for (Guardrail guardrail : definition.guardrails()) {
      String metric = guardrail.metric();
      guardrails.put(metric, moments(sums, metric));
      if (recent.containsKey(metric)) {
        late.put(metric, moments(recent, metric));
      }
    }
    return new ArmFigures(
        arm,
        Math.max(0, sums.getOrDefault(Metric.ASSIGNED, Sums.NONE).count()),
        moments(sums, definition.primaryMetric()),
        guardrails,
        late,
        Map.of());
  }

  private static Moments moments(Map<String, Sums> sums, String metric) {
    return sums.getOrDefault(metric, Sums.NONE).moments();
  }
}
