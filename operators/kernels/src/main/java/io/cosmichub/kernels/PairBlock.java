package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Up to 64 pairs side by side, every cell of them by {@link AspectLoops}; for one thread. */
final class PairBlock {

  /*
   * Sixteen pairs are a group: a ring of one row of sixteen longitudes for each body. Turned by s rows and laid against the
   * ring of A, the ring of B gives the cells (i, i + s): as many turns as bodies give all cells, each in loops over whole
   * rings. Rings of B are held twice, one behind the other, so that a turn is a copy.
   */
  static final int PAIRS = 64;

  private static final int WIDTH = ChartBlock.WIDTH;
  private static final int LOW_BITS = LoopWeights.LOW_BITS;
  private static final int AT_ONCE = 4;

  private final AspectLoops loops;
  private final PolicyBodies bodies;
  private final int[] slots;
  private final LoopWeights weights;
  private final int side;
  private final int ring;
  private final int most;
  // Of each cell in row-major order: where its hit stands, from the lane of the pair on.
  private final int[] places;

  private final int[] a;
  private final int[] b;
  private final int[] doubled;
  private final int[] separations;
  private final int[] found;
  private final int[] high;
  private final int[] low;
  private final int[] rows;
  private final int[] hits;
  private int count;

  PairBlock(AspectLoops loops, PolicyBodies bodies, LoopWeights weights) {
    this.loops = loops;
    this.bodies = bodies;
    this.weights = weights;
    side = bodies.count();
    slots = IntStream.range(0, side).map(bodies::slot).toArray();
    ring = side * WIDTH;
    most = side * PAIRS;
    places = new int[(bodies.words() + 1) * Long.SIZE];
    for (int cell = 0; cell < bodies.cells(); cell++) {
      int row = cell / side;
      places[cell] = Math.floorMod(cell % side - row, side) * most + row * WIDTH;
    }
    a = new int[most];
    b = new int[most];
    doubled = new int[2 * most];
    separations = new int[most];
    found = new int[most];
    high = new int[most];
    low = new int[most];
    rows = new int[most];
    hits = new int[side * most];
  }

  /** Takes the pairs of lines from charts i and j on; A advances by {@code step} charts a pair. */
  void load(int[] linesA, int i, int step, int[] linesB, int j, int pairs) {
    for (int pair = 0; pair < pairs; pair++) {
      int lane = lane(pair);
      pick(linesA, (i + step * pair) * Body.COUNT, slots, a, lane);
      pick(linesB, (j + pair) * Body.COUNT, slots, doubled, lane + pair / WIDTH * ring);
    }
    count = (pairs + WIDTH - 1) / WIDTH * ring;
    for (int at = 0; at < count; at += ring) {
      System.arraycopy(doubled, 2 * at, doubled, 2 * at + ring, ring);
    }
    AspectLoops.lift(a, count);
  }

  private static void pick(int[] lines, int line, int[] slots, int[] into, int lane) {
    for (int body = 0; body < slots.length; body++) {
      into[lane + body * WIDTH] = lines[line + slots[body]];
    }
  }

  private int lane(int pair) {
    return pair / WIDTH * ring + pair % WIDTH;
  }

  private void turn(int rowsAhead) {
    for (int at = 0; at < count; at += ring) {
      System.arraycopy(doubled, 2 * at + rowsAhead * WIDTH, b, at, ring);
    }
    AspectLoops.separate(a, b, separations, count);
  }

  /** Writes the scores of the first {@code pairs} pairs from {@code at} on. */
  void scores(int pairs, long[] into, int at) {
    Arrays.fill(high, 0, count, 0);
    Arrays.fill(low, 0, count, 0);
    for (int turn = 0; turn < side; turn++) {
      turn(turn);
      loops.strengths(separations, found, count);
      AspectLoops.weigh(found, weights.ofTurn(turn), LOW_BITS, high, low, count);
    }
    for (int pair = 0; pair < pairs; pair++) {
      int lane = lane(pair);
      long total = 0;
      for (int place = lane; place < lane + ring; place += WIDTH) {
        total += ((long) high[place] << LOW_BITS) + low[place];
      }
      into[at + pair] = total;
    }
  }

  private void find() {
    Arrays.fill(rows, 0, count, 0);
    for (int turn = 0; turn < side; turn++) {
      turn(turn);
      loops.hits(separations, found, count);
      AspectLoops.mark(found, rows, 1 << turn, count);
      System.arraycopy(found, 0, hits, turn * most, count);
    }
  }

  /** Writes the cells of the first {@code pairs} pairs in row-major order from {@code at} on. */
  void dense(int pairs, int[] cells, int at) {
    find();
    int next = at;
    for (int pair = 0; pair < pairs; pair++) {
      int lane = lane(pair);
      for (int cell = 0; cell < bodies.cells(); cell++) {
        cells[next++] = hits[lane + places[cell]];
      }
    }
  }

  /** Appends the sets of the first {@code pairs} pairs, the first as number {@code first}. */
  void append(int pairs, PackedSets into, int first) {
    find();
    int next = into.endArray()[first];
    for (int pair = 0; pair < pairs; pair++) {
      int lane = lane(pair);
      int word = (first + pair) * bodies.words();
      gather(lane, into.bitArray(), word);
      for (int ahead = 0; ahead < bodies.words(); ahead++) {
        next = press(lane, into.bitArray()[word + ahead], ahead * Long.SIZE, into.hitArray(), next);
      }
      into.endArray()[first + pair + 1] = next;
    }
  }

  /** Puts the bits of the rows of one pair together; in each, the bits start at the diagonal. */
  private void gather(int lane, long[] bits, int first) {
    long all = (1L << side) - 1;
    long word = 0;
    int to = first;
    int filled = 0;
    for (int row = 0; row < side; row++) {
      long turned = rows[lane + row * WIDTH];
      long columns = ((turned << row) | (turned >>> (side - row))) & all;
      word |= columns << filled;
      filled += side;
      if (filled >= Long.SIZE) {
        bits[to++] = word;
        filled -= Long.SIZE;
        word = filled == 0 ? 0 : columns >>> (side - filled);
      }
    }
    if (filled > 0) {
      bits[to] = word;
    }
  }

  /** Writes the hits of the cells of one word, four at once: up to three too many. */
  private int press(int lane, long bits, int cell, int[] into, int from) {
    int[] place = places;
    int[] hit = hits;
    int next = from;
    for (long rest = bits; rest != 0; next += AT_ONCE) {
      into[next] = hit[lane + place[cell + Long.numberOfTrailingZeros(rest)]];
      rest &= rest - 1;
      into[next + 1] = hit[lane + place[cell + Long.numberOfTrailingZeros(rest)]];
      rest &= rest - 1;
      into[next + 2] = hit[lane + place[cell + Long.numberOfTrailingZeros(rest)]];
      rest &= rest - 1;
      into[next + 3] = hit[lane + place[cell + Long.numberOfTrailingZeros(rest)]];
      rest &= rest - 1;
    }
    return from + Long.bitCount(bits);
  }
}
