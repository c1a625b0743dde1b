package io.cosmichub.experiment;

import java.util.List;

/**
 * The state of an experiment; may be asked for at any time.
 *
 * @param experiment its id
 * @param verdict what may be said
 * @param reason the verdict in words
 * @param slope what was taken off for each unit of the earlier figure (CUPED); 0 where it is no use
 * @param arms one line an arm, the control first
 */
public record ExperimentReport(
    String experiment, Verdict verdict, String reason, double slope, List<ArmLine> arms) {

  /**
   * One arm.
   *
   * @param arm its id
   * @param assigned how many units it got
   * @param primary the primary metric
   * @param mean its mean
   * @param effect how much larger it is than the control's; of the control, {@link
   *     Interval#UNKNOWN}
   * @param guardrails how it stands to each guardrail
   * @param halted why it was paused; empty if it was not
   */
  public record ArmLine(
      String arm,
      long assigned,
      Moments primary,
      Interval mean,
      Interval effect,
      List<GuardrailLine> guardrails,
      String halted) {
    /** Takes a copy of the list. */
    public ArmLine {
      guardrails = List.copyOf(guardrails);
    }

    /** How many units have a figure. */
    public long measured() {
      return primary.count();
    }

    /** The guardrails that it harms beyond doubt, and whether that is new, in words. */
    public List<String> harmed() {
      return guardrails.stream()
          .filter(GuardrailLine::harmed)
          .map(line -> line.ofLate() ? line.metric() + " of late" : line.metric())
          .toList();
    }

    /** Whether nothing is known against it. */
    boolean isSound() {
      return halted.isEmpty() && guardrails.stream().noneMatch(GuardrailLine::harmed);
    }

    /** The guardrails of which the arm or the control has too few figures to say anything. */
    public List<String> unknown() {
      return guardrails.stream()
          .filter(line -> line.change().equals(Interval.UNKNOWN))
          .map(GuardrailLine::metric)
          .toList();
    }
  }

  /**
   * One arm and one guardrail.
   *
   * @param metric the metric
   * @param figures of the arm
   * @param mean their mean
   * @param change how much larger it is than the control's; of the control, {@link
   *     Interval#UNKNOWN}
   * @param harmed whether the arm harms it beyond doubt, over all or in the last while
   * @param ofLate whether only the last while shows it
   */
  public record GuardrailLine(
      String metric,
      Moments figures,
      Interval mean,
      Interval change,
      boolean harmed,
      boolean ofLate) {}

  /**
   * An arm that was paused, and what was known when it was: the control goes on, and is no measure
   * of it any more.
   *
   * @param reason why
   * @param control the control then
   * @param arm the arm then
   */
  public record HaltedArm(String reason, ArmFigures control, ArmFigures arm) {}

  /** Takes a copy of the list. */
  public ExperimentReport {
    arms = List.copyOf(arms);
  }
}
