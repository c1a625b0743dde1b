package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is left of all against all: for each chart its best partners, the highest score first and
 * the lower number first among equals, and how the scores of all pairs are distributed.
 */
public final class Ranking {

  /**
   * Bins of the histogram: tenths of the overall score, 0.0 to 99.9 rounded down; 100.0 is in the
   * last.
   */
  public static final int BINS = 1000;

  /** What one kept partner takes. */
  static final long BYTES_PER_PARTNER = Long.BYTES + Integer.BYTES;

  private static final int COARSE = 1024;

  private final int best;
  private final int[] counts;
  private final int[] partners;
  private final long[] scores;
  private final long[] histogram = new long[BINS];
  // The 1024th, rounded down, of what a partner of a chart must at least score; the least int while
  // there is room. Twins share it without a lock: what one of them writes holds for all, and what
  // is lost or late only lets more scores be offered.
  private final int[] coarseThresholds;
  private final long half;
  private final long width;
  private final double perWidth;
  private boolean counted = true;

  /** An empty ranking of {@code charts} charts under a policy of {@code cells} cells. */
  Ranking(int charts, int best, int cells) {
    this(charts, best, cells, noThresholds(charts));
  }

  private Ranking(int charts, int best, int cells, int[] coarseThresholds) {
    checkBest(best);
    this.best = best;
    counts = new int[charts];
    partners = new int[Math.multiplyExact(charts, best)];
    scores = new long[partners.length];
    this.coarseThresholds = coarseThresholds;
    half = cells * BatchKernel.SCORE_SCALE;
    width = 2 * half / BINS;
    perWidth = 1.0 / width;
  }

  private static int[] noThresholds(int charts) {
    int[] thresholds =
        new int[(charts + ChartBlock.WIDTH - 1) / ChartBlock.WIDTH * ChartBlock.WIDTH];
    Arrays.fill(thresholds, Integer.MIN_VALUE);
    return thresholds;
  }

  static void checkBest(int best) {
    if (best < 1) {
      throw new IllegalArgumentException("a ranking keeps at least 1 partner, not " + best);
    }
  }

  /**
   * For kernels: a ranking that {@link #put} and {@link #count(LongBuffer)} fill. {@link
   * IllegalArgumentException} if it would take more than {@code memory} bytes.
   */
  public static Ranking empty(AspectPolicy policy, int charts, int best, long memory) {
    Ranges.checkMemory(charts, best, memory);
    return new Ranking(charts, best, PolicyBodies.of(policy).cells());
  }

  /**
   * For kernels: the {@code places} partners of each of {@code charts} charts from {@code first}
   * on, best first, chart by chart, from where the buffers stand.
   */
  public void put(int first, int charts, int places, IntBuffer numbers, LongBuffer itsScores) {
    Objects.checkFromIndexSize(first, charts, counts.length);
    Objects.checkFromIndexSize(0, places, best);
    for (int chart = first; chart < first + charts; chart++) {
      numbers.get(partners, chart * best, places);
      itsScores.get(scores, chart * best, places);
      counts[chart] = places;
      settle(chart);
    }
  }

  /**
   * For kernels: offers each of {@code charts} charts from {@code first} on {@code places}
   * partners, chart by chart, from where the buffers stand; 0 is the number of {@code zero}. {@link
   * IndexOutOfBoundsException} at a partner that is none of the charts.
   */
  public void offer(
      int first, int charts, int places, int zero, IntBuffer numbers, LongBuffer itsScores) {
    Objects.checkFromIndexSize(first, charts, counts.length);
    for (int chart = first; chart < first + charts; chart++) {
      for (int place = 0; place < places; place++) {
        offer(chart, Objects.checkIndex(zero + numbers.get(), counts.length), itsScores.get());
      }
    }
  }

