package io.cosmichub.gateway.state;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Where the bodies of each chart stand now, within a number of bytes. A chart is known once its
 * full chart has been read: moves outlive an erased one on their topic, and do not bring it back.
 * One writer, any readers.
 */
public final class Charts {
  /** Sixteen positions and revisions, the record, the map's entry and the key. */
  private static final int BYTES_PER_CHART = 1_000;

  private final ChartReducer reducer = new ChartReducer(0);
  private final Cache<String, Held> charts;

  /** What has been read of a chart, and whether its full chart is in it. */
  private record Held(ChartRecord record, boolean whole) {}

  public Charts(long bytes) {
    charts = Caffeine.newBuilder().maximumSize(Math.max(1, bytes / BYTES_PER_CHART)).build();
  }

  /** Applies an update; whether the chart is another one now. */
  @SuppressWarnings("ReferenceEquality") // the reducer gives the same instance if nothing changed
  public boolean apply(ChartUpdate update) {
    Held held = charts.getIfPresent(update.chartId());
    ChartRecord before = held == null ? null : held.record();
    boolean wholeBefore = held != null && held.whole();
    ChartReducer.Applied applied = reducer.apply(before, update);
    ChartRecord after = applied.after();
    if (after == null || applied.outcome() == Outcome.CONFLICT) {
      return false;
    }
    boolean whole = wholeBefore || !update.partial();
    if (after == before && whole == wholeBefore) {
      return false;
    }
    charts.put(update.chartId(), new Held(after, whole));
    return whole && (applied.publish() || !wholeBefore);
  }

  public void erase(String chartId) {
    charts.invalidate(chartId);
  }

  public @Nullable ChartRecord find(String chartId) {
    Held held = charts.getIfPresent(chartId);
    return held == null || !held.whole() ? null : held.record();
  }
}
