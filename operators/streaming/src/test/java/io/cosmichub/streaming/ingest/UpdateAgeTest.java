package io.cosmichub.streaming.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

final class UpdateAgeTest {

  @Test
  void ageIsCountedFromTheInputRecordWhereItsTimeIsKnown() {
    Histograms group = new Histograms();
    UpdateAge age = new UpdateAge(group);

    age.seen(1_000, 1_007);
    age.seen(0, 1_007);
    age.seen(1_010, 1_007);

    Histogram ages = Objects.requireNonNull(group.histograms.get(UpdateAge.NAME));
    assertThat(ages.getCount()).isEqualTo(2);
    assertThat(ages.getStatistics().getMax()).isEqualTo(7);
    assertThat(ages.getStatistics().getMin()).isZero();
  }

  /** Keeps the histograms that are registered in it, by name. */
  private static final class Histograms extends UnregisteredMetricsGroup {

    private final Map<String, Histogram> histograms = new HashMap<>();

    @Override
    public MetricGroup addGroup(String name) {
      return this;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      histograms.put(name, histogram);
      return histogram;
    }
  }
}
