package io.cosmichub.kernels;

import static io.cosmichub.kernels.LaneSpecies.COMPRESS;
import static io.cosmichub.kernels.LaneSpecies.INTS;
import static io.cosmichub.kernels.LaneSpecies.LANES;
import static io.cosmichub.kernels.LaneSpecies.LAST;
import static io.cosmichub.kernels.LaneSpecies.PER_STEP;
import static io.cosmichub.kernels.LaneSpecies.TO_LOWEST_BITS;

import io.cosmichub.chart.Body;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * Aspect sets in lanes; wants {@link LaneSpecies#WIDE}, and {@link LaneSpecies#COMPRESSES} for
 * packed ones.
 */
final class LaneSets {

  /*
   * The cells of a pair in row-major order fill vectors of sixteen, each operand picked from its line, and the hits are pressed
   * together. Of a moved body, the one vector of its row or column is computed. Ten bodies in the first ten slots have a class
   * of their own.
   *
   * compress came with Java 19 and this class is compiled for 17: it is called through a constant method handle, which costs
   * nothing. Vectors live in registers only as long as they do not leave a method: every method here is one loop nest.
   */

  /** Multiplied with four bits, holds bit i at 16 i, among others. */
  private static final long SPREAD = 1L | 1L << 15 | 1L << 30 | 1L << 45;

  private static final long SPREAD_BITS = 1L | 1L << 16 | 1L << 32 | 1L << 48;

  private final LanePlan plan;
  private final PolicyBodies bodies;
  private final @Nullable LaneSetsOfTen ofTen;
  // Of cell c in row-major order: the slots of its row and its column; 0 beyond the last cell.
  private final int[] rowSlots;
  private final int[] columnSlots;
  // Which cells of each vector exist.
  private final int[] exist;
  private final int[] bodySlots = new int[ChartBlock.WIDTH];

  LaneSets(LanePlan plan, PolicyBodies bodies) {
    this.plan = plan;
    this.bodies = bodies;
    ofTen = bodies.areTheFirst(LaneSetsOfTen.BODIES) ? new LaneSetsOfTen(plan, bodies) : null;
    rowSlots = bodies.rowSlots(LANES);
    columnSlots = bodies.columnSlots(LANES);
    exist = new int[rowSlots.length / LANES];
    for (int cell = 0; cell < bodies.cells(); cell++) {
      exist[cell / LANES] |= 1 << cell % LANES;
    }
    for (int body = 0; body < bodies.count(); body++) {
      bodySlots[body] = bodies.slot(body);
    }
  }

  /** As {@link CpuKernel#fillDense}. */
  void dense(int[] a, int i, int step, int[] b, int j, int pairs, int[] cells, int from) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    int[] rows = rowSlots;
    int[] columns = columnSlots;
    int side = bodies.cells();
    for (int pair = 0; pair < pairs; pair++) {
      IntVector first = IntVector.fromArray(INTS, a, (i + step * pair) * Body.COUNT).abs();
      IntVector second = IntVector.fromArray(INTS, b, (j + pair) * Body.COUNT);
      for (int at = 0; at < rows.length; at += LANES) {
        IntVector distance =
            IntVector.fromArray(INTS, rows, at)
                .selectFrom(first)
                .sub(IntVector.fromArray(INTS, columns, at).selectFrom(second))
                .abs();
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        IntVector beyond =
            k.selectFrom(maxOrb).sub(orb).lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
        orb.or(k.selectFrom(code)).and(beyond.not()).intoArray(cells, from + pair * side + at);
      }
    }
  }

  /** As {@link CpuKernel#appendSets}. */
  void append(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    try {
      if (ofTen != null) {
        ofTen.append(a, i, step, b, j, pairs, into);
      } else {
        press(a, i, step, b, j, pairs, into);
      }
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private void press(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into)
      throws Throwable {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    int[] rows = rowSlots;
    int[] columns = columnSlots;
    int[] cells = exist;
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int words = bodies.words();
    int end = into.size() + 1;
    int word = into.size() * words;
    int next = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      IntVector first = IntVector.fromArray(INTS, a, (i + step * pair) * Body.COUNT).abs();
      IntVector second = IntVector.fromArray(INTS, b, (j + pair) * Body.COUNT);
      long found = 0;
      for (int at = 0; at < rows.length; at += LANES) {
        IntVector distance =
            IntVector.fromArray(INTS, rows, at)
                .selectFrom(first)
                .sub(IntVector.fromArray(INTS, columns, at).selectFrom(second))
                .abs();
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        VectorMask<Integer> holds = orb.compare(VectorOperators.LE, k.selectFrom(maxOrb));
        ((IntVector) COMPRESS.invokeExact(orb.or(k.selectFrom(code)), holds)).intoArray(hits, next);
        long lanes = holds.toLong() & cells[at / LANES];
        next += Long.bitCount(lanes);
        found |= lanes << at;
        if ((at & 48) == 48) {
          bits[word + (at >> 6)] = found;
          found = 0;
        }
      }
      if ((rows.length & 63) != 0) {
        bits[word + words - 1] = found;
      }
      word += words;
      ends[end + pair] = next;
    }
  }

  /**
   * As {@link CpuKernel#appendTouched}: whole rows where bodies of A moved, one column where one of
   * B did. Where more of B moved, the pair is left to {@code others}.
   */
  void appendTouched(
      int[] a,
      int[] b,
      char[] movedA,
      char[] movedB,
      int from,
      int pairs,
      PackedSets into,
      LoopKernel others) {
    try {
      if (ofTen != null) {
        ofTen.appendTouched(a, b, movedA, movedB, from, pairs, into, others);
      } else {
        pressTouched(a, b, movedA, movedB, from, pairs, into, others);
      }
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  private void pressTouched(
      int[] a,
      int[] b,
      char[] movedA,
      char[] movedB,
      int from,
      int pairs,
      PackedSets into,
      LoopKernel others)
      throws Throwable {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    IntVector slots = IntVector.fromArray(INTS, bodySlots, 0);
    int side = bodies.count();
    long all = (1L << side) - 1;
    int words = bodies.words();
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int next = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      int line = (from + pair) * Body.COUNT;
      int number = into.size() + pair;
      int rows = movedA[from + pair] & bodies.mask();
      int columns = movedB[from + pair] & bodies.mask();
      boolean oneColumn = rows == 0 && (columns & columns - 1) == 0;
      if (columns != 0 && !oneColumn) {
        next = others.append(a, line, b, line, rows, columns, into, number, next);
        continue;
      }
      int word = number * words;
      for (int clear = 0; clear < words; clear++) {
        bits[word + clear] = 0;
      }
      int[] own = oneColumn ? b : a;
      IntVector other = slots.selectFrom(IntVector.fromArray(INTS, oneColumn ? a : b, line));
      for (int rest = rows | columns; rest != 0; rest &= rest - 1) {
        int slot = Integer.numberOfTrailingZeros(rest);
        IntVector distance = other.sub(Math.abs(own[line + slot])).abs();
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        VectorMask<Integer> holds = orb.compare(VectorOperators.LE, k.selectFrom(maxOrb));
        ((IntVector) COMPRESS.invokeExact(orb.or(k.selectFrom(code)), holds)).intoArray(hits, next);
        long lanes = holds.toLong() & all;
        next += Long.bitCount(lanes);
        if (oneColumn) {
          column(lanes, bodies.index(slot), side, bits, word);
        } else {
          row(lanes, bodies.index(slot) * side, side, bits, word);
        }
      }
      ends[number + 1] = next;
    }
  }

  /** Sets the bits of a row of {@code side} cells, the first of which is {@code cell}. */
  private static void row(long lanes, int cell, int side, long[] bits, int word) {
    int at = word + cell / Long.SIZE;
    bits[at] |= lanes << cell;
    if (cell % Long.SIZE + side > Long.SIZE) {
      bits[at + 1] |= lanes >>> -cell;
    }
  }

  /** Sets the bits of a column; of sixteen rows, each four are a word. */
  private static void column(long lanes, int index, int side, long[] bits, int word) {
    if (side == LANES) {
      for (int four = 0; four < LANES; four += 4) {
        bits[word + four / 4] |= ((lanes >> four & 15) * SPREAD & SPREAD_BITS) << index;
      }
      return;
    }
    for (long left = lanes; left != 0; left &= left - 1) {
      int cell = Long.numberOfTrailingZeros(left) * side + index;
      bits[word + cell / Long.SIZE] |= 1L << cell;
    }
  }

  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
  }
}
