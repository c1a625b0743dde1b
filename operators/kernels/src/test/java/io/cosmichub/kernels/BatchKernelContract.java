package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every kernel must pass that computes many pairs in one call: every operation, bit for bit.
 */
@ExtendWith(WantedRankings.Shared.class)
public abstract class BatchKernelContract extends AspectKernelContract {

  private static final int[] SIZES = {0, 1, 2, 7, 13, 15, 16, 17, 31, 255, 256, 257, 509};

  @Override
  protected final BatchKernel open(AspectPolicy policy) {
    return open(policy, KernelSettings.DEFAULT);
  }

  /** A kernel for {@code policy}; the contract closes it. */
  protected abstract BatchKernel open(AspectPolicy policy, KernelSettings settings);

  /** Whether a call allocates nothing for a pair; a kernel that hands work to a device does. */
  protected boolean allocatesNothing() {
    return true;
  }

  /**
   * How many charts show that a kernel finds the best alone: enough for its bounds to pass over
   * pairs. A kernel that ranks all pairs for them needs few.
   */
  protected int chartsOfTheBest() {
    return 700;
  }

  /** A slow kernel is asked for so many times fewer random cells of policies but the classic. */
  protected int fewerOfOthers() {
    return 1;
  }

  /** Those policies that have a score in whole numbers. */
  static Stream<AspectPolicy> scoredPolicies() {
    return policies().filter(policy -> new RuleScorer(policy).isExact());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void batchesOfAwkwardSizes(AspectPolicy policy) {
    Random random = new Random(SEED + 20);
    try (BatchKernel kernel = open(policy)) {
      Batch batch = new Batch(kernel);
      for (int size : SIZES) {
        batch.start();
        for (int pair = 0; pair < size; pair++) {
          batch.add(randomChart(random), randomChart(random));
        }
        batch.check(random);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void batchesAtEveryEdge(AspectPolicy policy) {
    Random random = new Random(SEED + 21);
    try (BatchKernel kernel = open(policy)) {
      Batch batch = new Batch(kernel);
      batch.start();
      for (int separation : edges(policy)) {
        for (int nudge = -1; nudge <= 1; nudge++) {
          int at = random.nextInt(4) == 0 ? 0 : random.nextInt(MicroDegrees.CIRCLE);
          int to = Math.floorMod((long) at + separation + nudge, MicroDegrees.CIRCLE);
          batch.add(spread(at, 0), spread(to, 0));
          batch.add(spread(to, 0), spread(at, 0));
        }
      }
      batch.check(random);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void batchesOfQuarterDegrees(AspectPolicy policy) {
    Random random = new Random(SEED + 22);
    int quarter = DEGREE / 4;
    try (BatchKernel kernel = open(policy)) {
      Batch batch = new Batch(kernel);
      batch.start();
      for (int step = 0; step < 1440; step += bodiesInARow(policy)) {
        int start = random.nextInt(1440) * quarter;
        int other = Math.floorMod((long) start + (long) step * quarter, MicroDegrees.CIRCLE);
        batch.add(spread(start, quarter), spread(other, 0));
        batch.add(spread(other, 0), spread(start, quarter));
      }
      batch.check(random);
    }
  }

  /** Twenty million cells between ten bodies, as many between sixteen, as many of other aspects. */
  static Stream<Arguments> millions() {
    return Stream.of(
        Arguments.of(AspectPolicy.classic(), 20_000_000),
        Arguments.of(classicOfSixteen(), 20_000_000),
        Arguments.of(classicOf(13), 3_000_000),
        Arguments.of(fineAngles(10), 6_000_000),
        Arguments.of(fineAngles(Body.COUNT), 5_000_000),
        Arguments.of(overlapping(), 5_000_000),
        Arguments.of(widest(), 3_000_000),
        Arguments.of(asManyAsFit(), 1_000_000));
  }

  @ParameterizedTest
  @MethodSource("millions")
  void millionsOfRandomCells(AspectPolicy policy, int most) {
    Random random = new Random(SEED + 23);
    int bodies = Integer.bitCount(policy.bodyMask());
    int cells = policy == AspectPolicy.classic() ? most : most / fewerOfOthers();
    try (BatchKernel kernel = open(policy)) {
      Twins twins = new Twins(kernel, Twins.SIZE);
      for (int done = 0; done < cells; done += Twins.SIZE * bodies * bodies) {
        twins.draw(bodies, random);
        check(twins, random);
      }
    }
  }

  /** Compares every operation; the reference itself is compared with the rule. */
  void check(Twins twins, Random random) {
    twins.check(0, Twins.SIZE, random);
  }

  @ParameterizedTest
  @MethodSource("scoredPolicies")
  void rankingsOfAwkwardSizes(AspectPolicy policy) {
    Random random = new Random(SEED + 24);
    try (BatchKernel kernel = open(policy)) {
      for (int size : new int[] {0, 1, 2, 16, 17, 61}) {
        List<Longitudes> charts =
            IntStream.range(0, size).mapToObj(i -> randomChart(random)).toList();
        for (int best : new int[] {1, 3, 80}) {
          checkRanking(kernel, charts, best);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tenAndSixteen")
  void aBlockMayHaveAnyRowsAndColumns(AspectPolicy policy) {
    Random random = new Random(SEED + 33);
    ChartBlock charts = ChartBlock.of(draw(300, i -> randomChart(random)));
    int[][] blocks = {
      {0, 20, 10, 30},
      {10, 30, 0, 20},
      {0, 300, 5, 5},
      {5, 290, 40, 60},
      {0, 300, 0, 300},
      {7, 150, 150, 299}
    };
    try (BatchKernel kernel = open(policy, new KernelSettings(2, 1 << 20))) {
      Ranking ranking = Ranking.empty(policy, 300, 7, 1 << 20);
      Ranking wanted = Ranking.empty(policy, 300, 7, 1 << 20);
      BatchKernel reference = new ReferenceKernel(policy);
      for (int[] block : blocks) {
        kernel.rank(charts, block[0], block[1], block[2], block[3], ranking);
        reference.rank(charts, block[0], block[1], block[2], block[3], wanted);
        assertThat(ranking.pairs()).isEqualTo(wanted.pairs());
      }
      for (int chart = 0; chart < 300; chart++) {
        int places = wanted.partners(chart);
        assertThat(ranking.partners(chart)).isEqualTo(places);
        assertThat(partners(ranking, chart, places)).isEqualTo(partners(wanted, chart, places));
        assertThat(scores(ranking, chart, places)).isEqualTo(scores(wanted, chart, places));
      }
      for (int bin = 0; bin < Ranking.BINS; bin++) {
        assertThat(ranking.histogram(bin)).isEqualTo(wanted.histogram(bin));
      }
    }
  }

  @Test
  void rankingsOfEqualCharts() {
    try (BatchKernel kernel = open(AspectPolicy.classic())) {
      Longitudes chart = firstBodies(10, new Random(SEED + 25));
      checkRanking(kernel, IntStream.range(0, 40).mapToObj(i -> chart).toList(), 5);
    }
  }

  @Test
  void aRankingOfManyTilesAndThreadsIsThatOfTheReference() {
    AspectPolicy policy = oneBody();
    Random random = new Random(SEED + 26);
    ChartBlock charts = new ChartBlock(1);
    int size = 12_700;
    for (int i = 0; i < size; i++) {
      charts.add(spread(random.nextInt(MicroDegrees.CIRCLE), 0));
    }
    List<Long> told = new ArrayList<>();
    try (BatchKernel kernel = open(policy, new KernelSettings(3, 64 << 20))) {
      Ranking ranking = kernel.rank(charts, 4, (done, of) -> told.add(done));
      Ranking wanted = new ReferenceKernel(policy).rank(charts, 4, Progress.NONE);
      for (int chart = 0; chart < size; chart++) {
        for (int place = 0; place < 4; place++) {
          assertThat(ranking.partner(chart, place)).isEqualTo(wanted.partner(chart, place));
          assertThat(ranking.score(chart, place)).isEqualTo(wanted.score(chart, place));
        }
      }
      for (int bin = 0; bin < Ranking.BINS; bin++) {
        assertThat(ranking.histogram(bin)).isEqualTo(wanted.histogram(bin));
      }
    }
    assertThat(told).isSorted().endsWith((long) size * (size - 1) / 2);
  }

  @ParameterizedTest
  @MethodSource("scoredPolicies")
  void theBestAreThoseOfTheReference(AspectPolicy policy, WantedRankings wanted) {
    Random random = new Random(SEED + 30);
    try (BatchKernel kernel = open(policy)) {
      for (int size : new int[] {0, 1, 2, 17, chartsOfTheBest()}) {
        checkBest(kernel, wanted, draw(size, i -> randomChart(random)), 1, 10, 80);
      }
    }
  }

  @Test
  void theBestOfTiedRisingAndAwkwardCharts(WantedRankings wanted) {
    int some = chartsOfTheBest();
    int many = 2 * some - 100;
    Random random = new Random(SEED + 31);
    List<Longitudes> few = draw(9, i -> firstBodies(10, random));
    int quarter = DEGREE / 4;
    try (BatchKernel kernel = open(AspectPolicy.classic(), new KernelSettings(3, 64 << 20))) {
      checkBest(kernel, wanted, draw(many, i -> few.get(0)), 1, 5);
      checkBest(kernel, wanted, draw(many, i -> few.get(random.nextInt(9))), 1, 5, some);
      checkBest(kernel, wanted, draw(many, i -> firstBodies(i * 11 / many, new Random(SEED))), 3);
      checkBest(kernel, wanted, draw(many, i -> firstBodies(10, random)), 1, 10);
      checkBest(
          kernel,
          wanted,
          draw(some, i -> spread(random.nextInt(1_440) * quarter, i % 97 * quarter)),
          4);
      checkBest(
          kernel,
          wanted,
          draw(some, i -> spread(random.nextInt(24) * 15 * DEGREE, 15 * DEGREE)),
          4);
      checkBest(
          kernel,
          wanted,
          draw(some, i -> spread(Math.floorMod(i % 5 - 2, MicroDegrees.CIRCLE), i % 3)),
          4);
    }
  }

  @Test
  void theBestAloneHaveNoHistogram() {
    try (BatchKernel kernel = open(AspectPolicy.classic())) {
      ChartBlock charts = ChartBlock.of(draw(3, i -> spread(i, 0)));
      Ranking ranking = kernel.best(charts, 1, Progress.NONE);
      Ranking counted = kernel.rank(charts, 1, Progress.NONE);
      assertThat(counted.hasHistogram()).isTrue();
      assertThat(ranking.hasHistogram()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> ranking.histogram(0));
      assertThatIllegalStateException().isThrownBy(ranking::pairs);
      counted.merge(ranking);
      assertThat(counted.hasHistogram()).isFalse();
    }
  }

  @Test
  void aRankingForPoliciesOfOtherBodiesIsRefused() {
    AspectPolicy policy = AspectPolicy.classic();
    AspectPolicy wider = AspectKernelContract.classicOfSixteen();
    try (BatchKernel kernel = open(policy)) {
      ChartBlock charts = ChartBlock.of(draw(3, i -> spread(i, 0)));
      Ranking other = Ranking.empty(wider, 3, 1, 1 << 20);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernel.rank(charts, 0, 3, 0, 3, other))
          .withMessage("a ranking for policies of 256 cells, not 100");
      assertThat(other.pairs()).isZero();
      Ranking own = kernel.rank(charts, 1, Progress.NONE);
      assertThatIllegalArgumentException().isThrownBy(() -> own.merge(other));
      assertThatIllegalArgumentException().isThrownBy(() -> other.merge(own));
      assertThat(own.pairs()).isEqualTo(3);
    }
  }

  @Test
  void aRankingThatDoesNotFitIsRefused() {
    try (BatchKernel kernel = open(AspectPolicy.classic(), new KernelSettings(1, 1 << 20))) {
      ChartBlock charts =
          ChartBlock.of(IntStream.range(0, 1_000).mapToObj(i -> spread(i, 0)).toList());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernel.rank(charts, 1_000, Progress.NONE))
          .withMessageContaining("1000 best of 1000 charts")
          .withMessageContaining("1048576");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernel.best(charts, 1_000, Progress.NONE))
          .withMessageContaining("1000 best of 1000 charts");
    }
  }

  @Test
  void aPolicyWithoutWholeNumbersHasSetsAndNoScores() {
    AspectPolicy policy =
        policy("seventh", ALL, new Aspect(1, "c", 0, 7_000_001, aspect(1, 0, 1).nature(), 1.0));
    Random random = new Random(SEED + 27);
    ChartBlock charts = ChartBlock.of(List.of(randomChart(random), randomChart(random)));
    try (BatchKernel kernel = open(policy)) {
      assertThat(new RuleScorer(policy).isExact()).isFalse();
      PackedSets sets = new PackedSets(policy);
      kernel.sets(charts, 0, charts, 1, 2, sets);
      assertThat(sets.set(0)).isEqualTo(expected(policy, charts.at(0), charts.at(1), ALL, ALL));
      assertThatIllegalStateException().isThrownBy(() -> kernel.score(charts, 0, charts, 1));
      assertThatIllegalStateException()
          .isThrownBy(() -> kernel.scores(charts, charts, 0, 2, new long[2]));
      assertThatIllegalStateException().isThrownBy(() -> kernel.rank(charts, 1, Progress.NONE));
      assertThatIllegalStateException().isThrownBy(() -> kernel.best(charts, 1, Progress.NONE));
    }
  }

  @Test
  void whatLiesOutsideIsRefused() {
    AspectPolicy policy = AspectPolicy.classic();
    ChartBlock three = ChartBlock.of(List.of(Longitudes.NONE, Longitudes.NONE, Longitudes.NONE));
    PackedSets sets = new PackedSets(policy);
    try (BatchKernel kernel = open(policy)) {
      assertOutside(() -> kernel.sets(three, three, 0, 4, sets));
      assertOutside(() -> kernel.sets(three, 3, three, 0, 3, sets));
      assertOutside(() -> kernel.score(three, 0, three, -1));
      long[] two = {7, 7};
      assertOutside(() -> kernel.scores(three, three, 0, 3, two));
      assertOutside(() -> kernel.scores(three, 0, three, 0, 3, two));
      assertThat(two).as("what is refused is not begun").containsOnly(7);
      char[] few = new char[2];
      assertOutside(() -> kernel.touched(three, three, few, new char[3], 0, 3, sets));
      assertOutside(() -> kernel.dense(three, three, 2, 1, new DenseSets(policy)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kernel.sets(three, three, 0, 3, new PackedSets(oneBody())));
    }
  }

  @ParameterizedTest
  @MethodSource("tenAndSixteen")
  void setsThatMayTakeMoreThanTheMemoryAreRefused(AspectPolicy policy) {
    int memory = 1 << 20;
    int cells = Integer.bitCount(policy.bodyMask()) * Integer.bitCount(policy.bodyMask());
    int most = memory / (4 * cells + (cells + 63) / 64 * 8 + 4);
    ChartBlock charts = ChartBlock.of(draw(memory / (4 * cells) + 1, i -> spread(i, 0)));
    char[] moved = new char[charts.size()];
    PackedSets sets = new PackedSets(policy);
    try (BatchKernel kernel = open(policy, new KernelSettings(2, memory))) {
      assertThat(kernel.memory()).isEqualTo(memory);
      kernel.sets(charts, charts, 0, most, sets);
      assertThat(sets.size()).isEqualTo(most);
      assertTooMuch(() -> kernel.sets(charts, charts, 0, most + 1, sets));
      assertTooMuch(() -> kernel.sets(charts, 0, charts, 0, most + 1, sets));
      assertTooMuch(() -> kernel.touched(charts, charts, moved, moved, 0, most + 1, sets));
      assertTooMuch(() -> kernel.dense(charts, charts, 0, charts.size(), new DenseSets(policy)));
    }
  }

  @ParameterizedTest
  @MethodSource("tenAndSixteen")
  void chunksKeepToTheirMemoryAndCoverAll(AspectPolicy policy) {
    int memory = 1 << 20;
    Random random = new Random(SEED + 28);
    try (BatchKernel kernel = open(policy, new KernelSettings(2, memory))) {
      new ChunkedBatch(kernel, ChunkedBatch.SIZE, random).check();
    }
  }

  @ParameterizedTest
  @MethodSource("tenAndSixteen")
  void noPairAllocatesInSteadyState(AspectPolicy policy) {
    assumeTrue(allocatesNothing(), "this kernel hands its work to others");
    Random random = new Random(SEED + 29);
    int size = 1_024;
    ChartBlock a =
        ChartBlock.of(IntStream.range(0, size).mapToObj(i -> randomChart(random)).toList());
    ChartBlock b =
        ChartBlock.of(IntStream.range(0, size).mapToObj(i -> randomChart(random)).toList());
    ChartBlock many = ChartBlock.of(draw(800, i -> randomChart(random)));
    PackedSets sets = new PackedSets(policy);
    DenseSets dense = new DenseSets(policy);
    long[] scores = new long[size];
    char[] moved = new char[size];
    Arrays.fill(moved, (char) 2);
    char[] still = new char[size];
    char[] twoMoved = new char[size];
    Arrays.fill(twoMoved, (char) 5);
    try (BatchKernel kernel = open(policy)) {
      SteadyState.assertReached(size, () -> kernel.sets(a, b, 0, size, sets));
      SteadyState.assertReached(size, () -> kernel.sets(a, 5, b, 0, size, sets));
      SteadyState.assertReached(size, () -> kernel.touched(a, b, moved, still, 0, size, sets));
      SteadyState.assertReached(size, () -> kernel.touched(a, b, still, moved, 0, size, sets));
      SteadyState.assertReached(size, () -> kernel.touched(a, b, moved, twoMoved, 0, size, sets));
      SteadyState.assertReached(size, () -> kernel.dense(a, b, 0, size, dense));
      SteadyState.assertReached(size, () -> kernel.scores(a, b, 0, size, scores));
      SteadyState.assertReached(size, () -> kernel.scores(a, 5, b, 0, size, scores));
      SteadyState.assertReached(size, () -> scoreOneByOne(kernel, a, b, scores));
      // What one call takes for its result and its tables is far less than a byte for each pair.
      SteadyState.assertReached(800 * 799 / 2, () -> kernel.rank(many, 4, Progress.NONE));
      SteadyState.assertReached(800 * 799 / 2, () -> kernel.best(many, 4, Progress.NONE));
    }
  }

  static Stream<AspectPolicy> tenAndSixteen() {
    return Stream.of(AspectPolicy.classic(), classicOfSixteen());
  }

  private static void scoreOneByOne(BatchKernel kernel, ChartBlock a, ChartBlock b, long[] scores) {
    for (int pair = 0; pair < scores.length; pair++) {
      scores[pair] = kernel.score(a, pair, b, pair);
    }
  }

  private static void assertTooMuch(ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining("1048576 are");
  }

  private static void assertOutside(ThrowingCallable call) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(call);
  }

  static List<Longitudes> draw(int size, IntFunction<Longitudes> chart) {
    return IntStream.range(0, size).mapToObj(chart).toList();
  }

  /** Compares with one ranking of the reference, which keeps as many as the most asked for. */
  private static void checkBest(
      BatchKernel kernel, WantedRankings rankings, List<Longitudes> of, int... most) {
    ChartBlock charts = ChartBlock.of(of);
    Ranking wanted = rankings.of(kernel.policy(), of, most[most.length - 1]);
    for (int best : most) {
      List<Long> told = new ArrayList<>();
      Ranking ranking = kernel.best(charts, best, (done, all) -> told.add(done));
      assertThat(ranking.size()).isEqualTo(of.size());
      for (int chart = 0; chart < of.size(); chart++) {
        int places = Math.min(best, of.size() - 1);
        assertThat(ranking.partners(chart)).isEqualTo(places);
        assertThat(partners(ranking, chart, places)).isEqualTo(partners(wanted, chart, places));
        assertThat(scores(ranking, chart, places)).isEqualTo(scores(wanted, chart, places));
      }
      if (of.size() > 1) {
        assertThat(told).isSorted().endsWith((long) of.size() * (of.size() - 1) / 2);
      }
    }
  }

  private static int[] partners(Ranking ranking, int chart, int places) {
    return IntStream.range(0, places).map(place -> ranking.partner(chart, place)).toArray();
  }

  private static long[] scores(Ranking ranking, int chart, int places) {
    return IntStream.range(0, places).mapToLong(place -> ranking.score(chart, place)).toArray();
  }

  private static void checkRanking(BatchKernel kernel, List<Longitudes> charts, int best) {
    AspectPolicy policy = kernel.policy();
    checkRanking(policy, charts, best, kernel.rank(ChartBlock.of(charts), best, Progress.NONE));
    for (int side : new int[] {5, 100}) {
      checkRanking(policy, charts, best, rankInBlocks(kernel, charts, best, side));
    }
  }

  /** Last block first, each into a ranking of its own. */
  private static Ranking rankInBlocks(
      BatchKernel kernel, List<Longitudes> charts, int best, int side) {
    ChartBlock block = ChartBlock.of(charts);
    int size = charts.size();
    Ranking all = Ranking.empty(kernel.policy(), size, best, 1 << 20);
    for (int row = (size - 1) / side * side; row >= 0; row -= side) {
      for (int column = row; column < size; column += side) {
        Ranking one = Ranking.empty(kernel.policy(), size, best, 1 << 20);
        kernel.rank(
            block, row, Math.min(row + side, size), column, Math.min(column + side, size), one);
        all.merge(one);
      }
    }
    return all;
  }

  private static void checkRanking(
      AspectPolicy policy, List<Longitudes> charts, int best, Ranking ranking) {
    int size = charts.size();
    long[] bins = new long[Ranking.BINS];
    long half = SCALE * Integer.bitCount(policy.bodyMask()) * Integer.bitCount(policy.bodyMask());
    assertThat(ranking.size()).isEqualTo(size);
    for (int a = 0; a < size; a++) {
      long[] scores = new long[size];
      for (int b = 0; b < size; b++) {
        scores[b] = expectedScore(policy, charts.get(Math.min(a, b)), charts.get(Math.max(a, b)));
        if (b > a) {
          bins[(int) Math.max(0, Math.min(999, Math.floorDiv((scores[b] + half) * 500, half)))]++;
        }
      }
      int self = a;
      List<Integer> order =
          IntStream.range(0, size)
              .filter(b -> b != self)
              .boxed()
              .sorted(Comparator.comparingLong((Integer b) -> -scores[b]).thenComparing(b -> b))
              .limit(best)
              .toList();
      assertThat(IntStream.range(0, ranking.partners(a)).map(p -> ranking.partner(self, p)).boxed())
          .containsExactlyElementsOf(order);
      for (int place = 0; place < order.size(); place++) {
        assertThat(ranking.score(a, place)).isEqualTo(scores[order.get(place)]);
      }
    }
    assertThat(IntStream.range(0, Ranking.BINS).mapToLong(ranking::histogram).toArray())
        .isEqualTo(bins);
    assertThat(ranking.pairs()).isEqualTo((long) size * Math.max(0, size - 1) / 2);
  }

  private static final long SCALE = 480_000_000;

  /**
   * 2(wi + wj)/2 · base · (1 − orb/max orb) as a whole number of 480-millionths, over the cells of
   * the rule.
   */
  private static long expectedScore(AspectPolicy policy, Longitudes a, Longitudes b) {
    return expectedScore(policy, expected(policy, a, b, ALL, ALL));
  }

  /** The same of the cells that hold an aspect. */
  static long expectedScore(AspectPolicy policy, AspectSet held) {
    long[] total = new long[1];
    held.forEach(
        (row, column, hit) -> {
          Aspect aspect = policy.aspect(Hit.code(hit));
          long multiplier = Math.round(aspect.base() * 120_000_000 / aspect.maxOrb());
          long weights = Math.round(2 * policy.weight(row) + 2 * policy.weight(column));
          total[0] += weights * multiplier * (aspect.maxOrb() - Hit.orb(hit));
        });
    return total[0];
  }

  static List<Integer> edges(AspectPolicy policy) {
    List<Integer> edges = new ArrayList<>();
    for (Aspect aspect : policy.aspects()) {
      edges.add(aspect.angle());
      edges.add(aspect.angle() - aspect.maxOrb());
      edges.add(aspect.angle() + aspect.maxOrb());
    }
    for (int halfway = 0; halfway < 360; halfway += 15) {
      edges.add(halfway * DEGREE);
    }
    return edges;
  }

  /** Pairs that go through every operation, and what must come out. */
  private static final class Batch {
    private final BatchKernel kernel;
    private final AspectPolicy policy;
    private final boolean scored;
    private final ChartBlock a = new ChartBlock(0);
    private final ChartBlock b = new ChartBlock(0);
    private final PackedSets sets;
    private final DenseSets dense;

    Batch(BatchKernel kernel) {
      this.kernel = kernel;
      policy = kernel.policy();
      scored = new RuleScorer(policy).isExact();
      sets = new PackedSets(policy);
      dense = new DenseSets(policy);
    }

    void start() {
      a.clear();
      b.clear();
    }

    void add(Longitudes ofA, Longitudes ofB) {
      a.add(ofA);
      b.add(ofB);
    }

    void check(Random random) {
      int size = a.size();
      checkSets(0, size);
      checkScores(0, size);
      if (size > 0) {
        int from = random.nextInt(size);
        int to = from + random.nextInt(size - from + 1);
        checkSets(from, to);
        checkScores(from, to);
        checkOneAgainstMany(random.nextInt(size), from, to);
        checkTouched(random, from, to);
      }
    }

    private void checkSets(int from, int to) {
      kernel.sets(a, b, from, to, sets);
      kernel.dense(a, b, from, to, dense);
      assertThat(sets.size()).isEqualTo(to - from);
      assertThat(dense.size()).isEqualTo(to - from);
      int hits = 0;
      for (int pair = from; pair < to; pair++) {
        AspectSet wanted = expected(policy, a.at(pair), b.at(pair), ALL, ALL);
        assertThat(sets.set(pair - from)).isEqualTo(wanted);
        assertThat(dense.set(pair - from)).isEqualTo(wanted);
        assertThat(sets.hits(pair - from)).isEqualTo(wanted.size());
        hits += wanted.size();
      }
      assertThat(sets.hits()).isEqualTo(hits);
    }

    private void checkScores(int from, int to) {
      if (!scored) {
        return;
      }
      long[] scores = new long[to - from];
      kernel.scores(a, b, from, to, scores);
      for (int pair = from; pair < to; pair++) {
        long wanted = expectedScore(policy, a.at(pair), b.at(pair));
        assertThat(scores[pair - from]).isEqualTo(wanted);
        assertThat(kernel.score(a, pair, b, pair)).isEqualTo(wanted);
      }
    }

    private void checkOneAgainstMany(int one, int from, int to) {
      long[] scores = new long[to - from];
      kernel.sets(a, one, b, from, to, sets);
      if (scored) {
        kernel.scores(a, one, b, from, to, scores);
      }
      for (int other = from; other < to; other++) {
        assertThat(sets.set(other - from))
            .isEqualTo(expected(policy, a.at(one), b.at(other), ALL, ALL));
        assertThat(scores[other - from])
            .isEqualTo(scored ? expectedScore(policy, a.at(one), b.at(other)) : 0);
      }
    }

    private void checkTouched(Random random, int from, int to) {
      char[] movedA = new char[a.size()];
      char[] movedB = new char[a.size()];
      for (int pair = 0; pair < a.size(); pair++) {
        int kind = random.nextInt(5);
        movedA[pair] = (char) (kind == 0 ? 0 : kind == 1 ? random.nextInt(ALL + 1) : one(random));
        movedB[pair] = (char) (kind < 2 ? one(random) : kind == 2 ? random.nextInt(ALL + 1) : 0);
      }
      kernel.touched(a, b, movedA, movedB, from, to, sets);
      for (int pair = from; pair < to; pair++) {
        assertThat(sets.set(pair - from))
            .isEqualTo(expected(policy, a.at(pair), b.at(pair), movedA[pair], movedB[pair]));
      }
    }

    private static int one(Random random) {
      return 1 << random.nextInt(Body.COUNT);
    }
  }
}
