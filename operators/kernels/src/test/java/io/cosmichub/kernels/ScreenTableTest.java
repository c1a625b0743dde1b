package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A bound is never below the score, and never far above it. */
final class ScreenTableTest {

  private static final int CHARTS = 4_000;
  private static final int ROWS = 300;

  /** The steepest aspect of the classic policy is the semi-sextile. */
  private static final long STEEPEST = 60;

  static Stream<AspectPolicy> policies() {
    return Stream.of(AspectPolicy.classic(), sixteen(), AspectKernelContract.oneBody(), lowered());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPairReachesItsOwnScore(AspectPolicy policy) {
    Screened screened = new Screened(policy);
    for (int row = 0; row < ROWS; row++) {
      screened.row(row);
      assertThat(screened.reachAt(0)).isEqualTo(CHARTS);
    }
  }

  @Test
  void noPairReachesMoreThanAWindowAllows() {
    AspectPolicy policy = AspectPolicy.classic();
    long weights = 0;
    for (int slot = 0; slot < 10; slot++) {
      weights += 2 * 10 * Math.round(2 * policy.weight(slot));
    }
    long most = weights * STEEPEST * (ScreenPlan.WIDTH * 5L / 4);
    long rounding = 11L << 21;
    Screened screened = new Screened(policy);
    long reached = 0;
    for (int row = 0; row < ROWS; row++) {
      screened.row(row);
      assertThat(screened.reachAt(most + rounding)).isZero();
      reached += screened.reachAt(most / 4);
    }
    assertThat(reached).isLessThan((long) ROWS * CHARTS / 100);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aScreenReachesEveryChartThatScoresEnoughAsItNowStands(AspectPolicy policy) {
    Screened screened = new Screened(policy);
    Screen screen = new Screen(policy).empty();
    for (int chart = 0; chart < CHARTS; chart++) {
      screen.take(screened.charts, chart);
    }
    Random random = new Random(AspectKernelContract.SEED + 41);
    int[] reached = new int[CHARTS];
    for (int row = 0; row < ROWS / 10; row++) {
      int moved = random.nextInt(CHARTS);
      screened.charts.set(moved, Screened.draw(random));
      screen.take(screened.charts, moved);
      screened.row(row);
      screen.against(screened.charts, row);
      long least = screened.scores[random.nextInt(CHARTS)];
      int from = random.nextInt(CHARTS);
      int count = screen.reach(from, CHARTS, least, reached);
      int[] enough =
          IntStream.range(from, CHARTS).filter(i -> screened.scores[i] >= least).toArray();
      assertThat(Arrays.copyOf(reached, count)).isSorted().contains(enough);
    }
  }

  @Test
  void whereThereAreNoBoundsAScreenReachesEveryChart() {
    Screen screen = new Screen(AspectKernelContract.overlapping());
    ChartBlock charts = ChartBlock.of(List.of(Longitudes.NONE, Longitudes.NONE, Longitudes.NONE));
    screen.take(charts, 2);
    screen.against(charts, 0);
    int[] reached = new int[2];
    assertThat(screen.reach(1, 3, Long.MAX_VALUE, reached)).isEqualTo(2);
    assertThat(reached).containsExactly(1, 2);
  }

  @Test
  void whereNothingIsProvenThereIsNoPlan() {
    assertThat(plan(AspectPolicy.classic()).exists()).isTrue();
    assertThat(plan(AspectKernelContract.overlapping()).exists()).isFalse();
    assertThat(plan(AspectKernelContract.classicOfSixteen()).exists()).isFalse();
    assertThat(plan(weighing(-0.5)).exists()).isFalse();
    assertThat(plan(weighing(1e5)).exists()).isFalse();
    assertThat(plan(weighing(1.0 / 3)).exists()).isFalse();
    assertThat(plan(weighing(1e300)).exists()).isFalse();
  }

  private static ScreenPlan plan(AspectPolicy policy) {
    return new ScreenPlan(policy, PolicyBodies.of(policy), new WholeScore(policy));
  }

  private static AspectPolicy weighing(double moon) {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    weights[Body.MOON.slot()] = moon;
    return AspectPolicy.of("weighing", AspectPolicy.classic().aspects(), 0x3FF, weights);
  }

  /** The classic aspects over sixteen bodies of many weights, one of none. */
  private static AspectPolicy sixteen() {
    double[] weights = {3, 2.5, 2, 3, 1.5, 2, 1.5, 1, 1, 1, 0.5, 0, 7, 4, 3.5, 12};
    return AspectPolicy.of(
        "sixteen", AspectPolicy.classic().aspects(), AspectKernelContract.ALL, weights);
  }

  /**
   * Two aspects that lower a score, with less between them than a window; and one turned at 180°.
   */
  private static AspectPolicy lowered() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 2);
    return AspectPolicy.of(
        "lowered",
        List.of(
            new Aspect(1, "one", 40_000_000, 5_000_000, Nature.CHALLENGING, -3),
            new Aspect(2, "two", 50_010_000, 5_000_000, Nature.CHALLENGING, -2),
            new Aspect(3, "turned", 176_000_000, 8_000_000, Nature.CHALLENGING, -4)),
        0x7FFF,
        weights);
  }

