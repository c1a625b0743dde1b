package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The CPU kernel with the Vector API, for policies of multiples of 30°; what it does not do faster
 * is left to tables.
 */
final class LaneKernel extends CpuKernel {

  /*
   * One cell. The distance d of two longitudes, 0 to 360°, not folded, lies nearest to the multiple k = round(d / 30°): d as a
   * float, times 1/30°, plus 2^23, has k in its lowest bits. Looked up by k are the angle, the largest orb and m of the
   * aspect; the orb is |d - angle| in whole micro-degrees. Close to half-way between two multiples the float may name either,
   * and no orb reaches that far. A missing body makes d so large that no orb is small enough, whatever k. In registers of 256
   * bits, tables have 8 entries: there d is folded to 0 to 180° first.
   *
   * Scores of sixteen pairs, side by side. A cell adds (2wi + 2wj) · m · (max - orb); the last two factors fit into an int, and so
   * does their sum over a few bodies of one weight. Of the whole sum T, about 2^40, ints keep the lowest 32 bits, and floats, added
   * alongside, keep T to some millions: together they give T exactly, for T = 2^18 h + e, with h the float's 2^18th as an int,
   * has |e| < 2^31, so that the lowest 32 bits of T - 2^18 h are e itself. What leaves is T / 1024, rounded down, and those 32.
   *
   * Sets of one pair. The cells in row-major order fill vectors of sixteen; each operand is picked from its line. Hits are
   * pressed together by compress, which the API has since Java 19: it is called through a constant method handle, which
   * costs nothing, because this class is compiled for 17.
   *
   * Vectors live in registers only as long as they do not leave a method: every method here is one loop nest.
   */
  private static final VectorSpecies<Integer> INTS =
      IntVector.SPECIES_PREFERRED.length() >= ChartBlock.WIDTH
          ? IntVector.SPECIES_512
          : IntVector.SPECIES_256;
  private static final VectorSpecies<Float> FLOATS =
      IntVector.SPECIES_PREFERRED.length() >= ChartBlock.WIDTH
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_256;
  private static final int LANES = INTS.length();
  private static final boolean WIDE = LANES == ChartBlock.WIDTH;
  private static final int LAST = LANES - 1;
  private static final float PER_STEP = 1f / 30_000_000;
  private static final float TO_LOWEST_BITS = 1 << 23;
  private static final float SIGNED_TO_LOWEST_BITS = 3 << 22;
  private static final int SIGNED_BITS = Float.floatToRawIntBits(SIGNED_TO_LOWEST_BITS);
  private static final int SPLIT = 10;
  private static final int COARSE = 18;

  private static final MethodType COMPRESS_TYPE =
      MethodType.methodType(IntVector.class, VectorMask.class);
  private static final boolean COMPRESSES =
      Arrays.stream(IntVector.class.getMethods())
          .anyMatch(method -> method.getName().equals("compress"));
  private static final MethodHandle COMPRESS = compress();

  /** The width of the registers that the machine prefers. */
  static final int BITS = IntVector.SPECIES_PREFERRED.vectorBitSize();

  private final TableKernel tables;
  private final LanePlan plan;
  private final boolean ten;
  // Of cell c in row-major order: the slots of its row and its column, and 2wi + 2wj; 0 beyond the
  // last cell.
  private final int[] rowSlots;
  private final int[] columnSlots;
  private final int[] cellWeights;
  private final float[] cellWeightsAsFloats;
  // Which cells of each vector exist.
  private final int[] exist;
  private final int[] bodySlots = new int[ChartBlock.WIDTH];
  // Of column j, for four rows at a time (which hold a hit): the words with their bits in place.
  private final long[] columnBits;

  LaneKernel(AspectPolicy policy, KernelSettings settings) {
    super(policy, settings);
    tables = new TableKernel(policy, settings);
    plan = new LanePlan(policy, bodies, whole);
    ten = plan.isOfTen();
    int vectors = (bodies.cells() + LAST) / LANES;
    rowSlots = new int[vectors * LANES];
    columnSlots = new int[vectors * LANES];
    cellWeights = new int[vectors * LANES];
    cellWeightsAsFloats = new float[vectors * LANES];
    exist = new int[vectors];
    for (int cell = 0; cell < bodies.cells(); cell++) {
      int row = bodies.slot(cell / bodies.count());
      int column = bodies.slot(cell % bodies.count());
      rowSlots[cell] = row;
      columnSlots[cell] = column;
      cellWeights[cell] = (int) (whole.doubledWeight(row) + whole.doubledWeight(column));
      cellWeightsAsFloats[cell] = cellWeights[cell];
      exist[cell / LANES] |= 1 << cell % LANES;
    }
    for (int body = 0; body < bodies.count(); body++) {
      bodySlots[body] = bodies.slot(body);
    }
    columnBits = columnBits();
  }

