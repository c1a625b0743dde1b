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

  private final int best;
  private final int[] counts;
  private final int[] partners;
  private final long[] scores;
  private final long[] histogram = new long[BINS];
  // What a partner of a chart must at least score; Long.MIN_VALUE while there is room.
  private final long[] thresholds;
  private final long half;
  private final long width;
  private final double perWidth;

  /** An empty ranking of {@code charts} charts under a policy of {@code cells} cells. */
  Ranking(int charts, int best, int cells) {
    if (best < 1) {
      throw new IllegalArgumentException("a ranking keeps at least 1 partner, not " + best);
    }
    this.best = best;
    counts = new int[charts];
    partners = new int[Math.multiplyExact(charts, best)];
    scores = new long[partners.length];
    thresholds = new long[(charts + ChartBlock.WIDTH - 1) / ChartBlock.WIDTH * ChartBlock.WIDTH];
    Arrays.fill(thresholds, Long.MIN_VALUE);
    half = cells * BatchKernel.SCORE_SCALE;
    width = 2 * half / BINS;
    perWidth = 1.0 / width;
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
      thresholds[chart] = places == best ? scores[chart * best + best - 1] : Long.MIN_VALUE;
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

  /** How many pairs have an overall score in a bin of a tenth. */
  public long histogram(int bin) {
    return histogram[bin];
  }

  /** How many pairs were scored. */
  public long pairs() {
    return Arrays.stream(histogram).sum();
  }

  /** The bytes of a ranking. */
  static long bytes(int charts, int best) {
    return charts * (best * BYTES_PER_PARTNER + Integer.BYTES + Long.BYTES) + BINS * Long.BYTES;
  }

  /** Lowest scores that may still enter, by chart. */
  long[] thresholds() {
    return thresholds;
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
    thresholds[chart] = counts[chart] == best ? scores[first + best - 1] : Long.MIN_VALUE;
  }

  /** Takes in what another thread found among other pairs of the same charts. */
  void merge(Ranking other) {
    for (int chart = 0; chart < counts.length; chart++) {
      for (int place = 0; place < other.counts[chart]; place++) {
        offer(chart, other.partner(chart, place), other.score(chart, place));
      }
    }
    for (int bin = 0; bin < BINS; bin++) {
      histogram[bin] += other.histogram[bin];
    }
  }

  private static boolean better(long score, int partner, long than, int thanPartner) {
    return score > than || (score == than && partner < thanPartner);
  }
}
