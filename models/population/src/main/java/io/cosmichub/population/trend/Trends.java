package io.cosmichub.population.trend;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.trend.Figure.Kind;
import io.cosmichub.population.window.WindowFigures;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The recent past of a cohort's figures, window by window, against which the next window is tested.
 * Not thread-safe.
 */
public final class Trends {
  /*
   * A ring of windows, numbered from the epoch. Of each, the number of pairs (0: there was no such
   * window, and nothing is compared with it), and of each figure that was ever above 0 its count.
   *
   * Layout v1: version | varint memory | varint newest | memory varints of pairs, oldest first |
   * varint figures | for each: byte kind, varint cell, memory varints, oldest first
   */
  private static final int VERSION = 1;

  private static final Comparator<Figure> ORDER =
      Comparator.comparing(Figure::kind).thenComparing(Figure::cell);

  private final TrendPlan plan;
  private final int memory;
  private final long[] pairs;
  private final SortedMap<Figure, int[]> counts = new TreeMap<>(ORDER);
  private long newest = -1;

  /** No past. */
  public Trends(TrendPlan plan) {
    this.plan = plan;
    memory = plan.memory();
    pairs = new long[memory];
  }

  /**
   * Tests the figures of a window that starts at {@code start} (epoch milliseconds) against its
   * past and remembers them. Only what may be published is tested. A window that does not come
   * after the one before it is an {@link IllegalArgumentException}.
   */
  public List<Trend> next(
      long start,
      Population atEnd,
      WindowFigures within,
      Anonymity anonymity,
      FalseDiscovery discovery) {
    long number = Math.floorDiv(start, plan.window().toMillis());
    if (number <= newest) {
      throw new IllegalArgumentException("windows come in order");
    }
    List<Trend> tested = new ArrayList<>();
    if (atEnd.pairs() > 0) {
      test(number, Kind.HELD, atEnd.aspects(), atEnd.pairs(), anonymity, tested);
      test(number, Kind.FORMED, within.formed(), atEnd.pairs(), anonymity, tested);
      test(number, Kind.DISSOLVED, within.dissolved(), atEnd.pairs(), anonymity, tested);
    }
    moveTo(number);
    pairs[place(number)] = Math.max(0, atEnd.pairs());
    remember(number, Kind.HELD, atEnd.aspects());
    remember(number, Kind.FORMED, within.formed());
    remember(number, Kind.DISSOLVED, within.dissolved());
    return decided(tested, discovery);
  }

  /** How a figure stands to its past as of a window number; null if that tells nothing. */
  @Nullable Deviation deviation(long number, Figure figure, Observation now) {
    List<Observation> references = new ArrayList<>();
    if (figure.isLunar()) {
      for (int back = 1; back <= plan.seasons(); back++) {
        long phase = number - plan.seasonsAgo(back);
        for (long near = phase - plan.neighbours(); near <= phase + plan.neighbours(); near++) {
          take(near, figure, references);
        }
      }
    } else {
      for (long past = number - plan.trailing(); past < number; past++) {
        take(past, figure, references);
      }
    }
    return Deviation.of(now, references);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 14);
    out.putVarLong(memory);
    out.putZigZag(newest);
    for (int age = memory - 1; age >= 0; age--) {
      out.putVarLong(pairs[place(newest - age)]);
    }
    out.putVarLong(counts.size());
    counts.forEach(
        (figure, ring) -> {
          out.putByte(figure.kind().code());
          out.putVarLong(figure.cell());
          for (int age = memory - 1; age >= 0; age--) {
            out.putVarLong(ring[place(newest - age)]);
          }
        });
    return out.toBytes();
  }

  /** Reads {@link #toBytes} under the same plan; {@link IllegalArgumentException} on others. */
  public static Trends fromBytes(byte[] bytes, TrendPlan plan) {
    LayoutReader in = new LayoutReader("Trends", bytes, VERSION);
    Trends read = new Trends(plan);
    if (in.getVarInt(0, Integer.MAX_VALUE) != read.memory) {
      throw in.broken("another plan");
    }
    read.newest = in.getZigZag();
    for (int age = read.memory - 1; age >= 0; age--) {
      read.pairs[read.place(read.newest - age)] = in.getVarLong();
    }
    for (int left = in.getVarInt(0, Integer.MAX_VALUE); left > 0; left--) {
      Figure figure = new Figure(Kind.ofCode(in.getByte()), in.getVarInt(0, Integer.MAX_VALUE));
      int[] ring = new int[read.memory];
      for (int age = read.memory - 1; age >= 0; age--) {
        ring[read.place(read.newest - age)] = in.getVarInt(0, Integer.MAX_VALUE);
      }
      read.counts.put(figure, ring);
    }
    in.end();
    return read;
  }

  private void test(
      long number, Kind kind, CellCounts cells, long of, Anonymity anonymity, List<Trend> into) {
    BitSet published = anonymity.single(cells);
    for (int cell = published.nextSetBit(0); cell >= 0; cell = published.nextSetBit(cell + 1)) {
      Figure figure = new Figure(kind, cell);
      Observation now = new Observation(cells.count(cell), of);
      Deviation deviation = deviation(number, figure, now);
      if (deviation != null) {
        into.add(new Trend(figure, now, deviation, false));
      }
    }
  }

  private static List<Trend> decided(List<Trend> tested, FalseDiscovery discovery) {
    boolean[] believed =
        discovery.believed(tested.stream().mapToDouble(trend -> trend.deviation().p()).toArray());
    List<Trend> decided = new ArrayList<>(tested.size());
    for (int i = 0; i < believed.length; i++) {
      Trend trend = tested.get(i);
      decided.add(new Trend(trend.figure(), trend.observation(), trend.deviation(), believed[i]));
    }
    return List.copyOf(decided);
  }

  private void take(long number, Figure figure, List<Observation> into) {
    if (number < 0 || number > newest || number <= newest - memory) {
      return;
    }
    long of = pairs[place(number)];
    if (of > 0) {
      int[] ring = counts.get(figure);
      into.add(new Observation(ring == null ? 0 : ring[place(number)], of));
    }
  }

  /** Clears what was remembered of the windows between the newest one and this one. */
  private void moveTo(long number) {
    for (long skipped = Math.max(newest + 1, number - memory + 1); skipped <= number; skipped++) {
      int place = place(skipped);
      pairs[place] = 0;
      counts.values().forEach(ring -> ring[place] = 0);
    }
    newest = number;
  }

  private void remember(long number, Kind kind, CellCounts cells) {
    cells.forEach(
        cell -> {
          int count = (int) Math.max(0, Math.min(Integer.MAX_VALUE, cells.count(cell)));
          if (count > 0) {
            counts
                    .computeIfAbsent(new Figure(kind, cell), fresh -> new int[memory])[
                    place(number)] =
                count;
          }
        });
  }

  private int place(long number) {
    return Math.floorMod(number, memory);
  }
}