  @Override
  void block(int[] a, int groupA, int[] b, int groupB, Sums sums) {
    if (!plan.sums) {
      tables.block(a, groupA, b, groupB, sums);
      return;
    }
    for (int lane = 0; lane < ChartBlock.WIDTH; lane += LANES) {
      if (ten) {
        sumOfTen(plan, a, groupA + lane, b, groupB + lane, sums.high, sums.low, lane);
      } else {
        sum(plan, a, groupA + lane, b, groupB + lane, sums.high, sums.low, lane);
      }
    }
    for (int lane = 0; lane < ChartBlock.WIDTH; lane++) {
      sums.totals[lane] = (long) sums.high[lane] << SPLIT | sums.low[lane] & (1 << SPLIT) - 1;
    }
  }

  private static void sum(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    int[] columns = plan.columns;
    int[] weights = plan.weights;
    int[] ends = plan.ends;
    for (int i = 0; i < columns.length; i++) {
      IntVector from = IntVector.fromArray(INTS, a, atA + columns[i]).abs();
      int j = 0;
      for (int end : ends) {
        int weight = weights[i] + weights[j];
        IntVector sum = IntVector.zero(INTS);
        for (; j < end; j++) {
          IntVector distance = from.sub(IntVector.fromArray(INTS, b, atB + columns[j])).abs();
          if (!WIDE) {
            distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
          }
          IntVector k =
              ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                  .fma(PER_STEP, TO_LOWEST_BITS)
                  .reinterpretAsInts()
                  .and(LAST);
          IntVector orb = distance.sub(k.selectFrom(center)).abs();
          sum = sum.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
        }
        lows = lows.add(sum.mul(weight));
        highs =
            ((FloatVector) sum.convert(VectorOperators.I2F, 0))
                .fma(FloatVector.broadcast(FLOATS, weight), highs);
      }
    }
    IntVector top =
        highs.fma(1f / (1 << COARSE), SIGNED_TO_LOWEST_BITS).reinterpretAsInts().sub(SIGNED_BITS);
    IntVector rest = lows.sub(top.lanewise(VectorOperators.LSHL, COARSE));
    top.lanewise(VectorOperators.LSHL, COARSE - SPLIT)
        .add(rest.lanewise(VectorOperators.ASHR, SPLIT))
        .intoArray(high, lane);
    lows.intoArray(low, lane);
  }

