package io.cosmichub.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is compared, on whom, by which figure, and until when.
 *
 * @param id the name in messages
 * @param salt what assignment hangs on: another salt deals all units anew
 * @param unit what is assigned as a whole
 * @param arms at least two; the first is the control
 * @param eligibleShare which part of all units takes part, above 0 and up to 1
 * @param primaryMetric the figure that decides; higher is better
 * @param minimumEffect the smallest difference of it that matters, above 0
 * @param guardrails figures that must not be harmed
 * @param start the first moment that counts
 * @param end the first moment that no longer counts
 */
public record ExperimentDefinition(
    String id,
    String salt,
    Unit unit,
    List<Arm> arms,
    double eligibleShare,
    String primaryMetric,
    double minimumEffect,
    List<Guardrail> guardrails,
    Instant start,
    Instant end) {

  /** More arms are refused. */
  public static final int MAX_ARMS = 8;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int MAX_WEIGHT = 10_000;

  /** What gets an arm as a whole. */
  public enum Unit {
    /** A pair, by its id. */
    PAIR,
    /** A chart, by its id: all pairs of one person see the same arm. */
    CHART
  }

  /** Checks everything; {@link IllegalArgumentException} lists all that is wrong, one a line. */
  public ExperimentDefinition {
    arms = List.copyOf(arms);
    guardrails = List.copyOf(guardrails);
    Problems problems = new Problems(id);
    problems.name("id", id);
    problems.require(!salt.isBlank(), "salt is empty");
    problems.checkArms(arms);
    problems.require(
        eligibleShare > 0 && eligibleShare <= 1,
        "eligible share is " + eligibleShare + ", not above 0 and up to 1");
    problems.name("primary metric", primaryMetric);
    problems.require(
        minimumEffect > 0 && Double.isFinite(minimumEffect),
        "minimum effect is " + minimumEffect + ", not above 0");
    problems.checkGuardrails(guardrails, primaryMetric);
    problems.require(start.isBefore(end), "it ends at " + end + ", not after its start, " + start);
    problems.throwIfAny();
  }

  /** The arm that the others are compared with. */
  public Arm control() {
    return arms.get(0);
  }

  /** Whether it asks for a metric. */
  public boolean measures(String metric) {
    return primaryMetric.equals(metric)
        || guardrails.stream().anyMatch(guardrail -> guardrail.metric().equals(metric));
  }

  /** The sum of all weights. */
  public int totalWeight() {
    return arms.stream().mapToInt(Arm::weight).sum();
  }

  private static final class Problems {
    private final String experiment;
    private final List<String> found = new ArrayList<>();

    Problems(String experiment) {
      this.experiment = experiment;
    }

    void require(boolean holds, String otherwise) {
      if (!holds) {
        found.add(otherwise);
      }
    }

    void name(String what, String value) {
      require(
          NAME.matcher(value).matches(),
          what
              + " '"
              + value
              + "' is not 1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit");
    }

    void checkArms(List<Arm> arms) {
      require(
          arms.size() >= 2 && arms.size() <= MAX_ARMS,
          "it has " + arms.size() + " arms, not 2 to " + MAX_ARMS);
      Set<String> ids = new HashSet<>();
      for (Arm arm : arms) {
        name("arm", arm.id());
        require(ids.add(arm.id()), "two arms are called " + arm.id());
        require(
            arm.weight() >= 1 && arm.weight() <= MAX_WEIGHT,
            "arm " + arm.id() + " has weight " + arm.weight() + ", not 1 to " + MAX_WEIGHT);
      }
    }

    void checkGuardrails(List<Guardrail> guardrails, String primaryMetric) {
      Set<String> metrics = new HashSet<>(Set.of(primaryMetric));
      for (Guardrail guardrail : guardrails) {
        name("guardrail", guardrail.metric());
        require(metrics.add(guardrail.metric()), guardrail.metric() + " is watched twice");
        require(
            guardrail.margin() >= 0 && Double.isFinite(guardrail.margin()),
            "guardrail " + guardrail.metric() + " has margin " + guardrail.margin() + ", below 0");
      }
    }

    void throwIfAny() {
      if (!found.isEmpty()) {
        throw new IllegalArgumentException(
            "experiment " + experiment + ":\n  " + String.join("\n  ", found));
      }
    }
  }
}
