package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rankings of so many charts that rows go once round the circle instead of cell by cell. */
final class LargeRankingsTest {

  private static final int MANY = 960;
  private static final int HALF = 800;
  private static final int CHARTS = 2 * HALF;
  private static final int BEST = 6;
  private static final KernelSettings TWO_THREADS = new KernelSettings(2, 64 << 20);
  private static final Random RANDOM = new Random(47);

  static Stream<AspectPolicy> policies() {
    return Stream.of(
        AspectPolicy.classic(),
        AspectKernelContract.classicOfSixteen(),
        AspectKernelContract.classicOf(13),
        AspectKernelContract.oneBody());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void ofChartsAtEveryEdge(AspectPolicy policy) {
    List<Integer> edges = BatchKernelContract.edges(policy);
    check(policy, BatchKernelContract.draw(MANY, i -> atEdges(edges)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void ofQuarterDegreesAndRandomCharts(AspectPolicy policy) {
    check(
        policy,
        BatchKernelContract.draw(
            MANY,
            i ->
                i % 2 == 0
                    ? AspectKernelContract.randomChart(RANDOM)
                    : AspectKernelContract.spread(quarters(), quarters())));
  }

  @Test
  void ofEqualChartsAndOfChartsWithoutBodies() {
    AspectPolicy policy = AspectPolicy.classic();
    Longitudes empty = AspectKernelContract.firstBodies(0, RANDOM);
    Longitudes seam = AspectKernelContract.spread(0, 0);
    check(policy, BatchKernelContract.draw(MANY, i -> seam));
    check(policy, BatchKernelContract.draw(MANY, i -> i % 9 == 0 ? empty : seam));
  }

  @Test
  void ofAnyRowsAndColumnsAndOfChartsThatChanged() {
    AspectPolicy policy = AspectPolicy.classic();
    ChartBlock charts =
        ChartBlock.of(
            BatchKernelContract.draw(CHARTS, i -> AspectKernelContract.randomChart(RANDOM)));
    try (BatchKernel kernel = Kernels.open("vector", policy, TWO_THREADS)) {
      for (int round = 0; round < 2; round++) {
        Ranking ranking = Ranking.empty(policy, CHARTS, BEST, 1 << 20);
        kernel.rank(charts, 0, HALF + 5, HALF, CHARTS, ranking);
        kernel.rank(charts, HALF + 5, CHARTS, 0, CHARTS, ranking);
        kernel.rank(charts, 3, CHARTS, 0, HALF, ranking);
        kernel.rank(charts, 0, 3, 0, HALF, ranking);
        assertEqual(ranking, new ReferenceKernel(policy).rank(charts, BEST, Progress.NONE));
        for (int chart = 0; chart < charts.size(); chart += 7) {
          charts.set(chart, AspectKernelContract.randomChart(RANDOM));
        }
      }
    }
  }

  private static void check(AspectPolicy policy, List<Longitudes> charts) {
    ChartBlock block = ChartBlock.of(charts);
    try (BatchKernel kernel = Kernels.open("vector", policy, TWO_THREADS)) {
      assertEqual(
          kernel.rank(block, BEST, Progress.NONE),
          new ReferenceKernel(policy).rank(block, BEST, Progress.NONE));
    }
  }

  private static void assertEqual(Ranking ranking, Ranking wanted) {
    for (int chart = 0; chart < wanted.size(); chart++) {
      assertThat(ranking.partners(chart)).isEqualTo(wanted.partners(chart));
      for (int place = 0; place < wanted.partners(chart); place++) {
        assertThat(ranking.partner(chart, place)).isEqualTo(wanted.partner(chart, place));
        assertThat(ranking.score(chart, place)).isEqualTo(wanted.score(chart, place));
      }
    }
    for (int bin = 0; bin < Ranking.BINS; bin++) {
      assertThat(ranking.histogram(bin)).as("bin %s", bin).isEqualTo(wanted.histogram(bin));
    }
  }

  /** Bodies an edge, or a micro-degree more or less, from 0° or the seam's other side. */
  private static Longitudes atEdges(List<Integer> edges) {
    int[] values = new int[Body.COUNT];
    Arrays.setAll(
        values,
        slot ->
            RANDOM.nextInt(12) == 0
                ? MicroDegrees.ABSENT
                : Math.floorMod(
                    (RANDOM.nextBoolean() ? 1 : -1) * edges.get(RANDOM.nextInt(edges.size()))
                        + RANDOM.nextInt(3)
                        - 1,
                    MicroDegrees.CIRCLE));
    return Longitudes.of(values);
  }

  private static int quarters() {
    return RANDOM.nextInt(1_440) * (MicroDegrees.CIRCLE / 1_440);
  }
}
