package io.cosmichub.feedback;

import io.cosmichub.experiment.Moments;
import java.math.BigInteger;

/**
 * How many units have a figure, and the exact sums of their figures and of what was known before,
 * in millionths. Sums may be added and taken away in any order, and end the same.
 *
 * @param count how many units
 * @param sum of their figures
 * @param squares of their figures' squares
 * @param priorSum of their earlier figures
 * @param priorSquares of their earlier figures' squares
 * @param products of both figures' products
 */
public record Sums(
    long count,
    BigInteger sum,
    BigInteger squares,
    BigInteger priorSum,
    BigInteger priorSquares,
    BigInteger products) {

  /** Of nobody. */
  public static final Sums NONE =
      new Sums(
          0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  /** Of one unit. */
  public static Sums of(long figure, long prior) {
    BigInteger now = BigInteger.valueOf(figure);
    BigInteger before = BigInteger.valueOf(prior);
    return new Sums(
        1, now, now.multiply(now), before, before.multiply(before), now.multiply(before));
  }

  /** These and those. */
  public Sums plus(Sums other) {
    return new Sums(
        count + other.count,
        sum.add(other.sum),
        squares.add(other.squares),
        priorSum.add(other.priorSum),
        priorSquares.add(other.priorSquares),
        products.add(other.products));
  }

  /** These without those. */
  public Sums minus(Sums other) {
    return new Sums(
        count - other.count,
        sum.subtract(other.sum),
        squares.subtract(other.squares),
        priorSum.subtract(other.priorSum),
        priorSquares.subtract(other.priorSquares),
        products.subtract(other.products));
  }

  /** Means and squared deviations, rounded once from the exact sums. */
  public Moments moments() {
    if (count <= 0) {
      return Moments.EMPTY;
    }
    return new Moments(
        count,
        mean(sum),
        deviations(squares, sum, sum),
        mean(priorSum),
        deviations(priorSquares, priorSum, priorSum),
        deviations(products, sum, priorSum));
  }

  private double mean(BigInteger of) {
    return of.doubleValue() / count / Metric.WHOLE;
  }

  private double deviations(BigInteger ofProducts, BigInteger left, BigInteger right) {
    BigInteger times =
        ofProducts.multiply(BigInteger.valueOf(count)).subtract(left.multiply(right));
    return times.doubleValue() / count / Metric.WHOLE / Metric.WHOLE;
  }
}
