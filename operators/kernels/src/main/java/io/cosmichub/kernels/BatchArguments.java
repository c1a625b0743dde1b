package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.Objects;

/**
 * For guards: refuses what a caller may not ask a {@link BatchKernel} for, with the exceptions that
 * are named there, before a kernel is asked at all.
 */
public final class BatchArguments {

  private final AspectPolicy policy;
  private final long memory;
  private final WholeScore whole;

  /** What {@code kernel} may be asked for. */
  public BatchArguments(BatchKernel kernel) {
    policy = kernel.policy();
    memory = kernel.memory();
    whole = new WholeScore(policy);
  }

  /** Of {@link BatchKernel#sets(ChartBlock, ChartBlock, int, int, PackedSets)}. */
  public void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into) {
    Ranges.check(a, b, from, to);
    into.check(policy, to - from, memory);
  }

  /** Of {@link BatchKernel#sets(ChartBlock, int, ChartBlock, int, int, PackedSets)}. */
  public void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into) {
    Ranges.check(a, one, many, from, to);
    into.check(policy, to - from, memory);
  }

  /** Of {@link BatchKernel#touched}, of the touched cells of many pairs. */
  public void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into) {
    sets(a, b, from, to, into);
    Objects.checkFromToIndex(from, to, Math.min(movedA.length, movedB.length));
  }

  /** Of {@link BatchKernel#dense}. */
  public void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into) {
    Ranges.check(a, b, from, to);
    into.check(policy, to - from, memory);
  }

  /** Of {@link BatchKernel#score}. */
  public void score(ChartBlock a, int i, ChartBlock b, int j) {
    whole.require();
    Objects.checkIndex(i, a.size());
    Objects.checkIndex(j, b.size());
  }

  /** Of {@link BatchKernel#scores(ChartBlock, ChartBlock, int, int, long[])}. */
  public void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, b, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
  }

  /** Of {@link BatchKernel#scores(ChartBlock, int, ChartBlock, int, int, long[])}. */
  public void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into) {
    whole.require();
    Ranges.check(a, one, many, from, to);
    Objects.checkFromIndexSize(0, to - from, into.length);
  }

  /** Of {@link BatchKernel#rank(ChartBlock, int, Progress)} and {@link BatchKernel#best}. */
  public void rank(ChartBlock charts, int best) {
    whole.require();
    Ranking.checkBest(best);
    Ranges.checkMemory(charts.size(), best, memory);
  }

  /** Of {@link BatchKernel#rank(ChartBlock, int, int, int, int, Ranking)}. */
  public void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    whole.require();
    Ranges.check(charts, fromRow, toRow, fromColumn, toColumn, policy, into);
  }
}
