package io.cosmichub.scan;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Ranking;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Pairs of charts by their numbers, the lower one first, each pair once. */
final class Sample {

  /** The same pairs are drawn at each run. */
  private static final long SEED = 20_260_101;

  private static final int AT_ONCE = 1_024;

  private final List<Pair> pairs;
  private final Set<Pair> drawn;

  private Sample(Set<Pair> drawn) {
    this.pairs = List.copyOf(drawn);
    this.drawn = drawn;
  }

  /** Two charts. */
  record Pair(int a, int b) {}

  /** Takes a pair and its aspects. */
  @FunctionalInterface
  interface PairConsumer {
    void accept(Pair pair, AspectSet aspects);
  }

  /** So many pairs of all pairs of charts, each as likely as any; all if there are no more. */
  static Sample ofAll(int charts, int size) {
    long all = (long) charts * (charts - 1) / 2;
    if (all <= size) {
      Set<Pair> every = new LinkedHashSet<>();
      for (int a = 0; a < charts; a++) {
        for (int b = a + 1; b < charts; b++) {
          every.add(new Pair(a, b));
        }
      }
      return new Sample(every);
    }
    Random random = new Random(SEED);
    Set<Pair> drawn = new LinkedHashSet<>();
    while (drawn.size() < size) {
      int a = random.nextInt(charts);
      int b = random.nextInt(charts);
      if (a < b) {
        drawn.add(new Pair(a, b));
      }
    }
    return new Sample(drawn);
  }

  /** Each chart with its best partner. */
  static Sample ofBest(Ranking ranking) {
    Set<Pair> best = new LinkedHashSet<>();
    for (int chart = 0; chart < ranking.size(); chart++) {
      if (ranking.partners(chart) > 0) {
        int partner = ranking.partner(chart, 0);
        best.add(new Pair(Math.min(chart, partner), Math.max(chart, partner)));
      }
    }
    return new Sample(best);
  }

  int size() {
    return pairs.size();
  }

  boolean contains(Pair pair) {
    return drawn.contains(pair);
  }

  /** Computes the aspects of all pairs, some at a time. */
  void forEach(List<Longitudes> charts, BatchKernel kernel, PairConsumer consumer) {
    ChartBlock a = new ChartBlock(AT_ONCE);
    ChartBlock b = new ChartBlock(AT_ONCE);
    PackedSets sets = new PackedSets(kernel.policy());
    for (int from = 0; from < pairs.size(); from += AT_ONCE) {
      List<Pair> now = pairs.subList(from, Math.min(pairs.size(), from + AT_ONCE));
      a.clear();
      b.clear();
      for (Pair pair : now) {
        a.add(charts.get(pair.a()));
        b.add(charts.get(pair.b()));
      }
      kernel.sets(a, b, 0, now.size(), sets);
      for (int i = 0; i < now.size(); i++) {
        consumer.accept(now.get(i), sets.set(i));
      }
    }
  }
}