  /** For kernels: adds {@link #BINS} counts to the histogram. */
  public void count(LongBuffer bins) {
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] += bins.get();
    }
  }

  /** How many charts are ranked. */
  public int size() {
    return counts.length;
  }

  /** How many partners of a chart are kept at most. */
  public int best() {
    return best;
  }

  /** How many partners of a chart are kept: {@code best}, or fewer if there are not as many. */
  public int partners(int chart) {
    return counts[chart];
  }

  /** The number of the partner at a place, 0 being the best. */
  public int partner(int chart, int place) {
    return partners[chart * best + Objects.checkIndex(place, counts[chart])];
  }

  /** The score with the partner at a place. */
  public long score(int chart, int place) {
    return scores[chart * best + Objects.checkIndex(place, counts[chart])];
  }

  /** Whether there is a histogram: not if only the best were asked for. */
  public boolean hasHistogram() {
    return counted;
  }

  /**
   * How many pairs have an overall score in a bin of a tenth. {@link IllegalStateException} if
   * there is no histogram.
   */
  public long histogram(int bin) {
    requireHistogram();
    return histogram[bin];
  }

  /** How many pairs the histogram counts. {@link IllegalStateException} if there is none. */
  public long pairs() {
    requireHistogram();
    return Arrays.stream(histogram).sum();
  }

  /** This ranking, whose histogram is given up. */
  Ranking withoutHistogram() {
    counted = false;
    return this;
  }

  private void requireHistogram() {
    if (!counted) {
      throw new IllegalStateException("only the best were asked for, no histogram");
    }
  }

  /**
   * For kernels: {@link IllegalArgumentException} if it is for policies of another number of cells,
   * whose histogram has other bins.
   */
  public void requireFor(AspectPolicy policy) {
    requireCells(PolicyBodies.of(policy).cells());
  }

  private void requireCells(int cells) {
    if (half != cells * BatchKernel.SCORE_SCALE) {
      throw new IllegalArgumentException(
          "a ranking for policies of " + half / BatchKernel.SCORE_SCALE + " cells, not " + cells);
    }
  }

  /** The bytes of a ranking of {@code charts} charts that keeps {@code best} partners of each. */
  public static long bytes(int charts, int best) {
    return charts * (best * BYTES_PER_PARTNER + 2L * Integer.BYTES) + BINS * Long.BYTES;
  }

  /** The bytes of this one. */
  long bytes() {
    return bytes(counts.length, best);
  }

  /**
   * Another ranking of the same charts, with nothing in it, that is to be merged with this one:
   * what cannot enter this one need not enter that.
   */
  Ranking emptyTwin() {
    int cells = (int) (half / BatchKernel.SCORE_SCALE);
    return new Ranking(counts.length, best, cells, coarseThresholds);
  }

  /**
   * By chart, the 1024th of the lowest score that may still enter, as far as it is an int. A score
   * whose 1024th is lower need not be offered.
   */
  int[] coarseThresholds() {
    return coarseThresholds;
  }

  /** The 1024th of the width of a bin, or 0 if that is no whole number. */
  int coarseWidth() {
    return width % COARSE == 0 ? (int) (width / COARSE) : 0;
  }

  /** The 1024th of what lies between a score of 0 and the first bin. */
  int coarseHalf() {
    return (int) (half / COARSE);
  }

  /** The lowest score whose 1024th is this. */
  static double fine(int coarse) {
    return (double) COARSE * coarse;
  }

  /** What lies between a score of 0 and the first bin. */
  long half() {
    return half;
  }

  /** The width of a bin. */
  long width() {
    return width;
  }

  /** Counts a score in each of these bins. */
  void count(int[] bins) {
    for (int bin : bins) {
      histogram[bin]++;
    }
  }

  void count(long score) {
    long above = score + half;
    long bin = (long) (above * perWidth);
    long rest = above - bin * width;
    bin += rest < 0 ? -1 : rest >= width ? 1 : 0;
    histogram[(int) Math.max(0, Math.min(BINS - 1, bin))]++;
  }

  /** Offers each of two charts to the other. */
  void offerBoth(int a, int b, long score) {
    offer(a, b, score);
    offer(b, a, score);
  }

  void offer(int chart, int partner, long score) {
    int first = chart * best;
    int count = counts[chart];
    int place = first + count;
    if (count == best) {
      if (!better(score, partner, scores[place - 1], partners[place - 1])) {
        return;
      }
      place--;
    } else {
      counts[chart] = count + 1;
    }
    while (place > first && better(score, partner, scores[place - 1], partners[place - 1])) {
      scores[place] = scores[place - 1];
      partners[place] = partners[place - 1];
      place--;
    }
    scores[place] = score;
    partners[place] = partner;
    settle(chart);
  }

  /** Remembers what the next partner of a chart must reach. */
  private void settle(int chart) {
    if (counts[chart] == best) {
      int own = coarse(scores[chart * best + best - 1]);
      coarseThresholds[chart] = Math.max(coarseThresholds[chart], own);
    }
  }

  /** The 1024th of a score, rounded down. */
  static int coarse(long score) {
    long coarse = Math.floorDiv(score, COARSE);
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, coarse));
  }

  /**
   * Takes in what was found among other pairs of the same charts. {@link IllegalArgumentException}
   * if the other one is of another number of charts, or for policies of another number of cells.
   */
  public void merge(Ranking other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException(
          "a ranking of " + other.size() + " charts into one of " + size());
    }
    other.requireCells((int) (half / BatchKernel.SCORE_SCALE));
    for (int chart = 0; chart < counts.length; chart++) {
      for (int place = 0; place < other.counts[chart]; place++) {
        offer(chart, other.partner(chart, place), other.score(chart, place));
      }
    }
    counted &= other.counted;
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] += other.histogram[bin];
    }
  }

  private static boolean better(long score, int partner, long than, int thanPartner) {
    return score > than || (score == than && partner < thanPartner);
  }
}
