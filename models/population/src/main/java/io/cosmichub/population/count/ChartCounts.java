package io.cosmichub.population.count;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.List;

/**
 * How many charts have each body in each sign, and where bodies stand on average. Sums are whole
 * numbers, so a chart that is taken back leaves nothing behind. Not thread-safe.
 */
public final class ChartCounts {
  // Layout v1: version | zig-zag charts | 16 × 12 zig-zag signs | 16 zig-zag cosines | 16 sines.
  private static final int VERSION = 1;

  /** Cosines and sines are rounded to this part of one before they are summed. */
  private static final double UNIT = 1 << 30;

  private final long[] signs = new long[Body.COUNT * Sign.COUNT];
  private final long[] cosines = new long[Body.COUNT];
  private final long[] sines = new long[Body.COUNT];
  private long charts;

  /** Adds {@code times} (−1 takes back) a chart. */
  public void add(Longitudes chart, int times) {
    charts += times;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      add(slot, chart, times);
    }
  }

  /** Puts a chart in the place of another one: the same as to take that one back and to add it. */
  public void replace(Longitudes before, Longitudes after) {
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if (before.at(slot) != after.at(slot)) {
        add(slot, before, -1);
        add(slot, after, 1);
      }
    }
  }

  private void add(int slot, Longitudes chart, int times) {
    if (chart.has(slot)) {
      signs[slot * Sign.COUNT + Sign.number(chart.at(slot))] += times;
      double radians = Math.toRadians(MicroDegrees.toDegrees(chart.at(slot)));
      cosines[slot] += times * (long) Math.rint(StrictMath.cos(radians) * UNIT);
      sines[slot] += times * (long) Math.rint(StrictMath.sin(radians) * UNIT);
    }
  }

  /** How many charts there are. */
  public long charts() {
    return charts;
  }

  /** How many charts have the body of a slot in a sign, by its number. */
  public long sign(int slot, int sign) {
    return signs[slot * Sign.COUNT + sign];
  }

  /** How many charts have the body of a slot in an element. */
  public long element(int slot, Element element) {
    long sum = 0;
    for (int sign = 0; sign < Sign.COUNT; sign++) {
      sum += Sign.element(sign) == element ? sign(slot, sign) : 0;
    }
    return sum;
  }

  /** How many charts have the body of a slot in a modality. */
  public long modality(int slot, Modality modality) {
    long sum = 0;
    for (int sign = 0; sign < Sign.COUNT; sign++) {
      sum += Sign.modality(sign) == modality ? sign(slot, sign) : 0;
    }
    return sum;
  }

  /** Where the body of a slot stands on average. */
  public CircularMean mean(int slot) {
    long having = 0;
    for (int sign = 0; sign < Sign.COUNT; sign++) {
      having += sign(slot, sign);
    }
    double cosine = cosines[slot] / UNIT;
    double sine = sines[slot] / UNIT;
    double length = StrictMath.hypot(cosine, sine);
    if (having == 0 || length == 0) {
      return new CircularMean(Double.NaN, 0, having);
    }
    double degrees = Math.toDegrees(StrictMath.atan2(sine, cosine));
    return new CircularMean(degrees < 0 ? (degrees + 360) % 360 : degrees, length / having, having);
  }

  /** Adds what another one holds. */
  public void merge(ChartCounts other) {
    charts += other.charts;
    add(signs, other.signs);
    add(cosines, other.cosines);
    add(sines, other.sines);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 512);
    out.putZigZag(charts);
    for (long[] sums : sums()) {
      for (long sum : sums) {
        out.putZigZag(sum);
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static ChartCounts fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("ChartCounts", bytes, VERSION);
    ChartCounts read = new ChartCounts();
    read.charts = in.getZigZag();
    for (long[] sums : read.sums()) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = in.getZigZag();
      }
    }
    in.end();
    return read;
  }

  private List<long[]> sums() {
    return List.of(signs, cosines, sines);
  }

  private static void add(long[] into, long[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] += other[i];
    }
  }
}
