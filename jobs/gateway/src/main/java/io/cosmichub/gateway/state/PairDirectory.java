package io.cosmichub.gateway.state;

import io.cosmichub.pair.PairWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which two charts each pair compares, up to a number of pairs. Thread-safe. */
public final class PairDirectory {
  private final int most;
  private final Map<String, PairWatch> pairs = new TreeMap<>();
  private final Map<String, Set<String>> byChart = new HashMap<>();

  public PairDirectory(int most) {
    this.most = most;
  }

  /** Notes a watch; false where there is no room for it. */
  public synchronized boolean put(PairWatch watch) {
    if (!pairs.containsKey(watch.pairId()) && pairs.size() >= most) {
      return false;
    }
    remove(watch.pairId());
    pairs.put(watch.pairId(), watch);
    byChart.computeIfAbsent(watch.chartA(), chart -> new LinkedHashSet<>()).add(watch.pairId());
    byChart.computeIfAbsent(watch.chartB(), chart -> new LinkedHashSet<>()).add(watch.pairId());
    return true;
  }

  public synchronized void remove(String pairId) {
    PairWatch before = pairs.remove(pairId);
    if (before != null) {
      leave(before.chartA(), pairId);
      leave(before.chartB(), pairId);
    }
  }

  public synchronized @Nullable PairWatch find(String pairId) {
    return pairs.get(pairId);
  }

  /** The pairs that a chart is in. */
  public synchronized List<String> ofChart(String chartId) {
    return List.copyOf(byChart.getOrDefault(chartId, Set.of()));
  }

  /** Pairs whose id holds the text, whatever its case, in the order of their ids. */
  public synchronized List<PairWatch> search(String text, int limit, Predicate<PairWatch> allowed) {
    String wanted = text.toLowerCase(Locale.ROOT);
    List<PairWatch> found = new ArrayList<>();
    for (PairWatch watch : pairs.values()) {
      if (found.size() == limit) {
        break;
      }
      if (watch.pairId().toLowerCase(Locale.ROOT).contains(wanted) && allowed.test(watch)) {
        found.add(watch);
      }
    }
    return found;
  }

  public synchronized int size() {
    return pairs.size();
  }

  private void leave(String chart, String pairId) {
    Set<String> members = byChart.get(chart);
    if (members != null && members.remove(pairId) && members.isEmpty()) {
      byChart.remove(chart);
    }
  }
}
