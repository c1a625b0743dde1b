package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.ReferenceKernelProvider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kernel for whole batches with another one behind it: a call that the kernel fails at, or does
 * not return from before the deadline, the other one computes, and a share of calls the reference
 * kernel repeats and compares. Fails only if the other one does.
 */
public final class GuardedBatches implements BatchKernel {

  /*
   * The kernel fills a result that is made for the call, and the caller's buffer changes once that is there and taken for right:
   * what a device writes that was given up, nobody reads.
   */
  private static final Logger LOG = LoggerFactory.getLogger(GuardedBatches.class);

  private final BatchKernel kernel;
  private final BatchKernel other;
  private final BatchKernel reference;
  private final @Nullable DeviceLine line;
  private final Breaker breaker;
  private final ShadowCheck shadow;
  private final KernelEvents events;
  private final LongSupplier nanos;

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
    this.other = other;
    this.events = events;
    this.nanos = nanos;
    line = thread == null ? null : new DeviceLine(thread, settings.deadline());
    reference = new ReferenceKernelProvider().open(kernel.policy(), settings.kernel());
    breaker =
        new Breaker(
            settings.breakerFailures(), settings.breakerPause(), nanos, events::breakerMoved);
    shadow = new ShadowCheck(kernel, settings.shadowShare(), seed, breaker, events);
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
    return line == null ? this : other;
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
    packed(to - from, into, (by, sets) -> by.sets(a, b, from, to, sets));
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    packed(to - from, into, (by, sets) -> by.sets(a, one, many, from, to, sets));
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    packed(to - from, into, (by, sets) -> by.touched(a, b, movedA, movedB, from, to, sets));
  }

  private void packed(int pairs, PackedSets into, BiConsumer<BatchKernel, PackedSets> operation) {
    into.takeOver(
        compute(
            pairs,
            by -> {
              PackedSets sets = new PackedSets(policy());
              operation.accept(by, sets);
              return sets;
            },
            (found, truth, pair) -> found.set(pair).equals(truth.set(pair))));
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    into.takeOver(
        compute(
            to - from,
            by -> {
              DenseSets sets = new DenseSets(policy());
              by.dense(a, b, from, to, sets);
              return sets;
            },
            (found, truth, pair) -> found.set(pair).equals(truth.set(pair))));
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    return compute(
        1, by -> by.score(a, i, b, j), (found, truth, pair) -> found.longValue() == truth);
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    scored(to - from, into, (by, scores) -> by.scores(a, b, from, to, scores));
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    scored(to - from, into, (by, scores) -> by.scores(a, one, many, from, to, scores));
  }

  private void scored(int pairs, long[] into, BiConsumer<BatchKernel, long[]> operation) {
    Objects.checkFromIndexSize(0, pairs, into.length);
    long[] scores =
        compute(
            pairs,
            by -> {
              long[] own = new long[pairs];
              operation.accept(by, own);
              return own;
            },
            (found, truth, pair) -> found[pair] == truth[pair]);
    System.arraycopy(scores, 0, into, 0, pairs);
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    return ranked(charts, progress, (by, told) -> by.rank(charts, best, told));
  }

  @Override
  public Ranking best(ChartBlock charts, int best, Progress progress) {
    return ranked(charts, progress, (by, told) -> by.best(charts, best, told));
  }

  private Ranking ranked(
      ChartBlock charts, Progress progress, BiFunction<BatchKernel, Progress, Ranking> operation) {
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
    return guarded(check.pairs(), operation, found -> check.of(found, reference, shadow.draw()));
  }

  // --- the guard

  /** Whether two results agree at a pair. */
  @FunctionalInterface
  private interface Agreement<R> {
    boolean at(R found, R truth, int pair);
  }

  private <R> R compute(int pairs, Function<BatchKernel, R> operation, Agreement<R> agreement) {
    return guarded(
        pairs,
        operation,
        found -> {
          R truth = operation.apply(reference);
          long right =
              IntStream.range(0, pairs).filter(pair -> agreement.at(found, truth, pair)).count();
          return new ShadowCheck.Verdict(pairs, pairs - (int) right);
        });
  }

  private <R> R guarded(
      long pairs, Function<BatchKernel, R> operation, Function<R, ShadowCheck.Verdict> check) {
    if (pairs <= 0) {
      return operation.apply(other);
    }
    if (!breaker.tryAcquire()) {
      return instead(pairs, operation);
    }
    boolean checked = shadow.isDue();
    long start = nanos.getAsLong();
    R found;
    try {
      found = line == null ? operation.apply(kernel) : line.call(() -> operation.apply(kernel));
    } catch (RuntimeException | LinkageError failure) {
      LOG.warn(
          "Kernel '{}' failed at {} pairs; '{}' computes them instead",
          name(),
          pairs,
          other.name(),
          failure);
      breaker.failed();
      return instead(pairs, operation);
    }
    if (checked && !isRight(found, pairs, check, nanos.getAsLong() - start)) {
      return instead(pairs, operation);
    }
    breaker.succeeded();
    return found;
  }

  private <R> boolean isRight(
      R found, long pairs, Function<R, ShadowCheck.Verdict> check, long kernelNanos) {
    long start = nanos.getAsLong();
    ShadowCheck.Verdict verdict = check.apply(found);
    long referenceNanos = nanos.getAsLong() - start;
    // Of a part of the pairs only: the kernel's time of as many.
    long share = (long) ((double) kernelNanos * verdict.pairs() / pairs);
    shadow.compared(verdict.pairs(), verdict.wrong(), share, referenceNanos);
    return verdict.wrong() == 0;
  }

  private <R> R instead(long pairs, Function<BatchKernel, R> operation) {
    events.fellBack((int) Math.min(Integer.MAX_VALUE, pairs));
    return operation.apply(other);
  }

  /** The device is closed by its own thread once that is free. */
  @Override
  public void close() {
    if (line == null) {
      kernel.close();
    } else {
      line.close(kernel::close);
    }
    other.close();
  }
}
