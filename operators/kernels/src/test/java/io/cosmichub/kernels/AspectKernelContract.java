package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every kernel must pass. The test of a kernel extends this class and says how to open one;
 * expected values come from the scalar rule as it is written down here, not from any kernel.
 */
public abstract class AspectKernelContract {

  static final int DEGREE = 1_000_000;
  static final int ALL = (1 << Body.COUNT) - 1;
  static final long SEED = 20_260_101;

  /** A kernel for {@code policy}; the contract closes it. */
  protected abstract AspectKernel open(AspectPolicy policy);

  /** The policies that the contract tries, the awkward ones included. */
  static Stream<AspectPolicy> policies() {
    return Stream.of(
        AspectPolicy.classic(),
        fineAngles(Body.COUNT),
        overlapping(),
        asManyAsFit(),
        oneBody(),
        widest(),
        classicOf(13),
        classicOfSixteen());
  }

  @Test
  void saysItsPolicyAndAName() {
    try (AspectKernel kernel = open(AspectPolicy.classic())) {
      assertThat(kernel.policy()).isSameAs(AspectPolicy.classic());
      assertThat(kernel.name()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void chartsOfAnyNumberOfBodies(AspectPolicy policy) {
    Random random = new Random(SEED);
    try (AspectKernel kernel = open(policy)) {
      for (int bodiesOfA : new int[] {0, 1, 2, 3, 5, 7, 10, 11, 13, 15, 16}) {
        for (int bodiesOfB : new int[] {0, 1, 2, 3, 5, 7, 10, 11, 13, 15, 16}) {
          Longitudes a = firstBodies(bodiesOfA, random);
          Longitudes b = firstBodies(bodiesOfB, random);
          check(kernel, a, b, ALL, ALL);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void separationsOfQuarterDegrees(AspectPolicy policy) {
    int quarter = DEGREE / 4;
    try (AspectKernel kernel = open(policy)) {
      for (int start = 0; start < MicroDegrees.CIRCLE; start += MicroDegrees.CIRCLE / 8) {
        for (int step = 0; step < 1440; step += bodiesInARow(policy)) {
          Longitudes a = spread(start, quarter);
          Longitudes b =
              spread(Math.floorMod((long) start + (long) step * quarter, MicroDegrees.CIRCLE), 0);
          check(kernel, a, b, ALL, ALL);
        }
      }
    }
  }

  /**
   * How many bodies of a policy follow its first one in neighbouring slots, that one among them:
   * where each stands a step further than the one before, so many steps are tried at once.
   */
  static int bodiesInARow(AspectPolicy policy) {
    int mask = policy.bodyMask() >>> Integer.numberOfTrailingZeros(policy.bodyMask());
    return Integer.numberOfTrailingZeros(~mask);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void oneMicroDegreeInsideAtAndBeyondEveryOrb(AspectPolicy policy) {
    try (AspectKernel kernel = open(policy)) {
      for (Aspect aspect : policy.aspects()) {
        for (int edge :
            new int[] {aspect.angle() - aspect.maxOrb(), aspect.angle() + aspect.maxOrb()}) {
          checkAround(kernel, edge);
        }
      }
    }
  }

  @Test
  void anAspectHoldsAtItsOrbAndNotOneMicroDegreePastIt() {
    try (AspectKernel kernel = open(AspectPolicy.classic())) {
      Longitudes sunAtZero = only(Body.SUN, 0);
      Longitudes atTheOrb = only(Body.MOON, 128 * DEGREE);
      Longitudes pastIt = only(Body.MOON, 128 * DEGREE + 1);

      AspectSet held = kernel.touched(sunAtZero, atTheOrb, ALL, ALL).join();
      assertThat(held.size()).isEqualTo(1);
      int hit = held.hit(Body.SUN.slot(), Body.MOON.slot());
      assertThat(AspectPolicy.classic().aspect(Hit.code(hit)).id()).isEqualTo("trine");
      assertThat(Hit.orb(hit)).isEqualTo(8 * DEGREE);
      assertThat(kernel.touched(sunAtZero, pastIt, ALL, ALL).join()).isEqualTo(AspectSet.EMPTY);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void halfwayBetweenMultiplesOfThirtyDegrees(AspectPolicy policy) {
    try (AspectKernel kernel = open(policy)) {
      for (int halfway = 15; halfway < 360; halfway += 30) {
        checkAround(kernel, halfway * DEGREE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void acrossTheSeam(AspectPolicy policy) {
    try (AspectKernel kernel = open(policy)) {
      int last = MicroDegrees.CIRCLE - 1;
      int[] around = {
        0, 1, last, last - 1, MicroDegrees.HALF, MicroDegrees.HALF - 1, MicroDegrees.HALF + 1
      };
      for (int a : around) {
        for (int b : around) {
          check(kernel, spread(a, 0), spread(b, 0), ALL, ALL);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aMissingBodyHoldsNoAspect(AspectPolicy policy) {
    Random random = new Random(SEED + 1);
    try (AspectKernel kernel = open(policy)) {
      for (int missing = 0; missing < Body.COUNT; missing++) {
        Longitudes whole = firstBodies(Body.COUNT, random);
        Longitudes lacking = whole.with(missing, MicroDegrees.ABSENT);
        AspectSet asRow = check(kernel, lacking, whole, ALL, ALL);
        assertThat(asRow.rowMask(missing)).isZero();
        AspectSet asColumn = check(kernel, whole, lacking, ALL, ALL);
        for (int row = 0; row < Body.COUNT; row++) {
          assertThat(asColumn.hit(row, missing)).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void onlyTouchedCellsAreInTheResult(AspectPolicy policy) {
    Random random = new Random(SEED + 2);
    try (AspectKernel kernel = open(policy)) {
      Longitudes a = firstBodies(Body.COUNT, random);
      Longitudes b = spread(a.at(0), 0);
      for (int slot = 0; slot < Body.COUNT; slot++) {
        check(kernel, a, b, 1 << slot, 0);
        check(kernel, a, b, 0, 1 << slot);
        check(kernel, a, b, 1 << slot, 1 << slot);
        check(kernel, a, b, ALL & ~(1 << slot), 0);
      }
      assertThat(kernel.touched(a, b, 0, 0).join()).isEqualTo(AspectSet.EMPTY);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void movingBodiesOneByOneEndsWhereAWholeComputationDoes(AspectPolicy policy) {
    Random random = new Random(SEED + 3);
    try (AspectKernel kernel = open(policy)) {
      Longitudes a = randomChart(random);
      Longitudes b = randomChart(random);
      AspectSet kept = kernel.touched(a, b, ALL, ALL).join();
      for (int move = 0; move < 200; move++) {
        int slot = random.nextInt(Body.COUNT);
        boolean ofA = random.nextBoolean();
        int to = random.nextInt(8) == 0 ? MicroDegrees.ABSENT : random.nextInt(MicroDegrees.CIRCLE);
        a = ofA ? a.with(slot, to) : a;
        b = ofA ? b : b.with(slot, to);
        int movedA = ofA ? 1 << slot : 0;
        int movedB = ofA ? 0 : 1 << slot;
        kept = kept.replaceCells(movedA, movedB, kernel.touched(a, b, movedA, movedB).join());
        assertThat(kept).isEqualTo(expected(policy, a, b, ALL, ALL));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void randomChartsAndMasks(AspectPolicy policy) {
    Random random = new Random(SEED + 4);
    try (AspectKernel kernel = open(policy)) {
      for (int i = 0; i < 2_000; i++) {
        check(
            kernel,
            randomChart(random),
            randomChart(random),
            random.nextInt(ALL + 1),
            random.nextInt(ALL + 1));
      }
    }
  }

  @Test
  void manyPairsInFlightFromSeveralThreads() throws Exception {
    AspectPolicy policy = AspectPolicy.classic();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (AspectKernel kernel = open(policy)) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < 4; caller++) {
        long seed = SEED + 10 + caller;
        callers.add(threads.submit(() -> checkInFlight(kernel, new Random(seed))));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    AspectKernel kernel = open(AspectPolicy.classic());
    kernel.close();
    kernel.close();
    assertThat(kernel.name()).isNotBlank();
  }

  private static void checkInFlight(AspectKernel kernel, Random random) {
    List<AspectSet> wanted = new ArrayList<>();
    List<CompletableFuture<AspectSet>> inFlight = new ArrayList<>();
    for (int i = 0; i < 1_009; i++) {
      Longitudes a = randomChart(random);
      Longitudes b = randomChart(random);
      wanted.add(expected(kernel.policy(), a, b, ALL, ALL));
      inFlight.add(kernel.touched(a, b, ALL, ALL));
    }
    assertThat(inFlight.stream().map(CompletableFuture::join)).containsExactlyElementsOf(wanted);
  }

  /**
   * Separations of {@code separation} and one micro-degree to either side, with A at several places
   * of the circle.
   */
  private static void checkAround(AspectKernel kernel, int separation) {
    for (int nudge = -1; nudge <= 1; nudge++) {
      for (int at : new int[] {0, 1, 89_579_059, MicroDegrees.HALF, MicroDegrees.CIRCLE - 1}) {
        int forward = Math.floorMod((long) at + separation + nudge, MicroDegrees.CIRCLE);
        int backward = Math.floorMod((long) at - separation - nudge, MicroDegrees.CIRCLE);
        check(kernel, spread(at, 0), spread(forward, 0), ALL, ALL);
        check(kernel, spread(at, 0), spread(backward, 0), ALL, ALL);
      }
    }
  }

  private static AspectSet check(
      AspectKernel kernel, Longitudes a, Longitudes b, int movedA, int movedB) {
    AspectSet touched = kernel.touched(a, b, movedA, movedB).join();
    assertThat(touched).isEqualTo(expected(kernel.policy(), a, b, movedA, movedB));
    return touched;
  }

  /**
   * The scalar rule, written down once more: smallest orb, then smaller angle, among the aspects
   * whose orb is kept.
   */
  static AspectSet expected(
      AspectPolicy policy, Longitudes a, Longitudes b, int movedA, int movedB) {
    AspectSet.Builder cells = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int column = 0; column < Body.COUNT; column++) {
        boolean touched = (movedA >> row & 1) == 1 || (movedB >> column & 1) == 1;
        boolean takesPart =
            (policy.bodyMask() >> row & 1) == 1 && (policy.bodyMask() >> column & 1) == 1;
        if (touched && takesPart && a.has(row) && b.has(column)) {
          int arc = Math.abs(a.at(row) - b.at(column));
          int hit = expectedHit(policy, Math.min(arc, 360 * DEGREE - arc));
          if (hit != 0) {
            cells.put(row, column, hit);
          }
        }
      }
    }
    return cells.build();
  }

  static int expectedHit(AspectPolicy policy, int separation) {
    Aspect best = null;
    int bestOrb = 0;
    for (Aspect aspect : policy.aspects()) {
      int orb = Math.abs(separation - aspect.angle());
      boolean better =
          best == null || orb < bestOrb || (orb == bestOrb && aspect.angle() < best.angle());
      if (orb <= aspect.maxOrb() && better) {
        best = aspect;
        bestOrb = orb;
      }
    }
    return best == null ? 0 : Hit.of(best.code(), bestOrb);
  }

  private static Longitudes only(Body body, int longitude) {
    return Longitudes.NONE.with(body.slot(), longitude);
  }

  /** All sixteen bodies, each {@code step} further than the one before. */
  static Longitudes spread(int start, int step) {
    int[] values = new int[Body.COUNT];
    Arrays.setAll(
        values, slot -> Math.floorMod((long) start + (long) slot * step, MicroDegrees.CIRCLE));
    return Longitudes.of(values);
  }

  static Longitudes firstBodies(int count, Random random) {
    int[] values = new int[Body.COUNT];
    Arrays.setAll(
        values, slot -> slot < count ? random.nextInt(MicroDegrees.CIRCLE) : MicroDegrees.ABSENT);
    return Longitudes.of(values);
  }

  static Longitudes randomChart(Random random) {
    int[] values = new int[Body.COUNT];
    Arrays.setAll(
        values,
        slot ->
            random.nextInt(10) == 0 ? MicroDegrees.ABSENT : random.nextInt(MicroDegrees.CIRCLE));
    return Longitudes.of(values);
  }

  static AspectPolicy fineAngles(int bodies) {
    return policy(
        "fine angles",
        (1 << bodies) - 1,
        aspect(1, 0, 10 * DEGREE),
        aspect(2, 45 * DEGREE, 2 * DEGREE),
        aspect(3, 72 * DEGREE, 1_500_000),
        aspect(4, 135 * DEGREE, 2 * DEGREE),
        aspect(5, 51_428_571, 1),
        aspect(6, MicroDegrees.HALF, 10 * DEGREE));
  }

  static AspectPolicy overlapping() {
    return policy(
        "overlapping",
        ALL,
        aspect(7, 60 * DEGREE, 20 * DEGREE),
        aspect(3, 50 * DEGREE, 30 * DEGREE),
        aspect(31, 70 * DEGREE, 15 * DEGREE));
  }

  static AspectPolicy asManyAsFit() {
    return policy(
        "as many as fit",
        ALL,
        IntStream.rangeClosed(1, AspectPolicy.MAX_ASPECTS)
            .mapToObj(code -> aspect(code, code * 5 * DEGREE, 3 * DEGREE))
            .toArray(Aspect[]::new));
  }

  /** The classic aspects over sixteen bodies of many weights, one below zero and one of none. */
  static AspectPolicy classicOfSixteen() {
    return classicOf(Body.COUNT);
  }

  /** The same over the first bodies: where there are 13, some rows lie across two words. */
  static AspectPolicy classicOf(int bodies) {
    double[] weights = {3, 2.5, 2, 3, 1.5, 2, 1.5, 1, 1, 1, 0.5, 0, -1, 4, 3.5, 12};
    return AspectPolicy.of(
        "classic of " + bodies, AspectPolicy.classic().aspects(), (1 << bodies) - 1, weights);
  }

  static AspectPolicy oneBody() {
    return policy(
        "one body",
        1 << Body.VERTEX.slot(),
        aspect(1, 0, 5 * DEGREE),
        aspect(2, 90 * DEGREE, 5 * DEGREE));
  }

  static AspectPolicy widest() {
    return policy(
        "widest", ALL, aspect(1, 0, 90 * DEGREE), aspect(31, MicroDegrees.HALF, 90 * DEGREE));
  }

  static Aspect aspect(int code, int angle, int maxOrb) {
    return new Aspect(code, "aspect_" + code, angle, maxOrb, Nature.NEUTRAL, 1.0);
  }

  static AspectPolicy policy(String id, int bodyMask, Aspect... aspects) {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1.0);
    return AspectPolicy.of(id, List.of(aspects), bodyMask, weights);
  }
}
