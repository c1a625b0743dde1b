package io.cosmichub.kernels;

/**
 * Batches of any size in the memory that a kernel may use: computed chunk by chunk into one buffer,
 * which the next chunk fills anew. For one thread.
 */
public final class Chunks {

  private static final int MOST_PAIRS = 1 << 16;

  private final BatchKernel kernel;
  private final int mostPairs;
  private final Progress progress;
  private final PackedSets packed;
  private final DenseSets dense;
  private long[] scores = {};

  /** Chunks of what {@code kernel} computes; {@code progress} hears of each. */
  public Chunks(BatchKernel kernel, Progress progress) {
    this(kernel, MOST_PAIRS, progress);
  }

  /** Chunks of {@code mostPairs} pairs at most, which {@code progress} hears of. */
  public Chunks(BatchKernel kernel, int mostPairs, Progress progress) {
    this.kernel = kernel;
    this.mostPairs = mostPairs;
    this.progress = progress;
    packed = new PackedSets(kernel.policy());
    dense = new DenseSets(kernel.policy());
  }

  /** Takes a chunk: the results of {@code pairs} pairs, of which the first has this number. */
  @FunctionalInterface
  public interface Taker<R> {
    void take(int first, int pairs, R results);
  }

  /** As {@link BatchKernel#sets(ChartBlock, ChartBlock, int, int, PackedSets)}. */
  public void sets(ChartBlock a, ChartBlock b, int from, int to, Taker<PackedSets> taker) {
    packed(from, to, taker, (first, end) -> kernel.sets(a, b, first, end, packed));
  }

  /** As {@link BatchKernel#sets(ChartBlock, int, ChartBlock, int, int, PackedSets)}. */
  public void sets(
      ChartBlock a, int one, ChartBlock many, int from, int to, Taker<PackedSets> taker) {
    packed(from, to, taker, (first, end) -> kernel.sets(a, one, many, first, end, packed));
  }

  /** As {@link BatchKernel#touched}, of the touched cells of many pairs. */
  public void touched(
      ChartBlock a,
      ChartBlock b,
      char[] movedA,
      char[] movedB,
      int from,
      int to,
      Taker<PackedSets> taker) {
    packed(
        from, to, taker, (first, end) -> kernel.touched(a, b, movedA, movedB, first, end, packed));
  }

  /** As {@link BatchKernel#dense}. */
  public void dense(ChartBlock a, ChartBlock b, int from, int to, Taker<DenseSets> taker) {
    int most = DenseSets.fit(kernel.policy(), kernel.memory());
    compute(from, to, most, dense, taker, (first, end) -> kernel.dense(a, b, first, end, dense));
  }

  /** As {@link BatchKernel#scores(ChartBlock, ChartBlock, int, int, long[])}. */
  public void scores(ChartBlock a, ChartBlock b, int from, int to, Taker<long[]> taker) {
    long[] into = room(from, to);
    compute(
        from, to, into.length, into, taker, (first, end) -> kernel.scores(a, b, first, end, into));
  }

  /** As {@link BatchKernel#scores(ChartBlock, int, ChartBlock, int, int, long[])}. */
  public void scores(
      ChartBlock a, int one, ChartBlock many, int from, int to, Taker<long[]> taker) {
    long[] into = room(from, to);
    compute(
        from,
        to,
        into.length,
        into,
        taker,
        (first, end) -> kernel.scores(a, one, many, first, end, into));
  }

  private long[] room(int from, int to) {
    long fit = Math.min(mostPairs, kernel.memory() / Long.BYTES);
    int wanted = (int) Math.max(1, Math.min(fit, (long) to - from));
    if (scores.length < wanted) {
      scores = new long[wanted];
    }
    return scores;
  }

  private void packed(int from, int to, Taker<PackedSets> taker, Filler filler) {
    int most = PackedSets.fit(kernel.policy(), kernel.memory());
    compute(from, to, most, packed, taker, filler);
  }

  private <R> void compute(int from, int to, int most, R results, Taker<R> taker, Filler filler) {
    int pairs = Math.min(mostPairs, most);
    for (int first = from; first < to; ) {
      int end = (int) Math.min(to, (long) first + pairs);
      filler.fill(first, end);
      taker.take(first, end - first, results);
      progress.pairs((long) end - from, (long) to - from);
      first = end;
    }
  }

  /** Computes the pairs of one chunk. */
  @FunctionalInterface
  private interface Filler {
    void fill(int first, int end);
  }
}
