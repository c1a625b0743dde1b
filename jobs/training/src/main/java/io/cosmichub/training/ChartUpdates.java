package io.cosmichub.training;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartReducer;
import io.cosmichub.chart.ChartUpdate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The updates of charts, in whatever order topics give them, and the history that they make. */
final class ChartUpdates {
  private static final ChartReducer REDUCER = new ChartReducer(0);
  private static final Comparator<Known> BY_TIME =
      Comparator.<Known>comparingLong(known -> known.update().effectiveAt())
          .thenComparingLong(known -> known.update().revision());

  private final Map<String, List<Known>> updates = new HashMap<>();
  private final Map<String, Long> erasedAt = new HashMap<>();

  /** An update, and when its record was written. */
  private record Known(ChartUpdate update, long writtenAt) {}

  void add(ChartUpdate update, long writtenAt) {
    updates
        .computeIfAbsent(update.chartId(), id -> new ArrayList<>())
        .add(new Known(update, writtenAt));
  }

  /** Forgets what was written of a chart before; nothing of it may be learned from. */
  void erase(String chartId, long writtenAt) {
    erasedAt.merge(chartId, writtenAt, Math::max);
    List<Known> known = updates.get(chartId);
    if (known != null) {
      // Full charts come in the order of their partition, so what is here came before.
      known.removeIf(each -> !each.update().partial());
    }
  }

  /**
   * Each chart as it was from each moment on that changed it; begins with its first full update.
   */
  ChartHistory history() {
    ChartHistory history = new ChartHistory();
    updates.forEach((chartId, known) -> replay(history, chartId, known));
    return history;
  }

  private void replay(ChartHistory history, String chartId, List<Known> known) {
    long erased = erasedAt.getOrDefault(chartId, Long.MIN_VALUE);
    @Nullable ChartRecord chart = null;
    for (Known each : known.stream().sorted(BY_TIME).toList()) {
      ChartUpdate update = each.update();
      if (update.partial() && (chart == null || each.writtenAt() <= erased)) {
        continue;
      }
      ChartReducer.Applied applied = REDUCER.apply(chart, update);
      chart = applied.after();
      if (applied.publish() && chart != null) {
        history.add(chartId, update.effectiveAt(), chart.published().longitudes());
      }
    }
  }
}
