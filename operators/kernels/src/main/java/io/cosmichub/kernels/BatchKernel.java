package io.cosmichub.kernels;

/**
 * A kernel that also computes many pairs in one call, on the calling thread, which others help if
 * there are many and the {@link KernelSettings} allow it. Whatever the kernel, results are bit for
 * bit those of {@link ReferenceKernel}. Ranges are half open; one outside its block is an {@link
 * IndexOutOfBoundsException}. Sets that may take more than the {@link #memory} are an {@link
 * IllegalArgumentException}; {@link Chunks} computes as many as there are.
 *
 * <p>A score is the whole number of 480-millionths that {@link
 * io.cosmichub.score.RuleScore#rawTotal} is made of. A policy whose weights and bases give no whole
 * numbers has none: the operations on scores then throw {@link IllegalStateException}, and {@link
 * io.cosmichub.score.RuleScorer} scores its sets.
 */
public interface BatchKernel extends AspectKernel {

  /** The unit of scores: this many make a raw total of 1. */
  long SCORE_SCALE = 480_000_000L;

  /** The bytes that the results of one call may take, as the {@link KernelSettings} say. */
  long memory();

  /**
   * Full sets of the pairs (a[i], b[i]), {@code from} to {@code to}, into a buffer that starts
   * over.
   */
  void sets(ChartBlock a, ChartBlock b, int from, int to, PackedSets into);

  /**
   * Full sets of one chart of {@code a} against charts {@code from} to {@code to} of {@code many}.
   */
  void sets(ChartBlock a, int one, ChartBlock many, int from, int to, PackedSets into);

  /** As {@link #sets(ChartBlock, ChartBlock, int, int, PackedSets)}, dense. */
  void dense(ChartBlock a, ChartBlock b, int from, int to, DenseSets into);

  /**
   * The touched cells of the pairs (a[i], b[i]) that hold an aspect: those whose row is in {@code
   * movedA[i]} or whose column is in {@code movedB[i]}, a bit for each slot.
   */
  void touched(
      ChartBlock a, ChartBlock b, char[] movedA, char[] movedB, int from, int to, PackedSets into);

  /** The score of chart {@code i} of {@code a} with chart {@code j} of {@code b}. */
  long score(ChartBlock a, int i, ChartBlock b, int j);

  /**
   * Scores of the pairs (a[i], b[i]), {@code from} to {@code to}; the first goes to {@code
   * into[0]}.
   */
  void scores(ChartBlock a, ChartBlock b, int from, int to, long[] into);

  /**
   * Scores of one chart of {@code a} against charts {@code from} to {@code to} of {@code many}; the
   * first to {@code into[0]}.
   */
  void scores(ChartBlock a, int one, ChartBlock many, int from, int to, long[] into);

  /**
   * Scores every chart with every other and keeps the {@code best} partners of each and the
   * histogram; no matrix exists at any time. May use all threads of the {@link KernelSettings}.
   * {@link IllegalArgumentException} if the result alone would take more than their memory.
   */
  Ranking rank(ChartBlock charts, int best, Progress progress);

  /**
   * As {@link #rank(ChartBlock, int, Progress)}, the same partners with the same scores, but
   * without the histogram: pairs that provably are among nobody's best need no score.
   */
  default Ranking best(ChartBlock charts, int best, Progress progress) {
    return rank(charts, best, progress).withoutHistogram();
  }

  /**
   * One block of all against all: scores charts {@code fromRow} to {@code toRow} with those of
   * {@code fromColumn} to {@code toColumn} that come after them, and takes the scores into a
   * ranking of all charts. Blocks that cover all pairs once, merged in any order, give what {@link
   * #rank(ChartBlock, int, Progress)} gives. {@link IllegalArgumentException} if the ranking is of
   * another number of charts, or for policies of another number of bodies.
   */
  default void rank(
      ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into) {
    Ranges.check(charts, fromRow, toRow, fromColumn, toColumn, policy(), into);
    long[] scores = new long[toColumn - fromColumn];
    for (int a = fromRow; a < toRow; a++) {
      int from = Math.max(fromColumn, a + 1);
      if (from < toColumn) {
        scores(charts, a, charts, from, toColumn, scores);
        for (int b = from; b < toColumn; b++) {
          into.count(scores[b - from]);
          into.offerBoth(a, b, scores[b - from]);
        }
      }
    }
  }
}
