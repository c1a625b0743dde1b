package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.DenseSets;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.WholeScore;
import java.nio.LongBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The kernel that computes on a device. Where the device fails, an operation throws {@link
 * DeviceException}, and what it was to fill holds anything.
 */
final class DeviceKernel implements BatchKernel, DeviceTimed {

  /*
   * Charts travel as lines of 64 bytes, results as they stand in the buffers of the caller, so that both ends copy and nothing
   * is converted. Pairs stream through in chunks (PairRun): that is bound by the bus. All against all (RankRun) sends the
   * charts once and gets lists back: that is bound by arithmetic, and what a device is for.
   */
  private final AspectPolicy policy;
  private final KernelSettings settings;
  private final DeviceSession session;
  private final Runnable release;
  private final WholeScore whole;
  private final PolicyTable table;
  private final PairRun pairs;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** A kernel on {@code session}; {@code release} runs once, when it is closed. */
  DeviceKernel(
      AspectPolicy policy, KernelSettings settings, DeviceSession session, Runnable release) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.settings = settings;
    this.session = session;
    this.release = release;
    whole = new WholeScore(policy);
    table = new PolicyTable(policy, whole);
    pairs = new PairRun(session, table, settings.timeout(), settings.memory());
  }

  @Override
  public String name() {
    return CudaKernelProvider.NAME;
  }

  @Override
  public AspectPolicy policy() {
    return policy;
  }

  @Override
  public long memory() {
    return settings.memory();
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    PackedSets set = new PackedSets(policy);
    try {
      touched(
          ChartBlock.of(List.of(a)),
          ChartBlock.of(List.of(b)),
          new char[] {(char) movedA},
          new char[] {(char) movedB},
          0,
          1,
          set);
    } catch (DeviceException failed) {
      return CompletableFuture.failedFuture(failed);
    }
    return CompletableFuture.completedFuture(set.set(0));
  }

  @Override
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    check(a, b, from, to);
    packed(new Pairs(a, from, 1, b, from, null, to - from), into);
  }

  @Override
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    check(a, one, many, from, to);
    packed(new Pairs(a, one, 0, many, from, null, to - from), into);
  }

  @Override
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    check(a, b, from, to);
    Objects.checkFromToIndex(from, to, Math.min(movedA.length, movedB.length));
    packed(new Pairs(a, from, 1, b, from, new Pairs.Moved(movedA, movedB), to - from), into);
  }

  private void packed(Pairs of, PackedSets into) {
    into.start(policy, of.count(), memory());
    compute(of, new PairOutput.Packed(cells(), into));
  }

  @Override
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    check(a, b, from, to);
    int count = to - from;
    compute(
        new Pairs(a, from, 1, b, from, null, count),
        new PairOutput.Dense(cells(), into.start(policy, count, memory())));
  }

  @Override
  public long score(ChartBlock a, int i, ChartBlock b, int j) {
    long[] score = new long[1];
    scores(a, i, b, Objects.checkIndex(j, b.size()), j + 1, score);
    return score[0];
  }

  @Override
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    whole.require();
    check(a, b, from, to);
    scores(new Pairs(a, from, 1, b, from, null, to - from), into);
  }

  @Override
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    whole.require();
    check(a, one, many, from, to);
    scores(new Pairs(a, one, 0, many, from, null, to - from), into);
  }

  private void scores(Pairs of, long[] into) {
    Objects.checkFromIndexSize(0, of.count(), into.length);
    compute(of, new PairOutput.Scores(LongBuffer.wrap(into)));
  }

  @Override
  public Ranking rank(ChartBlock charts, int best, Progress progress) {
    whole.require();
    Ranking ranking = Ranking.empty(policy, charts.size(), best, settings.memory());
    try (RankRun run = run(charts, ranking)) {
      run.all(0, charts.size(), progress);
    }
    return ranking;
  }

  @Override
  public void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    whole.require();
    Objects.checkFromToIndex(fromRow, toRow, charts.size());
    Objects.checkFromToIndex(fromColumn, toColumn, charts.size());
    into.requireFor(policy());
    boolean square = fromRow == fromColumn && toRow == toColumn;
    if (into.size() != charts.size() || (!square && toRow > fromColumn)) {
      // Ranges that overlap in part, which nobody who cuts all pairs into blocks asks for.
      BatchKernel.super.rank(charts, fromRow, toRow, fromColumn, toColumn, into);
      return;
    }
    try (RankRun run = run(charts, into)) {
      if (square) {
        run.all(fromRow, toRow, Progress.NONE);
      } else {
        run.block(fromRow, toRow, fromColumn, toColumn);
      }
    }
  }

  private RankRun run(ChartBlock charts, Ranking into) {
    return new RankRun(open(), table, settings.timeout(), settings.memory(), charts, into);
  }

  @Override
  public long deviceNanos() {
    return open().thread().ask("ask the time", settings.timeout(), Device::computeNanos);
  }

  @Override
  public void distrust(String why) {
    session.thread().distrust(why);
  }

  /** Why the device is given up, or null. */
  @Nullable DeviceException retired() {
    return session.thread().retired();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }

  private void compute(Pairs of, PairOutput output) {
    open();
    if (of.count() > 0) {
      pairs.compute(of, output);
    }
  }

  private DeviceSession open() {
    if (closed.get()) {
      throw new IllegalStateException("the kernel is closed");
    }
    return session;
  }

  private int cells() {
    return table.bodies() * table.bodies();
  }

  private static void check(ChartBlock a, ChartBlock b, int from, int to) {
    Objects.checkFromToIndex(from, to, Math.min(a.size(), b.size()));
  }

  private static void check(ChartBlock a, int one, ChartBlock many, int from, int to) {
    Objects.checkIndex(one, a.size());
    Objects.checkFromToIndex(from, to, many.size());
  }
}
