package io.cosmichub.population.count;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.datasketches.hash.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * How many pairs there are in each of a fixed number of cells, and at least how many people they
 * rest on. What was added can be taken back, in any order, and counts can be merged. Not
 * thread-safe.
 */
public final class CellCounts {
  /*
   * People are counted by a linear sketch: each cell has 128 counters, a person's id picks one of
   * them, and a pair adds 1 to, or takes 1 from, those of its two people. A counter that is not 0
   * stands for at least one person, so the number of such counters never says too many, and nothing
   * is left of a person once all of their pairs are taken back.
   *
   * Layout v1: version | varint cells | varint filled | for each filled cell: varint gap, zig-zag
   * count, four 32-bit masks of counters that are not 0, those counters as zig-zag varints
   */
  private static final int VERSION = 1;

  /** The most people that can be told apart. */
  public static final int MOST_PEOPLE = 128;

  private static final int WORDS = MOST_PEOPLE / Integer.SIZE;

  private final long[] counts;
  private final int[] @Nullable [] people;

  /** No pair in any of so many cells. */
  public CellCounts(int cells) {
    counts = new long[cells];
    people = new int[cells][];
  }

  /** How many cells there are. */
  public int cells() {
    return counts.length;
  }

  /** How many pairs are in a cell; below 0 only where more was taken back than was added. */
  public long count(int cell) {
    return counts[cell];
  }

  /** At least how many people the pairs of a cell rest on; at most {@link #MOST_PEOPLE}. */
  public int people(int cell) {
    int[] counters = people[cell];
    if (counters == null) {
      return 0;
    }
    return notZero(counters);
  }

  /**
   * At least how many people the pairs of the cells from one to another, both included, rest on.
   */
  public int people(int from, int to) {
    int[] sums = new int[MOST_PEOPLE];
    for (int cell = from; cell <= to; cell++) {
      add(people[cell], 1, sums);
    }
    return notZero(sums);
  }

  /**
   * At least how many people the pairs rest on that are in a whole, which is every cell of {@code
   * whole} together, and not in {@code cell} of these counts, which count some of the same pairs.
   */
  public int peopleOutside(int cell, CellCounts whole) {
    BitSet one = new BitSet();
    one.set(cell);
    return peopleOutside(one, whole);
  }

  /** The same of the pairs that are in none of {@code cells}, of which no pair is in two. */
  public int peopleOutside(BitSet cells, CellCounts whole) {
    int[] sums = new int[MOST_PEOPLE];
    for (int[] counters : whole.people) {
      add(counters, 1, sums);
    }
    cells.stream().forEach(cell -> add(people[cell], -1, sums));
    return notZero(sums);
  }

  /** The number that stands for a person in {@link #add}. */
  public static int person(String chartId) {
    byte[] utf8 = chartId.getBytes(StandardCharsets.UTF_8);
    return utf8.length == 0 ? 0 : (int) MurmurHash3.hash(utf8, 0)[0] & (MOST_PEOPLE - 1);
  }

  /** Adds {@code times} (−1 takes back) a pair of two people, as {@link #person} numbers them. */
  public void add(int cell, int times, int personA, int personB) {
    counts[cell] += times;
    int[] counters = counters(cell);
    counters[personA] += times;
    counters[personB] += times;
  }

  /** Whether there is nothing in any cell. */
  public boolean isEmpty() {
    return IntStream.range(0, cells()).noneMatch(this::isFilled);
  }

  /** Gives each cell that is not empty to the consumer, in ascending order. */
  public void forEach(IntConsumer consumer) {
    for (int cell = 0; cell < counts.length; cell++) {
      if (isFilled(cell)) {
        consumer.accept(cell);
      }
    }
  }

  /** Adds what another one of as many cells holds. */
  public void merge(CellCounts other) {
    if (other.cells() != cells()) {
      throw new IllegalArgumentException(other.cells() + " cells into " + cells());
    }
    other.forEach(
        cell -> {
          counts[cell] += other.counts[cell];
          int[] theirs = other.counters(cell);
          int[] ours = counters(cell);
          for (int counter = 0; counter < MOST_PEOPLE; counter++) {
            ours[counter] += theirs[counter];
          }
        });
  }

  /** Adds all cells of another one to one cell. */
  void mergeAll(int cell, CellCounts other) {
    other.forEach(
        from -> {
          counts[cell] += other.counts[from];
          add(other.people[from], 1, counters(cell));
        });
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 10);
    out.putVarLong(cells());
    int[] filled = {0};
    forEach(cell -> filled[0]++);
    out.putVarLong(filled[0]);
    int[] next = {0};
    forEach(
        cell -> {
          out.putVarLong(cell - next[0]);
          next[0] = cell + 1;
          out.putZigZag(counts[cell]);
          putCounters(out, counters(cell));
        });
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static CellCounts fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("CellCounts", bytes, VERSION);
    CellCounts read = new CellCounts(in.getVarInt(0, 1 << 20));
    int next = 0;
    for (int left = in.getVarInt(0, read.cells()); left > 0; left--) {
      int cell = next + in.getVarInt(0, read.cells());
      if (cell >= read.cells()) {
        throw in.broken("a cell is out of range");
      }
      next = cell + 1;
      read.counts[cell] = in.getZigZag();
      getCounters(in, read.counters(cell));
    }
    in.end();
    return read;
  }

  private boolean isFilled(int cell) {
    return counts[cell] != 0 || people(cell) != 0;
  }

  private static void add(int @Nullable [] counters, int times, int[] into) {
    if (counters != null) {
      for (int counter = 0; counter < MOST_PEOPLE; counter++) {
        into[counter] += times * counters[counter];
      }
    }
  }

  private static int notZero(int[] counters) {
    int found = 0;
    for (int counter : counters) {
      found += counter != 0 ? 1 : 0;
    }
    return found;
  }

  private int[] counters(int cell) {
    int[] counters = people[cell];
    if (counters == null) {
      counters = new int[MOST_PEOPLE];
      people[cell] = counters;
    }
    return counters;
  }

  private static void putCounters(LayoutWriter out, int[] counters) {
    int[] masks = new int[WORDS];
    for (int counter = 0; counter < MOST_PEOPLE; counter++) {
      masks[counter / Integer.SIZE] |= counters[counter] != 0 ? 1 << counter % Integer.SIZE : 0;
    }
    Arrays.stream(masks).forEach(out::putInt);
    for (int counter : counters) {
      if (counter != 0) {
        out.putZigZag(counter);
      }
    }
  }

  private static void getCounters(LayoutReader in, int[] counters) {
    int[] masks = new int[WORDS];
    for (int word = 0; word < WORDS; word++) {
      masks[word] = in.getInt();
    }
    for (int counter = 0; counter < MOST_PEOPLE; counter++) {
      if ((masks[counter / Integer.SIZE] >> counter % Integer.SIZE & 1) != 0) {
        counters[counter] = in.getZigZagInt();
      }
    }
  }
}
