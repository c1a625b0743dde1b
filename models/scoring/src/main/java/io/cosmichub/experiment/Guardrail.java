package io.cosmichub.experiment;

/**
 * A figure that an arm must not harm.
 *
 * @param metric its name
 * @param harm which way is harm
 * @param margin how much harm is tolerated, in the metric's unit, 0 or more
 */
public record Guardrail(String metric, Harm harm, double margin) {
  /** Which way of a metric is harm. */
  public enum Harm {
    /** Such as a rating that falls. */
    LOWER,
    /** Such as a latency that rises. */
    HIGHER
  }
}
