package io.cosmichub.training;

import io.cosmichub.pair.PairWatch;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which charts a pair compared, to be asked what held at a moment. */
final class WatchHistory {
  private final Map<String, NavigableMap<Long, PairWatch>> versions = new HashMap<>();
  private final Map<String, Long> erasedAt = new HashMap<>();

  /** Adds a watch that was written at a moment; one of a lower revision than the last is stale. */
  void add(PairWatch watch, long writtenAt) {
    NavigableMap<Long, PairWatch> pair =
        versions.computeIfAbsent(watch.pairId(), id -> new TreeMap<>());
    Map.Entry<Long, PairWatch> last = pair.lastEntry();
    if (last == null || watch.revision() >= last.getValue().revision()) {
      pair.put(last == null ? writtenAt : Math.max(writtenAt, last.getKey()), watch);
    }
  }

  /** Forgets a pair, and for whoever asks, all that was said of it before. */
  void erase(String pairId, long writtenAt) {
    versions.remove(pairId);
    erasedAt.merge(pairId, writtenAt, Math::max);
  }

  /**
   * The watch that held at a moment, or null. A pair that ever compared the same charts compared
   * them before, too: when its watch was written says nothing about when its feedback was given.
   */
  @Nullable PairWatch at(String pairId, long moment) {
    NavigableMap<Long, PairWatch> pair = versions.get(pairId);
    if (pair == null || moment <= erasedAt.getOrDefault(pairId, Long.MIN_VALUE)) {
      return null;
    }
    PairWatch latest = pair.lastEntry().getValue();
    if (pair.values().stream().allMatch(watch -> sameCharts(watch, latest))) {
      return latest;
    }
    Map.Entry<Long, PairWatch> entry = pair.floorEntry(moment);
    return entry == null ? null : entry.getValue();
  }

  private static boolean sameCharts(PairWatch one, PairWatch other) {
    return one.chartA().equals(other.chartA()) && one.chartB().equals(other.chartB());
  }
}
