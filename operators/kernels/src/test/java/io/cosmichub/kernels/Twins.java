package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.score.RuleScorer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Random pairs that go through a kernel and the reference, whose buffers must then be equal. */
final class Twins {

  static final int SIZE = 2_000;

  private static final int SOME = 8;

  /** One pair in so many goes through the operations that are dear to check, too. */
  private static final int FEW = 16;

  private final BatchKernel kernel;
  private final ReferenceKernel reference;
  private final boolean scored;
  private final int words;
  private final ChartBlock a;
  private final ChartBlock b;
  private final PackedSets packed;
  private final PackedSets wantedPacked;
  private final DenseSets dense;
  private final DenseSets wantedDense;
  private final long[] scores;
  private final long[] wantedScores;
  private final char[] movedA;
  private final char[] movedB;

  Twins(BatchKernel kernel, int size) {
    this.kernel = kernel;
    AspectPolicy policy = kernel.policy();
    reference = new ReferenceKernel(policy);
    scored = new RuleScorer(policy).isExact();
    words = PolicyBodies.of(policy).words();
    a = new ChartBlock(size);
    b = new ChartBlock(size);
    packed = new PackedSets(policy);
    wantedPacked = new PackedSets(policy);
    dense = new DenseSets(policy);
    wantedDense = new DenseSets(policy);
    scores = new long[size];
    wantedScores = new long[size];
    movedA = new char[size];
    movedB = new char[size];
  }

  /** Draws pairs of charts with the first bodies, of which one moved. */
  void draw(int bodies, Random random) {
    a.clear();
    b.clear();
    for (int pair = 0; pair < movedA.length; pair++) {
      a.add(AspectKernelContract.firstBodies(bodies, random));
      b.add(AspectKernelContract.firstBodies(bodies, random));
      movedA[pair] = (char) (random.nextBoolean() ? 1 << random.nextInt(bodies) : 0);
      movedB[pair] = (char) (movedA[pair] == 0 ? 1 << random.nextInt(bodies) : 0);
    }
  }

  void check(int from, int to, Random random) {
    int one = random.nextInt(a.size());
    kernel.sets(a, b, from, to, packed);
    reference.sets(a, b, from, to, wantedPacked);
    assertSamePacked(to - from);
    kernel.touched(a, b, movedA, movedB, from, to, packed);
    reference.touched(a, b, movedA, movedB, from, to, wantedPacked);
    assertSamePacked(to - from);
    kernel.dense(a, b, from, to, dense);
    reference.dense(a, b, from, to, wantedDense);
    assertSameDense(to - from);
    if (scored) {
      kernel.scores(a, b, from, to, scores);
      reference.scores(a, b, from, to, wantedScores);
      assertThat(scores).isEqualTo(wantedScores);
      for (int pair = from + random.nextInt(FEW); pair < to; pair += FEW) {
        assertThat(kernel.score(a, pair, b, pair)).isEqualTo(wantedScores[pair - from]);
      }
      kernel.scores(a, one, b, from, to, scores);
      reference.scores(a, one, b, from, to, wantedScores);
      assertThat(scores).isEqualTo(wantedScores);
    }
    int few = from + random.nextInt(to - from);
    checkOneAgainstMany(one, few, Math.min(to, few + (to - from) / FEW));
  }

  /** Sets of one chart of A against a range of B. */
  void checkOneAgainstMany(int one, int from, int to) {
    kernel.sets(a, one, b, from, to, packed);
    reference.sets(a, one, b, from, to, wantedPacked);
    assertSamePacked(to - from);
  }

  /** Sets, touched cells and scores of pairs, by the rule as the contract writes it down. */
  void checkByTheRule(Random random) {
    int size = a.size();
    kernel.sets(a, b, 0, size, packed);
    kernel.dense(a, b, 0, size, dense);
    if (scored) {
      kernel.scores(a, b, 0, size, scores);
    }
    for (int pair = 0; pair < size; pair++) {
      AspectSet wanted = expected(pair, Body.ALL_MASK, Body.ALL_MASK);
      if (!packed.set(pair).equals(wanted) || !dense.set(pair).equals(wanted)) {
        assertThat(packed.set(pair)).isEqualTo(wanted);
        assertThat(dense.set(pair)).isEqualTo(wanted);
      }
      if (scored) {
        long score = BatchKernelContract.expectedScore(kernel.policy(), wanted);
        if (scores[pair] != score || (pair % FEW == 0 && kernel.score(a, pair, b, pair) != score)) {
          assertThat(scores[pair]).isEqualTo(score);
          assertThat(kernel.score(a, pair, b, pair)).isEqualTo(score);
        }
      }
    }
    kernel.touched(a, b, movedA, movedB, 0, size, packed);
    for (int pair = 0; pair < size; pair += SOME) {
      assertThat(packed.set(pair)).isEqualTo(expected(pair, movedA[pair], movedB[pair]));
    }
    checkOneAgainstManyByTheRule(random.nextInt(size));
  }

  private void checkOneAgainstManyByTheRule(int one) {
    int many = a.size() / FEW;
    kernel.sets(a, one, b, 0, many, packed);
    if (scored) {
      kernel.scores(a, one, b, 0, many, scores);
    }
    for (int other = 0; other < many; other++) {
      AspectSet wanted = expected(one, other, Body.ALL_MASK, Body.ALL_MASK);
      assertThat(packed.set(other)).isEqualTo(wanted);
      if (scored) {
        assertThat(scores[other])
            .isEqualTo(BatchKernelContract.expectedScore(kernel.policy(), wanted));
      }
    }
  }

  private AspectSet expected(int pair, int ofA, int ofB) {
    return expected(pair, pair, ofA, ofB);
  }

  private AspectSet expected(int i, int j, int ofA, int ofB) {
    return AspectKernelContract.expected(kernel.policy(), a.at(i), b.at(j), ofA, ofB);
  }

  private void assertSamePacked(int size) {
    assertThat(packed.size()).isEqualTo(size);
    boolean same =
        same(packed.endArray(), wantedPacked.endArray(), size + 1)
            && same(packed.hitArray(), wantedPacked.hitArray(), packed.hits())
            && Arrays.equals(
                packed.bitArray(), 0, words * size, wantedPacked.bitArray(), 0, words * size);
    if (!same) {
      assertThat(IntStream.range(0, size).mapToObj(packed::set).toList())
          .isEqualTo(IntStream.range(0, size).mapToObj(wantedPacked::set).toList());
    }
    assertThat(same).isTrue();
  }

  private void assertSameDense(int size) {
    assertThat(dense.size()).isEqualTo(size);
    for (int pair = 0; pair < size; pair++) {
      for (int row = 0; row < dense.side(); row++) {
        for (int column = 0; column < dense.side(); column++) {
          if (dense.hit(pair, row, column) != wantedDense.hit(pair, row, column)) {
            assertThat(dense.set(pair)).isEqualTo(wantedDense.set(pair));
          }
        }
      }
    }
  }

  private static boolean same(int[] one, int[] other, int length) {
    return Arrays.equals(one, 0, length, other, 0, length);
  }
}
