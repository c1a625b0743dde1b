package io.cosmichub.gateway.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import org.jspecify.annotations.Nullable;

/** Where the bodies of each chart stand now, within a number of bytes. One writer, any readers. */
public final class Charts {
  /** Sixteen positions and revisions, the record, the map's entry and the key. */
  private static final int BYTES_PER_CHART = 1_000;

  private final ChartReducer reducer = new ChartReducer(0);
  private final Cache<String, ChartRecord> charts;

  public Charts(long bytes) {
    charts = Caffeine.newBuilder().maximumSize(Math.max(1, bytes / BYTES_PER_CHART)).build();
  }

  /** Applies an update; whether the chart is another one now. */
  @SuppressWarnings("ReferenceEquality") // the reducer gives the same instance if nothing changed
  public boolean apply(ChartUpdate update) {
    ChartRecord before = charts.getIfPresent(update.chartId());
    ChartReducer.Applied applied = reducer.apply(before, update);
    ChartRecord after = applied.after();
    if (after == null || after == before) {
      return false;
    }
    charts.put(update.chartId(), after);
    return applied.publish();
  }

  public void erase(String chartId) {
    charts.invalidate(chartId);
  }

  public @Nullable ChartRecord find(String chartId) {
    return charts.getIfPresent(chartId);
  }
}