  /**
   * Charts on and beside every edge that bounds have, their scores with one of them, and a table.
   */
  private static final class Screened {
    private final ChartBlock charts = new ChartBlock(CHARTS);
    private final LoopKernel kernel;
    private final ScreenTable table;
    private final char[] entries;
    private final long[] scores = new long[CHARTS];
    private final int[] thresholds = new int[CHARTS];
    private final int[] reached = new int[CHARTS];

    Screened(AspectPolicy policy) {
      Random random = new Random(AspectKernelContract.SEED + 40);
      for (int chart = 0; chart < CHARTS; chart++) {
        charts.add(draw(random));
      }
      kernel = new LoopKernel(policy, KernelSettings.DEFAULT);
      PolicyBodies bodies = PolicyBodies.of(policy);
      ScreenPlan plan = plan(policy);
      assertThat(plan.exists()).isTrue();
      table = new ScreenTable(plan, bodies);
      entries = ScreenTable.entries(plan, bodies, charts);
    }

    void row(int row) {
      table.of(charts, row);
      kernel.scores(charts, row, charts, 0, CHARTS, scores);
    }

    /** How many charts may reach that much more than their score with the row's. */
    int reachAt(long more) {
      for (int chart = 0; chart < CHARTS; chart++) {
        thresholds[chart] = (int) Math.floorDiv(scores[chart] + more, 1024);
      }
      return table.reach(entries, 0, CHARTS, Integer.MAX_VALUE, thresholds, reached);
    }

    private static Longitudes draw(Random random) {
      int kind = random.nextInt(6);
      int[] slots = new int[Body.COUNT];
      for (int slot = 0; slot < slots.length; slot++) {
        slots[slot] =
            random.nextInt(8) == 0 && kind != 0 ? MicroDegrees.ABSENT : longitude(kind, random);
      }
      return Longitudes.of(slots);
    }

    private static int longitude(int kind, Random random) {
      int nudge = random.nextInt(3) - 1;
      long longitude =
          switch (kind) {
            case 1 -> random.nextInt(1_440) * 250_000L;
            case 2 -> random.nextInt(24) * 15_000_000L + nudge;
            case 3 -> random.nextInt(ScreenPlan.BINS) * ScreenPlan.WIDTH + nudge;
            case 4 -> random.nextInt(7_680) * (ScreenPlan.WIDTH / 4L) + nudge;
            case 5 -> nudge;
            default -> random.nextInt(MicroDegrees.CIRCLE);
          };
      return Math.floorMod(longitude, MicroDegrees.CIRCLE);
    }
  }
}
