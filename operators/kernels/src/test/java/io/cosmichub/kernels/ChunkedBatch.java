package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A batch that a kernel with little memory computes in chunks, by every operation. */
final class ChunkedBatch {

  /** With the least memory that there is, more than one chunk of everything but scores. */
  static final int SIZE = 3_000;

  private static final int FROM = 7;

  private final BatchKernel kernel;
  private final ReferenceKernel reference;
  private final ChartBlock a;
  private final ChartBlock b;
  private final char[] movedA;
  private final char[] movedB;
  private final int size;

  ChunkedBatch(BatchKernel kernel, int size, Random random) {
    this.kernel = kernel;
    this.size = size;
    reference = new ReferenceKernel(kernel.policy());
    a = new ChartBlock(size);
    b = new ChartBlock(size);
    movedA = new char[size];
    movedB = new char[size];
    for (int pair = 0; pair < size; pair++) {
      a.add(AspectKernelContract.randomChart(random));
      b.add(AspectKernelContract.randomChart(random));
      movedA[pair] = (char) (1 << random.nextInt(Body.COUNT));
      movedB[pair] = (char) (1 << random.nextInt(Body.COUNT));
    }
  }

  void check() {
    AspectPolicy policy = kernel.policy();
    PackedSets wanted = new PackedSets(policy);
    reference.sets(a, b, FROM, size, wanted);
    checkPacked(wanted, (chunks, into) -> chunks.sets(a, b, FROM, size, into));
    checkDense(wanted);
    reference.sets(a, 5, b, FROM, size, wanted);
    checkPacked(wanted, (chunks, into) -> chunks.sets(a, 5, b, FROM, size, into));
    reference.touched(a, b, movedA, movedB, FROM, size, wanted);
    checkPacked(wanted, (chunks, into) -> chunks.touched(a, b, movedA, movedB, FROM, size, into));
    long[] scores = new long[size - FROM];
    reference.scores(a, b, FROM, size, scores);
    checkScores(scores, (chunks, into) -> chunks.scores(a, b, FROM, size, into));
    reference.scores(a, 5, b, FROM, size, scores);
    checkScores(scores, (chunks, into) -> chunks.scores(a, 5, b, FROM, size, into));
    run(chunks -> chunks.sets(a, b, 3, 3, (first, pairs, sets) -> assertThat(pairs).isZero()), 0);
  }

  /** One operation, of which every chunk goes to a taker. */
  private interface Operation<R> {
    void run(Chunks chunks, Chunks.Taker<R> into);
  }

  private void checkPacked(PackedSets wanted, Operation<PackedSets> operation) {
    List<AspectSet> seen = new ArrayList<>();
    run(
        chunks ->
            operation.run(
                chunks,
                (first, pairs, sets) -> {
                  assertThat(first).isEqualTo(FROM + seen.size());
                  assertThat(sets.size()).isEqualTo(pairs);
                  assertThat(sets.bytes()).isLessThanOrEqualTo(kernel.memory());
                  assertThat(4L * sets.hitArray().length)
                      .isLessThanOrEqualTo(kernel.memory() + 4 * ChartBlock.WIDTH);
                  IntStream.range(0, pairs).mapToObj(sets::set).forEach(seen::add);
                }),
        2);
    assertThat(seen).isEqualTo(sets(wanted));
  }

  private void checkDense(PackedSets wanted) {
    List<AspectSet> seen = new ArrayList<>();
    run(
        chunks ->
            chunks.dense(
                a,
                b,
                FROM,
                size,
                (first, pairs, sets) -> {
                  assertThat(first).isEqualTo(FROM + seen.size());
                  assertThat(sets.bytes()).isLessThanOrEqualTo(kernel.memory());
                  IntStream.range(0, pairs).mapToObj(sets::set).forEach(seen::add);
                }),
        2);
    assertThat(seen).isEqualTo(sets(wanted));
  }

  private void checkScores(long[] wanted, Operation<long[]> operation) {
    List<Long> seen = new ArrayList<>();
    run(
        chunks ->
            operation.run(
                chunks,
                (first, pairs, scores) -> {
                  assertThat(first).isEqualTo(FROM + seen.size());
                  assertThat(8L * scores.length).isLessThanOrEqualTo(kernel.memory());
                  IntStream.range(0, pairs).forEach(pair -> seen.add(scores[pair]));
                }),
        1);
    assertThat(seen)
        .containsExactlyElementsOf(
            IntStream.range(0, wanted.length).mapToObj(i -> wanted[i]).toList());
  }

  /** Runs with progress that is told of {@code least} chunks or more, the last time of all. */
  private void run(Consumer<Chunks> operation, int least) {
    List<Long> told = new ArrayList<>();
    operation.accept(
        new Chunks(
            kernel,
            (done, of) -> {
              assertThat(of).isEqualTo(size - FROM);
              told.add(done);
            }));
    assertThat(told).hasSizeGreaterThanOrEqualTo(least).isSorted();
    if (least > 0) {
      assertThat(told).endsWith((long) size - FROM);
    }
  }

  private static List<AspectSet> sets(PackedSets sets) {
    return IntStream.range(0, sets.size()).mapToObj(sets::set).toList();
  }
}
