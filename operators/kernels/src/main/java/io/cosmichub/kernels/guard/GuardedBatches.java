package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.BatchArguments;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernelProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A kernel for whole batches with another one behind it: a call that the kernel fails at, or does
 * not return from before the deadline, the other one computes, and a share of calls the reference
 * kernel repeats and compares. Fails only if the other one does, or if who waits for a device is
 * interrupted.
 */
public final class GuardedBatches implements BatchKernel {

  /*
   * What a caller may not ask for is refused before the breaker is asked: it says nothing about the kernel.
   *
   * The kernel fills a result of its own, and the caller's buffer changes once that is there and taken for right: what a device
   * writes that was given up, nobody reads. A call that went well leaves its buffer, or the caller's in place of it, to the next.
   */
  private final BatchKernel kernel;
  private final BatchKernel reference;
  private final BatchArguments arguments;
  private final BatchGuard guard;
  private final Spare<PackedSets> packed;
  private final Spare<DenseSets> dense;
  private final Spare<long[]> scores = new Spare<>(() -> new long[0]);

  /**
   * Guards {@code kernel} by {@code other}, and closes both; {@code seed} chooses the calls that
   * are repeated. A kernel with a {@code thread} is called on it and given up at the deadline; one
   * without is called on the calling thread.
   */
  public GuardedBatches(
      BatchKernel kernel,
      BatchKernel other,
      GuardSettings settings,
      long seed,
      KernelEvents events,
      @Nullable DeviceThread thread,
      LongSupplier nanos) {
    this.kernel = kernel;
    reference = new ReferenceKernelProvider().open(kernel.policy(), settings.kernel());
    arguments = new BatchArguments(kernel);
    DeviceLine line = thread == null ? null : new DeviceLine(thread, settings.deadline());
    guard = new BatchGuard(kernel, other, line, settings, seed, events, nanos);
    packed = new Spare<>(() -> new PackedSets(policy()));
    dense = new Spare<>(() -> new DenseSets(policy()));
  }

  @Override
  public String name() {
    return kernel.name();
  }

  @Override
  public AspectPolicy policy() {
    return kernel.policy();
  }

  @Override
  public long memory() {
    return kernel.memory();
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  @Override
  public AspectKernel withoutDevice() {
    return guard.withoutDevice().orElse(this);
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    PackedSets set = new PackedSets(policy());
    touched(
        ChartBlock.of(List.of(a)),
        ChartBlock.of(List.of(b)),
        new char[] {(char) movedA},
        new char[] {(char) movedB},
        0,
        1,
        set);
    return CompletableFuture.completedFuture(set.set(0));
  }

  @Override
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    arguments.sets(a, b, from, to, into);
    packed(to - from, into, (by, sets) -> by.sets(a, b, from, to, sets));
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    arguments.sets(a, one, many, from, to, into);
    packed(to - from, into, (by, sets) -> by.sets(a, one, many, from, to, sets));
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    arguments.touched(a, b, movedA, movedB, from, to, into);
    packed(to - from, into, (by, sets) -> by.touched(a, b, movedA, movedB, from, to, sets));
  }

  private void packed(int pairs, PackedSets into, BiConsumer<BatchKernel, PackedSets> operation) {
    PackedSets found =
        compute(
            pairs,
            by -> {
              PackedSets sets = packed.take();
              operation.accept(by, sets);
              return sets;
            },
            (sets, truth, pair) -> sets.set(pair).equals(truth.set(pair)));
    into.swap(found);
    packed.keep(found);
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    arguments.dense(a, b, from, to, into);
    DenseSets found =
        compute(
            to - from,
            by -> {
              DenseSets sets = dense.take();
              by.dense(a, b, from, to, sets);
              return sets;
            },
            (sets, truth, pair) -> sets.set(pair).equals(truth.set(pair)));
    into.swap(found);
    dense.keep(found);
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    arguments.score(a, i, b, j);
    return compute(
        1, by -> by.score(a, i, b, j), (found, truth, pair) -> found.longValue() == truth);
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    arguments.scores(a, b, from, to, into);
    scored(to - from, into, (by, own) -> by.scores(a, b, from, to, own));
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    arguments.scores(a, one, many, from, to, into);
    scored(to - from, into, (by, own) -> by.scores(a, one, many, from, to, own));
  }

  private void scored(int pairs, long[] into, BiConsumer<BatchKernel, long[]> operation) {
    long[] found =
        compute(
            pairs,
            by -> {
              long[] spare = scores.take();
              long[] own = spare.length < pairs ? new long[pairs] : spare;
              operation.accept(by, own);
              return own;
            },
            (own, truth, pair) -> own[pair] == truth[pair]);
    System.arraycopy(found, 0, into, 0, pairs);
    scores.keep(found);
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    return ranked(charts, best, progress, (by, told) -> by.rank(charts, best, told));
  }

  @Override
  public Ranking best(ChartBlock charts, int best, Progress progress) {
    return ranked(charts, best, progress, (by, told) -> by.best(charts, best, told));
  }

  private Ranking ranked(
      ChartBlock charts,
      int best,
      Progress progress,
      BiFunction<BatchKernel, Progress, Ranking> operation) {
    arguments.rank(charts, best);
    RisingProgress rising = new RisingProgress(progress);
    int size = charts.size();
    try {
      return ranked(
          new RankingCheck(charts, 0, size, 0, size), by -> operation.apply(by, rising.attempt()));
    } finally {
      rising.end();
    }
  }

  @Override
  public void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    arguments.rank(charts, fromRow, toRow, fromColumn, toColumn, into);
    into.merge(
        ranked(
            new RankingCheck(charts, fromRow, toRow, fromColumn, toColumn),
            by -> {
              Ranking own = Ranking.empty(policy(), into.size(), into.best(), Long.MAX_VALUE);
              by.rank(charts, fromRow, toRow, fromColumn, toColumn, own);
              return own;
            }));
  }

  private Ranking ranked(RankingCheck check, Function<BatchKernel, Ranking> operation) {
    return guard.compute(
        check.pairs(), operation, found -> check.of(found, reference, guard.draw()));
  }

  /** Whether two results agree at a pair. */
  @FunctionalInterface
  private interface Agreement<R> {
    boolean at(R found, R truth, int pair);
  }

  private <R> R compute(int pairs, Function<BatchKernel, R> operation, Agreement<R> agreement) {
    return guard.compute(
        pairs,
        operation,
        found -> {
          R truth = ReferenceFailure.or(() -> operation.apply(reference));
          long right =
              IntStream.range(0, pairs).filter(pair -> agreement.at(found, truth, pair)).count();
          return new ShadowCheck.Verdict(pairs, pairs - (int) right);
        });
  }

  @Override
  public void close() {
    guard.close();
  }
}
