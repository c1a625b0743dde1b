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

/** {@link LaneSets} of ten bodies in the first ten slots: packed sets without a loop in a pair. */
final class LaneSetsOfTen {

  /*
   * Seven vectors hold the cells of a pair. Which lane of a line each cell picks is loaded once a batch, into fourteen registers:
   * in a loop it would be loaded again for each pair, as the compiler cannot know that no hit is written over it, and each such
   * load crosses a line of the cache. Helper methods would keep the vectors on the heap, so the seven are written out.
   */
  static final int BODIES = 10;

  private static final int CELLS_OF_LAST = 0b1111;

  /** Multiplied with five bits, holds bit i at 10 i, among others. */
  private static final long SPREAD = 1L | 1L << 9 | 1L << 18 | 1L << 27 | 1L << 36;

  private static final long SPREAD_BITS = 1L | 1L << 10 | 1L << 20 | 1L << 30 | 1L << 40;

  /** By row: which of its bits, rotated into place, are of the first word. */
  private static final long[] FIRST_WORD = {-1, -1, -1, -1, -1, -1, 0xFL << 60, 0, 0, 0};

  private final LanePlan plan;
  // Of cell c in row-major order: the slots of its row and its column.
  private final int[] rows;
  private final int[] columns;

  LaneSetsOfTen(LanePlan plan, PolicyBodies bodies) {
    this.plan = plan;
    rows = bodies.rowSlots(LANES);
    columns = bodies.columnSlots(LANES);
  }

  /** As {@link CpuKernel#appendSets}. */
  void append(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into)
      throws Throwable {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    IntVector row0 = IntVector.fromArray(INTS, rows, 0);
    IntVector row1 = IntVector.fromArray(INTS, rows, LANES);
    IntVector row2 = IntVector.fromArray(INTS, rows, 2 * LANES);
    IntVector row3 = IntVector.fromArray(INTS, rows, 3 * LANES);
    IntVector row4 = IntVector.fromArray(INTS, rows, 4 * LANES);
    IntVector row5 = IntVector.fromArray(INTS, rows, 5 * LANES);
    IntVector row6 = IntVector.fromArray(INTS, rows, 6 * LANES);
    IntVector column0 = IntVector.fromArray(INTS, columns, 0);
    IntVector column1 = IntVector.fromArray(INTS, columns, LANES);
    IntVector column2 = IntVector.fromArray(INTS, columns, 2 * LANES);
    IntVector column3 = IntVector.fromArray(INTS, columns, 3 * LANES);
    IntVector column4 = IntVector.fromArray(INTS, columns, 4 * LANES);
    IntVector column5 = IntVector.fromArray(INTS, columns, 5 * LANES);
    IntVector column6 = IntVector.fromArray(INTS, columns, 6 * LANES);
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int end = into.size() + 1;
    int word = into.size() * 2;
    int next = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      IntVector first = IntVector.fromArray(INTS, a, (i + step * pair) * Body.COUNT).abs();
      IntVector second = IntVector.fromArray(INTS, b, (j + pair) * Body.COUNT);

      IntVector distance0 = row0.selectFrom(first).sub(column0.selectFrom(second)).abs();
      IntVector k0 =
          ((FloatVector) distance0.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb0 = distance0.sub(k0.selectFrom(center)).abs();
      VectorMask<Integer> holds0 = orb0.compare(VectorOperators.LE, k0.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb0.or(k0.selectFrom(code)), holds0))
          .intoArray(hits, next);
      long lanes0 = holds0.toLong();
      next += Long.bitCount(lanes0);

      IntVector distance1 = row1.selectFrom(first).sub(column1.selectFrom(second)).abs();
      IntVector k1 =
          ((FloatVector) distance1.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb1 = distance1.sub(k1.selectFrom(center)).abs();
      VectorMask<Integer> holds1 = orb1.compare(VectorOperators.LE, k1.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb1.or(k1.selectFrom(code)), holds1))
          .intoArray(hits, next);
      long lanes1 = holds1.toLong();
      next += Long.bitCount(lanes1);

      IntVector distance2 = row2.selectFrom(first).sub(column2.selectFrom(second)).abs();
      IntVector k2 =
          ((FloatVector) distance2.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb2 = distance2.sub(k2.selectFrom(center)).abs();
      VectorMask<Integer> holds2 = orb2.compare(VectorOperators.LE, k2.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb2.or(k2.selectFrom(code)), holds2))
          .intoArray(hits, next);
      long lanes2 = holds2.toLong();
      next += Long.bitCount(lanes2);

      IntVector distance3 = row3.selectFrom(first).sub(column3.selectFrom(second)).abs();
      IntVector k3 =
          ((FloatVector) distance3.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb3 = distance3.sub(k3.selectFrom(center)).abs();
      VectorMask<Integer> holds3 = orb3.compare(VectorOperators.LE, k3.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb3.or(k3.selectFrom(code)), holds3))
          .intoArray(hits, next);
      long lanes3 = holds3.toLong();
      next += Long.bitCount(lanes3);

      IntVector distance4 = row4.selectFrom(first).sub(column4.selectFrom(second)).abs();
      IntVector k4 =
          ((FloatVector) distance4.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb4 = distance4.sub(k4.selectFrom(center)).abs();
      VectorMask<Integer> holds4 = orb4.compare(VectorOperators.LE, k4.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb4.or(k4.selectFrom(code)), holds4))
          .intoArray(hits, next);
      long lanes4 = holds4.toLong();
      next += Long.bitCount(lanes4);

      IntVector distance5 = row5.selectFrom(first).sub(column5.selectFrom(second)).abs();
      IntVector k5 =
          ((FloatVector) distance5.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb5 = distance5.sub(k5.selectFrom(center)).abs();
      VectorMask<Integer> holds5 = orb5.compare(VectorOperators.LE, k5.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb5.or(k5.selectFrom(code)), holds5))
          .intoArray(hits, next);
      long lanes5 = holds5.toLong();
      next += Long.bitCount(lanes5);

      IntVector distance6 = row6.selectFrom(first).sub(column6.selectFrom(second)).abs();
      IntVector k6 =
          ((FloatVector) distance6.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb6 = distance6.sub(k6.selectFrom(center)).abs();
      VectorMask<Integer> holds6 = orb6.compare(VectorOperators.LE, k6.selectFrom(maxOrb));
      ((IntVector) COMPRESS.invokeExact(orb6.or(k6.selectFrom(code)), holds6))
          .intoArray(hits, next);
      long lanes6 = holds6.toLong() & CELLS_OF_LAST;
      next += Long.bitCount(lanes6);

      bits[word] = lanes0 | lanes1 << 16 | lanes2 << 32 | lanes3 << 48;
      bits[word + 1] = lanes4 | lanes5 << 16 | lanes6 << 32;
      word += 2;
      ends[end + pair] = next;
    }
  }

