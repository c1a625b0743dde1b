package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The aspect sets of a batch of pairs, one behind the other: a bit for each cell and 4 bytes for
 * each hit. Reusable; filled by a {@link BatchKernel} of the same policy.
 */
public final class PackedSets {

  /*
   * Cells are numbered row * side + column over the bodies of the policy. Of pair p, bit c of bits[p * words ...] says whether
   * cell c holds a hit, and the hits, by ascending cell, are hits[ends[p] ... ends[p + 1] - 1].
   */
  private final PolicyBodies bodies;
  private long[] bits = {};
  private int[] ends = new int[1];
  private int[] hits = {};
  private int size;
  private int announced;

  /** Room for sets under {@code policy}; it grows as it is filled. */
  public PackedSets(AspectPolicy policy) {
    bodies = PolicyBodies.of(policy);
  }

  private PackedSets(PackedSets same) {
    bodies = same.bodies;
    hold(same);
  }

  /** How many sets there are. */
  public int size() {
    return size;
  }

  /** How many aspects hold in all of them. */
  public int hits() {
    return ends[size];
  }

  /** How many aspects hold in one. */
  public int hits(int pair) {
    Objects.checkIndex(pair, size);
    return ends[pair + 1] - ends[pair];
  }

  /** The set of one pair. */
  public AspectSet set(int pair) {
    Objects.checkIndex(pair, size);
    char[] rows = new char[Body.COUNT];
    int side = bodies.count();
    for (int row = 0; row < side; row++) {
      rows[bodies.slot(row)] = (char) bodies.slotsOf(row(pair, row * side));
    }
    return AspectSet.of(rows, hits, ends[pair], ends[pair + 1]);
  }

  /** The bits of a row of one pair that starts at a cell. */
  private int row(int pair, int cell) {
    int word = pair * bodies.words() + cell / Long.SIZE;
    long row = bits[word] >>> cell;
    int taken = Long.SIZE - cell % Long.SIZE;
    if (taken < bodies.count()) {
      row |= bits[word + 1] << taken;
    }
    return (int) row & ((1 << bodies.count()) - 1);
  }

  /** The bytes that these sets take. */
  public long bytes() {
    return 8L * size * bodies.words() + 4L * (size + 1) + 4L * ends[size];
  }

  /** For guards: gives what this one holds for what another one of the same policy does. */
  public void swap(PackedSets other) {
    bodies.check(other.bodies.policy());
    PackedSets own = new PackedSets(this);
    hold(other);
    other.hold(own);
  }

  private void hold(PackedSets from) {
    bits = from.bits;
    ends = from.ends;
    hits = from.hits;
    size = from.size;
    announced = from.announced;
  }

  /** How many sets under {@code policy} fit into {@code memory} bytes whatever they hold. */
  static int fit(AspectPolicy policy, long memory) {
    return (int) Math.min(Integer.MAX_VALUE, memory / mostBytes(PolicyBodies.of(policy)));
  }

  private static long mostBytes(PolicyBodies bodies) {
    return (long) Long.BYTES * bodies.words() + Integer.BYTES * (bodies.cells() + 1L);
  }

  /**
   * For kernels: starts over, with room for the bits and ends of {@code sets} sets. {@link
   * IllegalArgumentException} if these may take more than {@code memory} bytes.
   */
  public void start(AspectPolicy policy, int sets, long memory) {
    check(policy, sets, memory);
    start(policy, sets);
  }

  /** Refuses what {@link #start(AspectPolicy, int, long)} refuses. */
  void check(AspectPolicy policy, int sets, long memory) {
    bodies.check(policy);
    Ranges.checkRoom(sets, mostBytes(bodies), memory);
  }

  /** Starts over without a limit. */
  void start(AspectPolicy policy, int sets) {
    bodies.check(policy);
    int words = Math.multiplyExact(sets, bodies.words());
    if (bits.length < words) {
      bits = new long[words];
    }
    if (ends.length <= sets) {
      ends = new int[sets + 1];
    }
    size = 0;
    announced = sets;
  }

  /**
   * For kernels: appends {@code sets} sets, for which there is room, from where the buffers stand:
   * a bit for each cell in row-major order, in whole words a set; how many hits each set has; and
   * the hits, one set behind the other. {@link IllegalArgumentException} if a set has more hits
   * than cells.
   */
  public void append(int sets, LongBuffer itsBits, IntBuffer counts, IntBuffer itsHits) {
    Objects.checkFromIndexSize(size, sets, ends.length - 1);
    int end = ends[size];
    for (int set = size; set < size + sets; set++) {
      int count = counts.get();
      if (count < 0 || count > bodies.cells()) {
        throw new IllegalArgumentException(count + " hits in " + bodies.cells() + " cells");
      }
      end = Math.addExact(end, count);
      ends[set + 1] = end;
    }
    reserve(sets);
    itsBits.get(bits, size * bodies.words(), sets * bodies.words());
    itsHits.get(hits, ends[size], end - ends[size]);
    size += sets;
  }

  /**
   * Makes room for the hits of {@code sets} more sets, however full, and a whole vector past the
   * last; grows by leaps, but not beyond what all sets that were announced can need.
   */
  void reserve(int sets) {
    int needed = Math.toIntExact(ends[size] + most(sets));
    if (hits.length < needed) {
      long leap = Math.min(Math.min(2L * hits.length, most(announced)), Integer.MAX_VALUE - 8);
      hits = Arrays.copyOf(hits, Math.max(needed, (int) leap));
    }
  }

  private long most(int sets) {
    return (long) sets * bodies.cells() + ChartBlock.WIDTH;
  }

  /**
   * Writes set {@code pair}, which follows those written so far, from its cells, of which the first
   * is {@code cells[from]}; room is reserved.
   */
  void put(int pair, int[] cells, int from) {
    int end = ends[pair];
    int word = pair * bodies.words();
    for (int cell = 0; cell < bodies.cells(); cell += Long.SIZE) {
      int width = Math.min(Long.SIZE, bodies.cells() - cell);
      long found = 0;
      for (int bit = 0; bit < width; bit++) {
        int hit = cells[from + cell + bit];
        int one = (hit | -hit) >>> (Integer.SIZE - 1);
        hits[end] = hit;
        end += one;
        found |= (long) one << bit;
      }
      bits[word++] = found;
    }
    ends[pair + 1] = end;
  }

  /**
   * Copies the sets of another one to number {@code first} and on, their hits to {@code place} and
   * on; room is reserved. Threads may do so at the same time, each at places of its own.
   */
  void put(int first, int place, PackedSets from) {
    int words = bodies.words();
    System.arraycopy(from.bits, 0, bits, first * words, from.size * words);
    System.arraycopy(from.hits, 0, hits, place, from.hits());
    for (int set = 1; set <= from.size; set++) {
      ends[first + set] = place + from.ends[set];
    }
  }

  /** Says that {@code sets} more sets are written. */
  void added(int sets) {
    size += sets;
  }

  long[] bitArray() {
    return bits;
  }

  int[] endArray() {
    return ends;
  }

  int[] hitArray() {
    return hits;
  }
}
