package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls that take many chunks, on both streams, with the threads of a block in either order: their
 * results are those of the reference.
 */
@Tag("host-compiled")
@ExtendWith(NeedsCompiler.class)
final class ChunksTest {

  private static final KernelSettings SMALL = new KernelSettings(1, 1 << 20);
  private static final int PAIRS = 911;

  private final HostSessions sessions = new HostSessions();
  private final Random random = new Random(20_260_401);

  static Stream<AspectPolicy> policies() {
    return Stream.of(AspectPolicy.classic(), sixteen(), otherAngles());
  }

  static Stream<Arguments> policiesAndOrders() {
    return policies()
        .flatMap(policy -> Stream.of(Arguments.of(policy, false), Arguments.of(policy, true)));
  }

  @ParameterizedTest
  @MethodSource("policiesAndOrders")
  void setsAndScoresOfManyChunks(AspectPolicy policy, boolean backwards) {
    ChartBlock a = charts(PAIRS);
    ChartBlock b = charts(PAIRS);
    char[] movedA = masks();
    char[] movedB = masks();
    BatchKernel reference = new ReferenceKernel(policy);
    try (BatchKernel kernel = sessions.open(policy, SMALL, backwards)) {
      PackedSets sets = new PackedSets(policy);
      PackedSets wanted = new PackedSets(policy);
      kernel.sets(a, b, 3, PAIRS, sets);
      reference.sets(a, b, 3, PAIRS, wanted);
      assertSame(sets, wanted);
      kernel.sets(a, 5, b, 3, PAIRS, sets);
      reference.sets(a, 5, b, 3, PAIRS, wanted);
      assertSame(sets, wanted);
      kernel.touched(a, b, movedA, movedB, 3, PAIRS, sets);
      reference.touched(a, b, movedA, movedB, 3, PAIRS, wanted);
      assertSame(sets, wanted);

      DenseSets dense = new DenseSets(policy);
      kernel.dense(a, b, 0, PAIRS, dense);
      reference.sets(a, b, 0, PAIRS, wanted);
      assertThat(IntStream.range(0, PAIRS).mapToObj(dense::set))
          .containsExactlyElementsOf(IntStream.range(0, PAIRS).mapToObj(wanted::set).toList());

      long[] scores = new long[PAIRS];
      long[] wantedScores = new long[PAIRS];
      kernel.scores(a, b, 0, PAIRS, scores);
      reference.scores(a, b, 0, PAIRS, wantedScores);
      assertThat(scores).isEqualTo(wantedScores);
      kernel.scores(a, 7, b, 0, PAIRS, scores);
      reference.scores(a, 7, b, 0, PAIRS, wantedScores);
      assertThat(scores).isEqualTo(wantedScores);
    }
  }

  @Test
  void callsOfOnePairMoreOrLessThanTheirChunks() {
    AspectPolicy policy = AspectPolicy.classic();
    BatchKernel reference = new ReferenceKernel(policy);
    ChartBlock a = charts(PAIRS);
    ChartBlock b = charts(PAIRS);
    PackedSets sets = new PackedSets(policy);
    PackedSets wanted = new PackedSets(policy);
    try (BatchKernel kernel = sessions.open(policy, SMALL)) {
      for (int chunks = Device.THREADS; chunks < PAIRS; chunks += Device.THREADS) {
        for (int pairs = chunks - 1; pairs <= chunks + 1; pairs++) {
          kernel.sets(a, b, 0, pairs, sets);
          reference.sets(a, b, 0, pairs, wanted);
          assertSame(sets, wanted);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void rankingsOfManyChunksAndSplits(AspectPolicy policy) {
    ChartBlock charts = charts(911);
    // The best 3 of the reference are the first 3 of its best 90.
    Ranking wanted =
        new ReferenceKernel(policy).rank(charts, 90, (done, of) -> assertThat(of).isPositive());
    for (boolean backwards : new boolean[] {false, true}) {
      try (BatchKernel kernel = sessions.open(policy, SMALL, backwards)) {
        // Many partners: chunks of rows and one split; few: one chunk and many splits.
        for (int best : new int[] {90, 3}) {
          List<Long> told = new ArrayList<>();
          assertSame(kernel.rank(charts, best, (done, of) -> told.add(done)), wanted, best);
          assertThat(told).isSorted().endsWith(911L * 910 / 2);
          assertThat(told).hasSize(best == 90 ? 8 : 1);
        }
      }
    }
  }

  @AfterEach
  void nothingIsLeft() {
    sessions.assertNothingLeft();
  }

  private static void assertSame(PackedSets sets, PackedSets wanted) {
    assertThat(IntStream.range(0, sets.size()).mapToObj(sets::set))
        .containsExactlyElementsOf(
            IntStream.range(0, wanted.size()).mapToObj(wanted::set).toList());
  }

  private static void assertSame(Ranking ranking, Ranking wanted, int best) {
    for (int chart = 0; chart < wanted.size(); chart++) {
      assertThat(ranking.partners(chart)).isEqualTo(best);
      for (int place = 0; place < best; place++) {
        assertThat(ranking.partner(chart, place)).isEqualTo(wanted.partner(chart, place));
        assertThat(ranking.score(chart, place)).isEqualTo(wanted.score(chart, place));
      }
    }
    for (int bin = 0; bin < Ranking.BINS; bin++) {
      assertThat(ranking.histogram(bin)).isEqualTo(wanted.histogram(bin));
    }
  }

  private ChartBlock charts(int count) {
    return ChartBlock.of(IntStream.range(0, count).mapToObj(i -> chart()).toList());
  }

  /** Whole degrees, so that many scores are equal; one body in eight is missing. */
  private Longitudes chart() {
    int[] slots = new int[Body.COUNT];
    Arrays.setAll(
        slots,
        slot -> random.nextInt(8) == 0 ? MicroDegrees.ABSENT : random.nextInt(360) * 1_000_000);
    return Longitudes.of(slots);
  }

  private char[] masks() {
    char[] masks = new char[PAIRS];
    for (int pair = 0; pair < PAIRS; pair++) {
      masks[pair] = (char) (1 << random.nextInt(Body.COUNT) & random.nextInt(Body.ALL_MASK + 1));
    }
    return masks;
  }

  private static AspectPolicy sixteen() {
    return AspectPolicy.of("sixteen", AspectPolicy.classic().aspects(), Body.ALL_MASK, weights());
  }

  private static AspectPolicy otherAngles() {
    return AspectPolicy.of(
        "other angles",
        List.of(
            new Aspect(4, "conjunction", 0, 8_000_000, Nature.NEUTRAL, 3),
            new Aspect(2, "semi_square", 45_000_000, 10_000_000, Nature.CHALLENGING, -2),
            new Aspect(9, "sextile", 60_000_000, 10_000_000, Nature.HARMONIOUS, 2)),
        0x3FF,
        weights());
  }

  private static double[] weights() {
    double[] weights = new double[Body.COUNT];
    Arrays.setAll(weights, slot -> (slot - 2) / 2.0);
    return weights;
  }
}