  /** As {@link LaneSets#appendTouched}: no loop over bits, no loop for one body. */
  void appendTouched(
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
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int next = into.hits();
    int ahead = into.size() - from;
    int end = from + pairs;
    for (int pair = from; pair < end; pair++) {
      int line = pair * Body.COUNT;
      int number = pair + ahead;
      int rows = movedA[pair] & (1 << BODIES) - 1;
      int columns = movedB[pair] & (1 << BODIES) - 1;
      int moved = rows | columns;
      if ((rows == 0 || columns == 0) && (moved & moved - 1) == 0 && moved != 0) {
        int body = Integer.numberOfTrailingZeros(moved);
        int[] own = columns == 0 ? a : b;
        IntVector other = IntVector.fromArray(INTS, columns == 0 ? b : a, line);
        IntVector distance = other.sub(Math.abs(own[line + body])).abs();
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        VectorMask<Integer> holds = orb.compare(VectorOperators.LE, k.selectFrom(maxOrb));
        ((IntVector) COMPRESS.invokeExact(orb.or(k.selectFrom(code)), holds)).intoArray(hits, next);
        long lanes = holds.toLong() & (1 << BODIES) - 1;
        next += Long.bitCount(lanes);
        long row = Long.rotateLeft(lanes, BODIES * body);
        long above = (lanes & 31) * SPREAD & SPREAD_BITS;
        long below = (lanes >> 5) * SPREAD & SPREAD_BITS;
        long ofFirst = FIRST_WORD[body];
        bits[2 * number] = columns == 0 ? row & ofFirst : above << body | below << 50 + body;
        bits[2 * number + 1] = columns == 0 ? row & ~ofFirst : below >>> 14 - body;
      } else {
        next = others.append(a, line, b, line, rows, columns, into, number, next);
      }
      ends[number + 1] = next;
    }
  }
}
