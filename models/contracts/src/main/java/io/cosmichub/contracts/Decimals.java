package io.cosmichub.contracts;

/** Micro-degrees as the wire has them: degrees, exactly. */
final class Decimals {
  private static final int PER_DEGREE = 1_000_000;
  private static final double PER_DEGREE_AS_DOUBLE = PER_DEGREE;
  private static final int DECIMALS = 6;

  private Decimals() {}

  /** The double nearest to the decimal, which rounds back to the same micro-degrees. */
  static double degrees(int microDegrees) {
    return microDegrees / PER_DEGREE_AS_DOUBLE;
  }

  /**
   * The micro-degrees nearest to a number of degrees; {@link IllegalArgumentException} if they do
   * not fit an int.
   */
  static int microDegrees(double degrees) {
    double microDegrees = Math.rint(degrees * PER_DEGREE);
    if (!(Math.abs(microDegrees) <= Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("an arc is not a number of degrees");
    }
    return (int) microDegrees;
  }

  /**
   * Writes a JSON number with as many decimals as it needs, at most six: {@code 1.234567}, {@code
   * 7.9}, {@code -30}.
   */
  static void write(int microDegrees, ByteSink out) {
    long magnitude = Math.abs((long) microDegrees);
    if (microDegrees < 0) {
      out.put('-');
    }
    out.putDigits(magnitude / PER_DEGREE, 1);
    long fraction = magnitude % PER_DEGREE;
    if (fraction != 0) {
      out.put('.');
      out.putDigits(fraction, DECIMALS);
      out.dropTrailing('0');
    }
  }
}
