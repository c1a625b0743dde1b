package io.cosmichub.population.count;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.List;

/**
 * How often each aspect holds between each two bodies over all pairs of a group of charts: exact,
 * and without looking at any pair.
 */
public final class AllPairs {
  /*
   * The bodies that hold an aspect with one at x stand on one or two arcs of the circle. With all
   * charts sorted by the longitude of either body, the ends of these arcs move forward as x does,
   * so that a walk over both lists counts everything: n log n to sort, n to count. A pair of charts
   * has two cells for two different bodies (x of one with y of the other, and the reverse), and one
   * for a body with itself, which the walk meets twice.
   */
  private final AspectPolicy policy;
  private final long[] counts = new long[AspectCell.COUNT];
  private final int[] people = new int[AspectCell.COUNT];
  private final long[] cells = new long[AspectCell.COUNT];

  private AllPairs(AspectPolicy policy) {
    this.policy = policy;
  }

  /**
   * Counts. {@link IllegalArgumentException} if aspects of the policy overlap, so that the arcs do
   * not tell which holds.
   */
  public static AllPairs of(List<Longitudes> charts, AspectPolicy policy) {
    checkApart(policy);
    AllPairs all = new AllPairs(policy);
    for (int high = 0; high < Body.COUNT; high++) {
      for (int low = 0; low <= high; low++) {
        if ((policy.bodyMask() >> low & policy.bodyMask() >> high & 1) != 0) {
          all.count(charts, low, high);
        }
      }
    }
    return all;
  }

  /** In how many cells of pairs an aspect holds, by {@link AspectCell}. */
  public long count(int cell) {
    return counts[cell];
  }

  /** How many charts take part in an aspect. */
  public int people(int cell) {
    return people[cell];
  }

  /** How many cells of pairs there are for the bodies of a cell: those whose bodies are there. */
  public long cells(int cell) {
    return cells[cell];
  }

  /** The share of {@link #cells} in which the aspect holds; NaN if there are none. */
  public double share(int cell) {
    return (double) counts[cell] / cells[cell];
  }

  /** The share that bodies spread evenly over the circle would have. */
  public double evenShare(int cell) {
    Aspect aspect = policy.aspect(AspectCell.code(cell));
    return (double) aspect.maxOrb() * arcs(aspect) / MicroDegrees.HALF;
  }

  private void count(List<Longitudes> charts, int low, int high) {
    Column from = Column.of(charts, low);
    Column to = Column.of(charts, high);
    long both = charts.stream().filter(chart -> chart.has(low) && chart.has(high)).count();
    long twice = (long) from.size() * to.size() - both;
    for (Aspect aspect : policy.aspects()) {
      int cell = AspectCell.of(low, high, aspect.code());
      int[] partners = new int[charts.size()];
      long ways = from.walk(to, aspect, partners);
      if (low != high) {
        to.walk(from, aspect, partners);
      }
      for (int number = 0; number < partners.length; number++) {
        Longitudes chart = charts.get(number);
        if (holds(chart, low, high, aspect)) {
          ways--;
          partners[number] -= low == high ? 1 : 2;
        }
        people[cell] += partners[number] > 0 ? 1 : 0;
      }
      counts[cell] = low == high ? ways / 2 : ways;
      cells[cell] = low == high ? twice / 2 : twice;
    }
  }

  private static boolean holds(Longitudes chart, int low, int high, Aspect aspect) {
    return chart.has(low)
        && chart.has(high)
        && Math.abs(MicroDegrees.separation(chart.at(low), chart.at(high)) - aspect.angle())
            <= aspect.maxOrb();
  }

  private static int arcs(Aspect aspect) {
    return aspect.angle() == 0 || aspect.angle() == MicroDegrees.HALF ? 1 : 2;
  }

  private static void checkApart(AspectPolicy policy) {
    List<Aspect> byAngle =
        policy.aspects().stream().sorted((a, b) -> Integer.compare(a.angle(), b.angle())).toList();
    int free = -1;
    for (Aspect aspect : byAngle) {
      boolean open = aspect.angle() == 0 || aspect.angle() - aspect.maxOrb() > free;
      free = aspect.angle() + aspect.maxOrb();
      if (!open || (aspect.angle() != MicroDegrees.HALF && free >= MicroDegrees.HALF)) {
        throw new IllegalArgumentException(policy + " has aspects that overlap: " + aspect.id());
      }
    }
  }

  /** The charts that have a body, by its longitude. */
  private static final class Column {
    private final int[] longitudes;
    private final int[] charts;

    private Column(int[] longitudes, int[] charts) {
      this.longitudes = longitudes;
      this.charts = charts;
    }

    static Column of(List<Longitudes> all, int slot) {
      long[] sorted = new long[all.size()];
      int size = 0;
      for (int number = 0; number < all.size(); number++) {
        if (all.get(number).has(slot)) {
          sorted[size++] = (long) all.get(number).at(slot) << Integer.SIZE | number;
        }
      }
      Arrays.sort(sorted, 0, size);
      int[] longitudes = new int[size];
      int[] charts = new int[size];
      for (int i = 0; i < size; i++) {
        longitudes[i] = (int) (sorted[i] >>> Integer.SIZE);
        charts[i] = (int) sorted[i];
      }
      return new Column(longitudes, charts);
    }

    int size() {
      return longitudes.length;
    }

    /** Adds to each chart how many of the other column stand in an aspect to it; the sum. */
    long walk(Column other, Aspect aspect, int[] partners) {
      long ways = walk(other, aspect.angle(), aspect.maxOrb(), partners);
      return arcs(aspect) == 1
          ? ways
          : ways + walk(other, MicroDegrees.CIRCLE - aspect.angle(), aspect.maxOrb(), partners);
    }

    private long walk(Column other, int ahead, int orb, int[] partners) {
      long ways = 0;
      int start = 0;
      int end = 0;
      for (int i = 0; i < size(); i++) {
        // One circle on, so that an arc never begins below 0.
        long low = (long) MicroDegrees.CIRCLE + longitudes[i] + ahead - orb;
        start = other.advance(start, low);
        end = other.advance(Math.max(start, end), low + 2L * orb + 1);
        partners[charts[i]] += end - start;
        ways += end - start;
      }
      return ways;
    }

    /** The first place from {@code place} on, over circle after circle, not below a longitude. */
    private int advance(int place, long longitude) {
      int next = place;
      while (size() > 0
          && longitudes[next % size()] + (long) (next / size()) * MicroDegrees.CIRCLE < longitude) {
        next++;
      }
      return next;
    }
  }
}
