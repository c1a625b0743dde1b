package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The scalar rule, cell by cell: the truth that every other kernel is held against. Completes at
 * once, on the caller's thread.
 */
public final class ReferenceKernel implements BatchKernel {

  /** The name by which a configuration chooses this kernel. */
  public static final String NAME = "reference";

  private final AspectPolicy policy;
  private final KernelSettings settings;
  private final PolicyBodies bodies;
  private final WholeScore whole;

  /** A kernel for {@code policy}. */
  public ReferenceKernel(AspectPolicy policy) {
    this(policy, KernelSettings.DEFAULT);
  }

  ReferenceKernel(AspectPolicy policy, KernelSettings settings) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.settings = settings;
    bodies = PolicyBodies.of(policy);
    whole = new WholeScore(policy);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AspectPolicy policy() {
    return policy;
  }

  @Override
  public long memory() {
    return settings.memory();
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    return CompletableFuture.completedFuture(aspects(a, b, movedA, movedB));
  }

  /** What {@link #touched(Longitudes, Longitudes, int, int)} completes with, as a plain value. */
  public AspectSet aspects(Longitudes a, Longitudes b, int movedA, int movedB) {
    int rows = a.presentMask() & policy.bodyMask();
    int columns = b.presentMask() & policy.bodyMask();
    AspectSet.Builder found = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      if (!in(rows, row)) {
        continue;
      }
      int touched = in(movedA, row) ? columns : columns & movedB;
      for (int column = 0; column < Body.COUNT; column++) {
        if (in(touched, column)) {
          int hit = policy.match(MicroDegrees.separation(a.at(row), b.at(column)));
          if (hit != 0) {
            found.put(row, column, hit);
          }
        }
      }
    }
    return found.build();
  }

  @Override
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    into.start(policy, to - from, memory());
    for (int pair = from; pair < to; pair++) {
      append(a, pair, b, pair, Body.ALL_MASK, Body.ALL_MASK, into);
    }
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    Ranges.check(a, one, many, from, to);
    into.start(policy, to - from, memory());
    for (int other = from; other < to; other++) {
      append(a, one, many, other, Body.ALL_MASK, Body.ALL_MASK, into);
    }
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    Objects.checkFromToIndex(from, to, Math.min(movedA.length, movedB.length));
    into.start(policy, to - from, memory());
    for (int pair = from; pair < to; pair++) {
      append(a, pair, b, pair, movedA[pair], movedB[pair], into);
    }
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    Ranges.check(a, b, from, to);
    int[] cells = into.fill(policy, to - from, memory());
    int next = 0;
    for (int pair = from; pair < to; pair++) {
      for (int row = 0; row < bodies.count(); row++) {
        for (int column = 0; column < bodies.count(); column++) {
          cells[next++] = hit(a, pair, bodies.slot(row), b, pair, bodies.slot(column));
        }
      }
    }
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    whole.require();
    Ranges.check(a, i, b, j, j + 1);
    return total(a, i, b, j);
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, b, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
    for (int pair = from; pair < to; pair++) {
      into[pair - from] = total(a, pair, b, pair);
    }
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, one, many, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
    for (int other = from; other < to; other++) {
      into[other - from] = total(a, one, many, other);
    }
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranges.checkMemory(charts.size(), best, settings.memory());
    Ranking ranking = new Ranking(charts.size(), best, bodies.cells());
    long all = (long) charts.size() * (charts.size() - 1) / 2;
    long done = 0;
    for (int a = 0; a < charts.size(); a++) {
      for (int b = a + 1; b < charts.size(); b++) {
        long score = total(charts, a, charts, b);
        ranking.count(score);
        ranking.offerBoth(a, b, score);
      }
      done += charts.size() - 1 - a;
      progress.pairs(done, all);
    }
    return ranking;
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private void append(
      ChartBlock a, int i, ChartBlock b, int j, int movedA, int movedB, PackedSets into) {
    into.reserve(1);
    int pair = into.size();
    int end = into.hits();
    int word = pair * bodies.words();
    long[] bits = into.bitArray();
    for (int clear = 0; clear < bodies.words(); clear++) {
      bits[word + clear] = 0;
    }
    for (int row = 0; row < bodies.count(); row++) {
      for (int column = 0; column < bodies.count(); column++) {
        if (in(movedA, bodies.slot(row)) || in(movedB, bodies.slot(column))) {
          int hit = hit(a, i, bodies.slot(row), b, j, bodies.slot(column));
          if (hit != 0) {
            int cell = row * bodies.count() + column;
            bits[word + cell / Long.SIZE] |= 1L << cell % Long.SIZE;
            into.hitArray()[end++] = hit;
          }
        }
      }
    }
    into.endArray()[pair + 1] = end;
    into.added(1);
  }

  private long total(ChartBlock a, int i, ChartBlock b, int j) {
    long total = 0;
    for (int row = 0; row < bodies.count(); row++) {
      for (int column = 0; column < bodies.count(); column++) {
        int slotOfA = bodies.slot(row);
        int slotOfB = bodies.slot(column);
        int hit = hit(a, i, slotOfA, b, j, slotOfB);
        if (hit != 0) {
          int code = Hit.code(hit);
          total +=
              (whole.doubledWeight(slotOfA) + whole.doubledWeight(slotOfB))
                  * whole.multiplier(code)
                  * (policy.aspect(code).maxOrb() - Hit.orb(hit));
        }
      }
    }
    return total;
  }

  private int hit(ChartBlock a, int i, int slotOfA, ChartBlock b, int j, int slotOfB) {
    int from = a.lines()[i * Body.COUNT + slotOfA];
    int to = b.lines()[j * Body.COUNT + slotOfB];
    return from == ChartBlock.ABSENT || to == ChartBlock.ABSENT
        ? Hit.NONE
        : policy.match(MicroDegrees.separation(from, to));
  }

  private static boolean in(int mask, int slot) {
    return (mask >>> slot & 1) != 0;
  }
}
