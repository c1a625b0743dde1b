package io.cosmichub.streaming.population;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.sample.Sampled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How charts stand. */
public final class SampledCharts implements SampleReader<ChartChange> {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean pairs() {
    return false;
  }

  @Override
  public String id(ChartChange change) {
    return change.chartId();
  }

  @Override
  public long eventTime(ChartChange change) {
    return change.eventTime();
  }

  @Override
  public List<String> cohorts(ChartChange change) {
    return change.cohortsAfter();
  }

  @Override
  public List<String> left(ChartChange change) {
    return change.cohortsBefore();
  }

  @Override
  public @Nullable Sampled sampled(ChartChange change, long hash) {
    Longitudes after = change.after();
    return after == null ? null : Sampled.chart(hash, after);
  }
}
