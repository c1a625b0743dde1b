package io.cosmichub.streaming.history;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the charts and watches are after a history, in the fewest words. */
final class Model {

  private final Map<String, Slots> charts = new HashMap<>();
  private final Set<String> erased = new HashSet<>();
  private final Map<String, PairWatch> watches = new HashMap<>();
  private int conflicts;

  void put(ChartInput input) {
    String id = input.chartId();
    ChartUpdate update = input.update();
    if (update == null) {
      charts.remove(id);
      erased.add(id);
    } else if (charts.containsKey(id) || !erased.contains(id) || !update.partial()) {
      conflicts += charts.computeIfAbsent(id, fresh -> new Slots()).set(update) ? 0 : 1;
      erased.remove(id);
    }
  }

  void put(WatchInput input) {
    PairWatch wanted = input.watch();
    PairWatch held = watches.get(input.pairId());
    if (wanted == null) {
      watches.remove(input.pairId());
    } else if (held == null || wanted.revision() == PairWatch.NO_REVISION) {
      boolean same = held != null && sameCharts(held, wanted);
      watches.put(input.pairId(), same && held != null ? held : wanted);
    } else if (wanted.revision() == held.revision() && !sameCharts(held, wanted)) {
      conflicts++;
    } else if (wanted.revision() > held.revision()) {
      watches.put(input.pairId(), wanted);
    }
  }

  int conflicts() {
    return conflicts;
  }

  @Nullable PairWatch watch(String pairId) {
    return watches.get(pairId);
  }

  @Nullable Longitudes chart(String chartId) {
    Slots slots = charts.get(chartId);
    return slots == null ? null : Longitudes.of(slots.values);
  }

  private static boolean sameCharts(PairWatch one, PairWatch other) {
    return one.chartA().equals(other.chartA()) && one.chartB().equals(other.chartB());
  }

  /** The slots of one chart. */
  private static final class Slots {

    final int[] values = new int[Body.COUNT];
    final long[] revisions = new long[Body.COUNT];

    Slots() {
      Arrays.fill(values, MicroDegrees.ABSENT);
      Arrays.fill(revisions, -1);
    }

    /** False, and nothing set, if the update contradicts what its own revision said before. */
    boolean set(ChartUpdate update) {
      for (int slot = 0; slot < Body.COUNT; slot++) {
        if (covers(update, slot)
            && revisions[slot] == update.revision()
            && values[slot] != value(update, slot)) {
          return false;
        }
      }
      for (int slot = 0; slot < Body.COUNT; slot++) {
        if (covers(update, slot) && revisions[slot] < update.revision()) {
          revisions[slot] = update.revision();
          values[slot] = value(update, slot);
        }
      }
      return true;
    }

    private static boolean covers(ChartUpdate update, int slot) {
      return !update.partial() || update.position(slot) != null;
    }

    private static int value(ChartUpdate update, int slot) {
      Position position = update.position(slot);
      return position == null ? MicroDegrees.ABSENT : position.longitude();
    }
  }
}
