package io.cosmichub.bench;

import java.util.stream.DoubleStream;

/**
 * How two things differ that were measured in pairs, whatever else changed from pair to pair.
 *
 * @param pairs how many pairs there were
 * @param median of the differences
 * @param low where the interval of the median begins that holds it in 95 of 100 cases at least; NaN
 *     of fewer than six pairs, which allow none
 * @param high where it ends
 */
record PairedDifferences(int pairs, double median, double low, double high) {

  private static final double OUTSIDE = 0.05;

  /** Of more, one half to the power of it would not be a number any more. */
  private static final int MOST = 1_000;

  /**
   * The interval is that of the sign test: it leaves out so many of the smallest and the largest
   * differences as a coin that is thrown once a pair shows heads at most in one of 40 cases.
   */
  static PairedDifferences of(double... differences) {
    double[] sorted = DoubleStream.of(differences).sorted().toArray();
    int pairs = sorted.length;
    if (pairs > MOST) {
      throw new IllegalArgumentException("more than " + MOST + " pairs");
    }
    double median = Medians.of(DoubleStream.of(sorted));
    int leftOut = leftOut(pairs);
    return leftOut == 0
        ? new PairedDifferences(pairs, median, Double.NaN, Double.NaN)
        : new PairedDifferences(pairs, median, sorted[leftOut - 1], sorted[pairs - leftOut]);
  }

  /** The rank of the difference at which the interval begins; 0 where there is none. */
  private static int leftOut(int pairs) {
    double exactly = Math.scalb(1.0, -pairs);
    double atMost = exactly;
    int heads = 0;
    while (2 * atMost <= OUTSIDE) {
      heads++;
      exactly *= (pairs - heads + 1.0) / heads;
      atMost += exactly;
    }
    return heads;
  }
}
