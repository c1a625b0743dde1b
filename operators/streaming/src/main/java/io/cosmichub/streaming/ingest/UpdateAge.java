package io.cosmichub.streaming.ingest;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How old updates are when they come to a step: {@code cosmichub.update_age_ms}, the milliseconds
 * since the timestamp of the input record that caused what is at hand. Of one task thread.
 */
public final class UpdateAge {

  /** The histogram. */
  public static final String NAME = "update_age_ms";

  private static final int KEPT = 4096;

  private final Histogram ages;

  /** Measures in the group of an operator. */
  public UpdateAge(MetricGroup operator) {
    ages =
        operator
            .addGroup(Accounting.GROUP)
            .histogram(NAME, new DescriptiveStatisticsHistogram(KEPT));
  }

  /** Something is at hand that was caused by a record of the time {@code ingestedAt}; 0 unknown. */
  public void seen(long ingestedAt, long now) {
    if (ingestedAt > 0) {
      ages.update(Math.max(0, now - ingestedAt));
    }
  }
}