  /**
   * {@link #sum} for ten bodies in groups of 4, 2, 1 and 3: loops of constant length, which the
   * compiler unrolls.
   */
  private static void sumOfTen(
      LanePlan plan, int[] a, int atA, int[] b, int atB, int[] high, int[] low, int lane) {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    int[] weights = plan.weights;
    for (int i = 0; i < 10; i++) {
      IntVector from = IntVector.fromArray(INTS, a, atA + ChartBlock.WIDTH * i).abs();
      int weight = weights[i];
      IntVector first = IntVector.zero(INTS);
      for (int j = 0; j < 4; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        first = first.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector second = IntVector.zero(INTS);
      for (int j = 4; j < 6; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        second = second.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector third = IntVector.zero(INTS);
      for (int j = 6; j < 7; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        third = third.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      IntVector fourth = IntVector.zero(INTS);
      for (int j = 7; j < 10; j++) {
        IntVector distance =
            from.sub(IntVector.fromArray(INTS, b, atB + ChartBlock.WIDTH * j)).abs();
        if (!WIDE) {
          distance = distance.min(distance.neg().add(MicroDegrees.CIRCLE));
        }
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        fourth = fourth.add(k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier)));
      }
      lows =
          lows.add(first.mul(weight + weights[0]))
              .add(second.mul(weight + weights[4]))
              .add(third.mul(weight + weights[6]))
              .add(fourth.mul(weight + weights[7]));
      highs =
          ((FloatVector) first.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, weight + weights[0]), highs);
      highs =
          ((FloatVector) second.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, weight + weights[4]), highs);
      highs =
          ((FloatVector) third.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, weight + weights[6]), highs);
      highs =
          ((FloatVector) fourth.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.broadcast(FLOATS, weight + weights[7]), highs);
    }
    IntVector top =
        highs.fma(1f / (1 << COARSE), SIGNED_TO_LOWEST_BITS).reinterpretAsInts().sub(SIGNED_BITS);
    IntVector rest = lows.sub(top.lanewise(VectorOperators.LSHL, COARSE));
    top.lanewise(VectorOperators.LSHL, COARSE - SPLIT)
        .add(rest.lanewise(VectorOperators.ASHR, SPLIT))
        .intoArray(high, lane);
    lows.intoArray(low, lane);
  }

  @Override
  long scoreOf(int[] a, int lineA, int[] b, int lineB) {
    if (!plan.sums || !WIDE) {
      return tables.scoreOf(a, lineA, b, lineB);
    }
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector multiplier = IntVector.fromArray(INTS, plan.multiplier, 0);
    IntVector from = IntVector.fromArray(INTS, a, lineA).abs();
    IntVector to = IntVector.fromArray(INTS, b, lineB);
    IntVector lows = IntVector.zero(INTS);
    FloatVector highs = FloatVector.zero(FLOATS);
    for (int at = 0; at < rowSlots.length; at += LANES) {
      IntVector distance =
          IntVector.fromArray(INTS, rowSlots, at)
              .selectFrom(from)
              .sub(IntVector.fromArray(INTS, columnSlots, at).selectFrom(to))
              .abs();
      IntVector k =
          ((FloatVector) distance.convert(VectorOperators.I2F, 0))
              .fma(PER_STEP, TO_LOWEST_BITS)
              .reinterpretAsInts()
              .and(LAST);
      IntVector orb = distance.sub(k.selectFrom(center)).abs();
      IntVector cell = k.selectFrom(maxOrb).sub(orb).max(0).mul(k.selectFrom(multiplier));
      lows = lows.add(cell.mul(IntVector.fromArray(INTS, cellWeights, at)));
      highs =
          ((FloatVector) cell.convert(VectorOperators.I2F, 0))
              .fma(FloatVector.fromArray(FLOATS, cellWeightsAsFloats, at), highs);
    }
    int low = lows.reduceLanes(VectorOperators.ADD);
    int top = (int) (highs.reduceLanes(VectorOperators.ADD) / (1 << SPLIT));
    return ((long) top << SPLIT) + (low - (top << SPLIT));
  }

  @Override
  void fillDense(int[] a, int[] b, int from, int pairs, int[] cells) {
    if (!WIDE) {
      tables.fillDense(a, b, from, pairs, cells);
      return;
    }
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    int side = bodies.cells();
    for (int pair = 0; pair < pairs; pair++) {
      IntVector first = IntVector.fromArray(INTS, a, (from + pair) * Body.COUNT).abs();
      IntVector second = IntVector.fromArray(INTS, b, (from + pair) * Body.COUNT);
      for (int at = 0; at < rowSlots.length; at += LANES) {
        IntVector distance =
            IntVector.fromArray(INTS, rowSlots, at)
                .selectFrom(first)
                .sub(IntVector.fromArray(INTS, columnSlots, at).selectFrom(second))
                .abs();
        IntVector k =
            ((FloatVector) distance.convert(VectorOperators.I2F, 0))
                .fma(PER_STEP, TO_LOWEST_BITS)
                .reinterpretAsInts()
                .and(LAST);
        IntVector orb = distance.sub(k.selectFrom(center)).abs();
        IntVector beyond =
            k.selectFrom(maxOrb).sub(orb).lanewise(VectorOperators.ASHR, Integer.SIZE - 1);
        orb.or(k.selectFrom(code)).and(beyond.not()).intoArray(cells, pair * side + at);
      }
    }
  }

  @Override
  void appendSets(int[] a, int i, int step, int[] b, int j, int pairs, PackedSets into) {
    if (!WIDE || !COMPRESSES) {
      tables.appendSets(a, i, step, b, j, pairs, into);
      return;
    }
    try {
      press(a, i, step, b, j, pairs, into);
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
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int words = bodies.words();
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
        long lanes = holds.toLong() & exist[at / LANES];
        ((IntVector) COMPRESS.invokeExact(orb.or(k.selectFrom(code)), holds)).intoArray(hits, next);
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
      ends[into.size() + pair + 1] = next;
    }
  }

  @Override
  void appendTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into) {
    if (!WIDE || !COMPRESSES) {
      tables.appendTouched(a, b, movedA, movedB, from, pairs, into);
      return;
    }
    try {
      pressTouched(a, b, movedA, movedB, from, pairs, into);
    } catch (Throwable thrown) {
      throw unexpected(thrown);
    }
  }

  /**
   * Whole rows where only bodies of A moved, one column where one of B did; other mixtures cell by
   * cell.
   */
  private void pressTouched(
      int[] a, int[] b, char[] movedA, char[] movedB, int from, int pairs, PackedSets into)
      throws Throwable {
    IntVector center = IntVector.fromArray(INTS, plan.center, 0);
    IntVector maxOrb = IntVector.fromArray(INTS, plan.maxOrb, 0);
    IntVector code = IntVector.fromArray(INTS, plan.code, 0);
    IntVector slots = IntVector.fromArray(INTS, bodySlots, 0);
    int mask = policy().bodyMask();
    int side = bodies.count();
    long all = (1L << side) - 1;
    int words = bodies.words();
    int[] hits = into.hitArray();
    int[] ends = into.endArray();
    long[] bits = into.bitArray();
    int next = into.hits();
    for (int pair = 0; pair < pairs; pair++) {
      int at = from + pair;
      int word = (into.size() + pair) * words;
      int rows = movedA[at] & mask;
      int columns = movedB[at] & mask;
      boolean oneColumn = rows == 0 && (columns & columns - 1) == 0;
      if (columns != 0 && !oneColumn) {
        next =
            tables.append(
                a,
                at * Body.COUNT,
                b,
                at * Body.COUNT,
                rows,
                columns,
                into,
                into.size() + pair,
                next);
        continue;
      }
      for (int clear = 0; clear < words; clear++) {
        bits[word + clear] = 0;
      }
      int[] others = oneColumn ? a : b;
      int[] own = oneColumn ? b : a;
      IntVector other = slots.selectFrom(IntVector.fromArray(INTS, others, at * Body.COUNT));
      for (int rest = rows | columns; rest != 0; rest &= rest - 1) {
        int slot = Integer.numberOfTrailingZeros(rest);
        IntVector distance = other.sub(Math.abs(own[at * Body.COUNT + slot])).abs();
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
          int entry = bodies.index(slot) * 64;
          for (int w = 0; w < words; w++) {
            int table = (entry * words) + w * 64;
            bits[word + w] =
                columnBits[table + (int) (lanes & 15)]
                    | columnBits[table + 16 + (int) (lanes >> 4 & 15)]
                    | columnBits[table + 32 + (int) (lanes >> 8 & 15)]
                    | columnBits[table + 48 + (int) (lanes >> 12)];
          }
        } else {
          int bit = bodies.index(slot) * side;
          bits[word + (bit >> 6)] |= lanes << bit;
          if ((bit & 63) + side > Long.SIZE) {
            bits[word + (bit >> 6) + 1] |= lanes >>> -bit;
          }
        }
      }
      ends[into.size() + pair + 1] = next;
    }
  }

  /** [column][word][quarter of the rows][which of its four rows] → bits. */
  private long[] columnBits() {
    int words = bodies.words();
    long[] table = new long[bodies.count() * words * 64];
    for (int column = 0; column < bodies.count(); column++) {
      for (int entry = 0; entry < 64; entry++) {
        for (int row = entry / 16 * 4; row < entry / 16 * 4 + 4 && row < bodies.count(); row++) {
          int cell = row * bodies.count() + column;
          if ((entry >> row % 4 & 1) != 0) {
            table[(column * words + cell / Long.SIZE) * 64 + entry] |= 1L << cell;
          }
        }
      }
    }
    return table;
  }

  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime ? runtime : new IllegalStateException(thrown);
  }

  /**
   * What presses the lanes of a mask together; where the API has none, something that is never
   * called.
   */
  private static MethodHandle compress() {
    try {
      return COMPRESSES
          ? MethodHandles.publicLookup().findVirtual(IntVector.class, "compress", COMPRESS_TYPE)
          : MethodHandles.empty(COMPRESS_TYPE.insertParameterTypes(0, IntVector.class));
    } catch (ReflectiveOperationException refused) {
      throw new LinkageError("IntVector.compress is not what it was", refused);
    }
  }
}
