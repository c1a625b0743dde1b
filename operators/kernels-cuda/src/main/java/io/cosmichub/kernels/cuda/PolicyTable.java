package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.WholeScore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A policy laid out as the device code's {@code struct Policy}. */
final class PolicyTable {

  private static final int ASPECTS = AspectPolicy.MAX_ASPECTS + 1;
  private static final int STEPS = 16;

  static final int MULTIPLIER = 0;
  static final int WEIGHT = MULTIPLIER + Long.BYTES * ASPECTS;
  static final int HALF = WEIGHT + Long.BYTES * Body.COUNT;
  static final int WIDTH = HALF + Long.BYTES;
  static final int PER_WIDTH = WIDTH + Long.BYTES;
  static final int COUNT_OF_ASPECTS = PER_WIDTH + Double.BYTES;
  static final int COUNT_OF_BODIES = COUNT_OF_ASPECTS + Integer.BYTES;
  static final int ANGLE = COUNT_OF_BODIES + Integer.BYTES;
  static final int MAX_ORB = ANGLE + Integer.BYTES * ASPECTS;
  static final int CODE = MAX_ORB + Integer.BYTES * ASPECTS;
  static final int SLOT = CODE + Integer.BYTES * ASPECTS;
  static final int PAIR_WEIGHT = SLOT + Integer.BYTES * Body.COUNT;
  static final int STEP_ORB = PAIR_WEIGHT + Integer.BYTES * Body.COUNT * Body.COUNT;
  static final int STEP_MULTIPLIER = STEP_ORB + Integer.BYTES * STEPS;
  static final int BYTES = STEP_MULTIPLIER + Integer.BYTES * STEPS;

  private static final int STEP = 30_000_000;
  private static final int MULTIPLES = 12;

  /** Nearest to a multiple of 30°, whatever a float makes of the multiple close to half-way. */
  private static final int WIDEST_STEP_ORB = 14_900_000;

  private static final int TEN = 10;

  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.nativeOrder());
  private final Device.Entry rank;
  private final int bodies;

  PolicyTable(AspectPolicy policy, WholeScore whole) {
    int[] slots =
        IntStream.range(0, Body.COUNT)
            .filter(slot -> (policy.bodyMask() >> slot & 1) != 0)
            .toArray();
    bodies = slots.length;
    long half = (long) bodies * bodies * BatchKernel.SCORE_SCALE;
    long width = 2 * half / Ranking.BINS;
    bytes.putLong(HALF, half).putLong(WIDTH, width).putDouble(PER_WIDTH, 1.0 / width);
    bytes.putInt(COUNT_OF_ASPECTS, policy.aspects().size()).putInt(COUNT_OF_BODIES, bodies);
    List<Aspect> aspects =
        policy.aspects().stream().sorted(Comparator.comparingInt(Aspect::angle)).toList();
    for (int i = 0; i < aspects.size(); i++) {
      Aspect aspect = aspects.get(i);
      bytes.putLong(MULTIPLIER + Long.BYTES * i, whole.multiplier(aspect.code()));
      bytes.putInt(ANGLE + Integer.BYTES * i, aspect.angle());
      bytes.putInt(MAX_ORB + Integer.BYTES * i, aspect.maxOrb());
      bytes.putInt(CODE + Integer.BYTES * i, Hit.of(aspect.code(), 0));
    }
    for (int i = 0; i < bodies; i++) {
      bytes.putLong(WEIGHT + Long.BYTES * i, whole.doubledWeight(slots[i]));
      bytes.putInt(SLOT + Integer.BYTES * i, slots[i]);
    }
    boolean steps = fitsSteps(aspects, slots, whole);
    if (steps) {
      putSteps(aspects, slots, whole);
    }
    rank =
        !steps
            ? Device.Entry.RANK_ANY
            : bodies <= TEN ? Device.Entry.RANK_TEN : Device.Entry.RANK_SIXTEEN;
  }

  /** The entry point that ranks under this policy: a fast one for multiples of 30°. */
  Device.Entry rank() {
    return rank;
  }

  int bodies() {
    return bodies;
  }

  /** Copies the structure to the start of {@code to}. */
  void copyTo(ByteBuffer to) {
    to.put(0, bytes, 0, BYTES);
  }

  /** Whether the fast form names every aspect rightly and its products fit into ints. */
  private static boolean fitsSteps(List<Aspect> aspects, int[] slots, WholeScore whole) {
    long heaviest =
        IntStream.of(slots).mapToLong(slot -> Math.abs(whole.doubledWeight(slot))).max().orElse(0);
    return whole.exists()
        && heaviest < 1 << Short.SIZE
        && aspects.stream()
            .allMatch(
                aspect ->
                    aspect.angle() % STEP == 0
                        && aspect.maxOrb() <= WIDEST_STEP_ORB
                        && Math.abs(whole.multiplier(aspect.code()))
                            <= Integer.MAX_VALUE / aspect.maxOrb());
  }

  private void putSteps(List<Aspect> aspects, int[] slots, WholeScore whole) {
    for (int k = 0; k < STEPS; k++) {
      bytes.putInt(STEP_ORB + Integer.BYTES * k, -1);
    }
    for (Aspect aspect : aspects) {
      int k = aspect.angle() / STEP;
      for (int entry : new int[] {k, MULTIPLES - k}) {
        bytes.putInt(STEP_ORB + Integer.BYTES * entry, aspect.maxOrb());
        bytes.putInt(
            STEP_MULTIPLIER + Integer.BYTES * entry, (int) whole.multiplier(aspect.code()));
      }
    }
    for (int i = 0; i < slots.length; i++) {
      for (int j = 0; j < slots.length; j++) {
        bytes.putInt(
            PAIR_WEIGHT + Integer.BYTES * (j * Body.COUNT + i),
            (int) (whole.doubledWeight(slots[i]) + whole.doubledWeight(slots[j])));
      }
    }
  }
}
