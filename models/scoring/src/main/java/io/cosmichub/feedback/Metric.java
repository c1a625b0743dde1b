package io.cosmichub.feedback;

/**
 * The metrics of an experiment that are not kinds of feedback. {@link #SCORE_LATENCY} and {@link
 * #SCORE_ERRORS} have a figure a score, the others a figure a unit.
 */
public final class Metric {

  /** How many millionths a whole is: figures are whole numbers of them, so that sums are exact. */
  public static final int WHOLE = 1_000_000;

  /** Counts the units; no name of a metric that anyone can ask for. */
  public static final String ASSIGNED = "";

  /** Milliseconds that a score took that was timed; the rules, which every pair has, aside. */
  public static final String SCORE_LATENCY = "score-latency";

  /** 1 if the model of the arm gave no answer, else 0. */
  public static final String SCORE_ERRORS = "score-errors";

  /** 1 if anything was fed back about a unit since it was exposed, else 0. */
  public static final String FEEDBACK_RATE = "feedback-rate";

  /**
   * Counts the units that said something of late; no name of a metric or a kind that anyone can ask
   * for.
   */
  public static final String HEARD = ".heard";

  private Metric() {}

  /** Whether it has a figure a score, and not a figure a unit. */
  public static boolean isOfScores(String metric) {
    return metric.equals(SCORE_LATENCY) || metric.equals(SCORE_ERRORS);
  }

  /** Whether feedback may not be called so. */
  public static boolean isReserved(String kind) {
    return switch (kind) {
      case ASSIGNED, HEARD, SCORE_LATENCY, SCORE_ERRORS, FEEDBACK_RATE -> true;
      default -> false;
    };
  }
}
