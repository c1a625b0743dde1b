package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Charts that move and are erased, and pairs that are watched and are not, and what is said of it.
 */
final class Couples {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final ReferenceKernel KERNEL = new ReferenceKernel(CLASSIC);
  private static final RuleScorer SCORER = new RuleScorer(CLASSIC);
  private static final int ALL = (1 << Body.COUNT) - 1;

  private final Map<String, Longitudes> charts = new TreeMap<>();
  private final Map<String, List<String>> watched = new TreeMap<>();
  private final Map<String, AspectSet> held = new TreeMap<>();
  private final Map<String, Long> sequences = new TreeMap<>();
  private final Consumer<ChartChange> ofCharts;
  private final Consumer<PairUpdate> ofPairs;

  Couples(Consumer<ChartChange> ofCharts, Consumer<PairUpdate> ofPairs) {
    this.ofCharts = ofCharts;
    this.ofPairs = ofPairs;
  }

  /** Something happens at a time. */
  void live(Random random, int size, long time) {
    String chart = "chart-" + random.nextInt(size);
    switch (random.nextInt(9)) {
      case 0 -> erase(chart, time);
      case 1 -> unwatch("pair-" + random.nextInt(2 * size), time);
      case 2, 3, 4 -> {
        int other = random.nextInt(size);
        String b = "chart-" + other;
        if (!b.equals(chart)) {
          watch("pair-" + random.nextInt(2 * size), chart, b, time);
        }
      }
      default -> {
        Longitudes before = charts.get(chart);
        Longitudes now = before == null ? Longitudes.NONE : before;
        for (int bodies = before == null ? 6 : 1; bodies > 0; bodies--) {
          now = now.with(random.nextInt(10), random.nextInt(72) * 5_000_000);
        }
        publish(chart, now, time);
      }
    }
  }

  void end(long time) {
    List.copyOf(charts.keySet()).forEach(chart -> erase(chart, time));
  }

  /** A chart that nobody watches moves. */
  void move(String chart, long time) {
    publish(chart, Longitudes.NONE.with(0, 1), time);
  }

  /** The sets of the pairs that ever held an aspect. */
  List<AspectSet> held() {
    return held.entrySet().stream()
        .filter(pair -> sequences.getOrDefault(pair.getKey(), 0L) > 0)
        .map(Map.Entry::getValue)
        .toList();
  }

  int charts() {
    return charts.size();
  }

  private void erase(String chart, long time) {
    if (charts.containsKey(chart)) {
      publish(chart, null, time);
    }
  }

  private void publish(String chart, @Nullable Longitudes after, long time) {
    Longitudes before = after == null ? charts.remove(chart) : charts.put(chart, after);
    ofCharts.accept(new ChartChange(chart, 1, time, before, after));
    watched.forEach(
        (pair, sides) -> {
          if (sides.contains(chart)) {
            follow(pair, sides, true, time);
          }
        });
  }

  private void watch(String pair, String a, String b, long time) {
    if (watched.putIfAbsent(pair, List.of(a, b)) == null) {
      follow(pair, List.of(a, b), true, time);
    }
  }

  private void unwatch(String pair, long time) {
    List<String> sides = watched.remove(pair);
    if (sides != null) {
      follow(pair, sides, false, time);
    }
  }

  private void follow(String pair, List<String> sides, boolean stays, long time) {
    Longitudes a = charts.get(sides.get(0));
    Longitudes b = charts.get(sides.get(1));
    boolean lives = stays && a != null && b != null;
    AspectSet before = held.get(pair);
    if (!lives && before == null) {
      return;
    }
    AspectSet after =
        lives
            ? KERNEL.aspects(Objects.requireNonNull(a), Objects.requireNonNull(b), ALL, ALL)
            : AspectSet.EMPTY;
    List<CellChange> changes =
        AspectDelta.between(before == null ? AspectSet.EMPTY : before, after);
    long last = sequences.getOrDefault(pair, 0L);
    if (lives && before != null && changes.isEmpty()) {
      return;
    }
    long sequence = lives ? (changes.isEmpty() ? last : last + 1) : (last == 0 ? 0 : last + 1);
    if (lives) {
      held.put(pair, after);
      sequences.put(pair, sequence);
    } else {
      held.remove(pair);
      sequences.remove(pair);
    }
    ofPairs.accept(
        new PairUpdate(
            pair,
            sides.get(0),
            sides.get(1),
            1,
            1,
            CLASSIC.id(),
            sequence,
            time,
            !lives,
            new ArrayList<>(changes),
            after,
            lives ? SCORER.score(after) : null,
            0));
  }
}
