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
   * @param measured how many of them have a figure
   * @param mean the mean of the primary metric
   * @param effect how much larger it is than the control's; of the control, {@link
   *     Interval#UNKNOWN}
   * @param harmed the guardrails that it harms beyond doubt
   */
  public record ArmLine(
      String arm,
      long assigned,
      long measured,
      Interval mean,
      Interval effect,
      List<String> harmed) {
    /** Takes a copy of the list. */
    public ArmLine {
      harmed = List.copyOf(harmed);
    }
  }

  /** Takes a copy of the list. */
  public ExperimentReport {
    arms = List.copyOf(arms);
  }
}
