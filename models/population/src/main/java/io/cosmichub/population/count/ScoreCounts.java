package io.cosmichub.population.count;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.score.Areas;
import io.cosmichub.score.RuleScore;
import java.util.Arrays;

/**
 * How the overall scores of pairs are distributed, to the tenth that they are published with, and
 * the means of the five areas: exact, and right when pairs are taken back. Not thread-safe.
 */
public final class ScoreCounts {
  // Layout v1: version | varint pairs | 5 zig-zag area sums | CellCounts bins | varint filled
  // tenths
  // | for each: varint gap, zig-zag count
  private static final int VERSION = 1;

  /** A score of 100.0 is tenth 1,000. */
  public static final int TENTHS = 1001;

  /** Bins that are published: five points wide, 100.0 in the last. */
  public static final int BINS = 20;

  /** The areas, in the order of {@link Areas}. */
  public static final int AREAS = 5;

  private static final int TENTHS_PER_BIN = (TENTHS - 1) / BINS;
  private static final double AREA_UNIT = 1e6;

  private final long[] tenths = new long[TENTHS];
  private final long[] areaSums = new long[AREAS];
  private final CellCounts bins;
  private long pairs;

  /** No score. */
  public ScoreCounts() {
    this(new CellCounts(BINS));
  }

  private ScoreCounts(CellCounts bins) {
    this.bins = bins;
  }

  /** Adds {@code times} (−1 takes back) the score of a pair of two people. */
  public void add(RuleScore score, int times, int personA, int personB) {
    int tenth = (int) Math.rint(score.overall() * 10);
    tenths[tenth] += times;
    bins.add(Math.min(BINS - 1, tenth / TENTHS_PER_BIN), times, personA, personB);
    pairs += times;
    Areas areas = score.areas();
    double[] values = {
      areas.emotional(),
      areas.communication(),
      areas.physical(),
      areas.spiritual(),
      areas.stability()
    };
    for (int area = 0; area < AREAS; area++) {
      areaSums[area] += times * (long) Math.rint(values[area] * AREA_UNIT);
    }
  }

  /** How many pairs there are. */
  public long pairs() {
    return pairs;
  }

  /** How many pairs have the score {@code tenth / 10}. */
  public long tenth(int tenth) {
    return tenths[tenth];
  }

  /** The published bins, with the people they rest on. */
  public CellCounts bins() {
    return bins;
  }

  /** The mean overall score, or NaN without a pair. */
  public double mean() {
    long sum = 0;
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      sum += tenth * tenths[tenth];
    }
    return pairs == 0 ? Double.NaN : sum / 10.0 / pairs;
  }

  /** The mean of an area to the millionth, or NaN without a pair. */
  public double areaMean(int area) {
    return pairs == 0 ? Double.NaN : areaSums[area] / AREA_UNIT / pairs;
  }

  /**
   * The smallest score that at least the fraction {@code rank} (0 to 1) of the pairs do not exceed,
   * or NaN without a pair: exact, for scores have no more than a tenth.
   */
  public double quantile(double rank) {
    if (pairs <= 0) {
      return Double.NaN;
    }
    long needed = Math.max(1, (long) Math.ceil(rank * pairs));
    long below = 0;
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      below += tenths[tenth];
      if (below >= needed) {
        return tenth / 10.0;
      }
    }
    return (TENTHS - 1) / 10.0;
  }

  /** Whether nothing is counted. */
  public boolean isEmpty() {
    return pairs == 0
        && bins.isEmpty()
        && Arrays.stream(tenths).allMatch(count -> count == 0)
        && Arrays.stream(areaSums).allMatch(sum -> sum == 0);
  }

  /** Adds what another one holds. */
  public void merge(ScoreCounts other) {
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      tenths[tenth] += other.tenths[tenth];
    }
    for (int area = 0; area < AREAS; area++) {
      areaSums[area] += other.areaSums[area];
    }
    bins.merge(other.bins);
    pairs += other.pairs;
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 10);
    out.putZigZag(pairs);
    Arrays.stream(areaSums).forEach(out::putZigZag);
    out.putBytes(bins.toBytes());
    out.putVarLong(Arrays.stream(tenths).filter(count -> count != 0).count());
    int next = 0;
    for (int tenth = 0; tenth < TENTHS; tenth++) {
      if (tenths[tenth] != 0) {
        out.putVarLong(tenth - next);
        out.putZigZag(tenths[tenth]);
        next = tenth + 1;
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static ScoreCounts fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("ScoreCounts", bytes, VERSION);
    long pairs = in.getZigZag();
    long[] areaSums = new long[AREAS];
    for (int area = 0; area < AREAS; area++) {
      areaSums[area] = in.getZigZag();
    }
    CellCounts bins = CellCounts.fromBytes(in.getBytes());
    if (bins.cells() != BINS) {
      throw in.broken("another number of bins");
    }
    ScoreCounts read = new ScoreCounts(bins);
    read.pairs = pairs;
    System.arraycopy(areaSums, 0, read.areaSums, 0, AREAS);
    int next = 0;
    for (int left = in.getVarInt(0, TENTHS); left > 0; left--) {
      int tenth = next + in.getVarInt(0, TENTHS);
      if (tenth >= TENTHS) {
        throw in.broken("a score is out of range");
      }
      read.tenths[tenth] = in.getZigZag();
      next = tenth + 1;
    }
    in.end();
    return read;
  }
}
