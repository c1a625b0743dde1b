package io.cosmichub.acceptance;

import io.cosmichub.acceptance.Metrics.Sample;

/** The fate of every record that a running job has read so far, as its metrics tell it. */
record Accounting(
    long read, long applied, long stale, long duplicate, long conflict, long deadLettered) {

  static Accounting of(Metrics metrics) {
    return new Accounting(
        sum(metrics, "_cosmichub_topic_records_read", ""),
        sum(metrics, "_cosmichub_topic_outcome_records", "applied"),
        sum(metrics, "_cosmichub_topic_outcome_records", "stale"),
        sum(metrics, "_cosmichub_topic_outcome_records", "duplicate"),
        sum(metrics, "_cosmichub_topic_outcome_records", "conflict"),
        sum(metrics, "_cosmichub_topic_outcome_records", "dead_lettered"));
  }

  /** How many records met a fate. */
  long accounted() {
    return applied + stale + duplicate + conflict + deadLettered;
  }

  private static long sum(Metrics metrics, String name, String outcome) {
    return (long)
        metrics.ending(name).stream()
            .filter(sample -> sample.label("outcome").equals(outcome))
            .mapToDouble(Sample::value)
            .sum();
  }
}
