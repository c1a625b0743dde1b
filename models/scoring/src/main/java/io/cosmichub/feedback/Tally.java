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

/**
 * The sums of an experiment under the highest version that was heard of.
 *
 * @param version the version
 * @param arms the sums by arm and metric
 * @param halts the arms that were paused
 * @param lately the sums of metrics of scores over the last while
 */
public record Tally(
    long version, Map<String, Map<String, Sums>> arms, Map<String, Halt> halts, Lately lately) {

  /** Of an arm with so many metrics, only those that are asked for get in. */
  public static final int MOST_METRICS = 32;

  /** Nothing was heard of. */
  public static final Tally EMPTY = new Tally(0, Map.of(), Map.of(), Lately.NOTHING);

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
    boolean anew = contribution.version() > version;
    Map<String, Map<String, Sums>> after = anew ? new HashMap<>() : new HashMap<>(arms);
    Map<String, Sums> sums = new HashMap<>(after.getOrDefault(contribution.arm(), Map.of()));
    sums.merge(contribution.metric(), contribution.change(), Sums::plus);
    after.put(contribution.arm(), sums);
    Lately recent = anew ? Lately.NOTHING : lately;
    return new Tally(
        contribution.version(),
        after,
        anew ? Map.of() : halts,
        Metric.isOfScores(contribution.metric()) ? recent.with(contribution, at) : recent);
  }

  /** After an arm was paused, which stands from now on to the control as it is now. */
  public Tally halted(String arm, String control, String reason) {
    Map<String, Halt> after = new HashMap<>(halts);
    after.put(arm, new Halt(reason, sums(control), sums(arm)));
    return new Tally(version, arms, after, lately);
  }

  /** After all arms that were paused go on, with everything that was measured of them. */
  public Tally resumed() {
    return halts.isEmpty() ? this : new Tally(version, arms, Map.of(), Lately.NOTHING);
  }

  /** The figures of the arms of a definition, in its order, at a time in epoch milliseconds. */
  public List<ArmFigures> figures(ExperimentDefinition definition, long at) {
    List<ArmFigures> figures = new ArrayList<>();
    for (Arm arm : definition.arms()) {
      figures.add(figures(arm.id(), sums(arm.id()), lately.sums(arm.id(), at), definition));
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
        late);
  }

  private static Moments moments(Map<String, Sums> sums, String metric) {
    return sums.getOrDefault(metric, Sums.NONE).moments();
  }
}
