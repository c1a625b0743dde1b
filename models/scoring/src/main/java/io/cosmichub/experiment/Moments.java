package io.cosmichub.experiment;

/**
 * Count, mean and spread of a metric and of what was known of the units before; mergeable, so that
 * every shard may keep its own.
 *
 * @param count how many units
 * @param mean the mean of the metric
 * @param squares the sum of squared deviations of the metric
 * @param priorMean the mean of the units' earlier figure, 0 where there is none
 * @param priorSquares the sum of its squared deviations
 * @param products the sum of products of both deviations
 */
public record Moments(
    long count,
    double mean,
    double squares,
    double priorMean,
    double priorSquares,
    double products) {

  /** Nobody yet. */
  public static final Moments EMPTY = new Moments(0, 0, 0, 0, 0, 0);

  /** These and one unit of which nothing is known before. */
  public Moments with(double value) {
    return with(value, 0);
  }

  /** These and one unit with its earlier figure. */
  public Moments with(double value, double prior) {
    return merge(new Moments(1, value, 0, prior, 0, 0));
  }

  /** These and those, which have no unit in common. */
  public Moments merge(Moments other) {
    if (count == 0) {
      return other;
    }
    if (other.count == 0) {
      return this;
    }
    long total = count + other.count;
    double delta = other.mean - mean;
    double priorDelta = other.priorMean - priorMean;
    double weight = (double) count * other.count / total;
    double part = (double) other.count / total;
    return new Moments(
        total,
        mean + delta * part,
        squares + other.squares + delta * delta * weight,
        priorMean + priorDelta * part,
        priorSquares + other.priorSquares + priorDelta * priorDelta * weight,
        products + other.products + delta * priorDelta * weight);
  }

  /** The variance of the metric; 0 for fewer than two units. */
  public double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }

  /**
   * The variance that is left of the metric after {@code slope} times the earlier figure is taken
   * off.
   */
  double varianceLeft(double slope) {
    double left = squares - 2 * slope * products + slope * slope * priorSquares;
    return count < 2 ? 0 : Math.max(0, left) / (count - 1);
  }
}
