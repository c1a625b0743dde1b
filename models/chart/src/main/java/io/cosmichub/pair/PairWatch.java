package io.cosmichub.pair;

/**
 * Someone watches the pair of two charts.
 *
 * @param pairId the pair's id
 * @param chartA the chart on side A
 * @param chartB another chart, on side B
 * @param revision 0 or more, or {@link #NO_REVISION}: then the order of records counts
 */
public record PairWatch(String pairId, String chartA, String chartB, long revision) {
  /** The revision of a watch that carries none. */
  public static final long NO_REVISION = -1;

  /** Refuses a pair of one chart with itself, and a revision below {@link #NO_REVISION}. */
  public PairWatch {
    if (chartA.equals(chartB)) {
      throw new IllegalArgumentException("a pair needs two charts");
    }
    if (revision < NO_REVISION) {
      throw new IllegalArgumentException("a revision is negative");
    }
  }
}
