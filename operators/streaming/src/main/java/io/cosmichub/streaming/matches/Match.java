package io.cosmichub.streaming.matches;

import java.util.Objects;

/**
 * A chart among the best matches of another, and the rule-based score of the two.
 *
 * @param chartId the other chart
 * @param overall 0 to 100, as in the score of a pair
 * @param rawTotal before it is scaled and clamped
 */
public record Match(String chartId, double overall, double rawTotal) {

  /** Refuses nulls. */
  public Match {
    Objects.requireNonNull(chartId, "chartId");
  }
}
