package io.cosmichub.kernels.cuda;

import io.cosmichub.chart.Body;
import io.cosmichub.kernels.ChartBlock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of one call: pair p has chart {@code firstA + advance · p} of A and {@code firstB + p}
 * of B.
 *
 * @param a charts of A
 * @param firstA the chart of A in the first pair
 * @param advance 1, or 0 for one chart against many
 * @param b charts of B
 * @param firstB the chart of B in the first pair
 * @param moved which bodies of either side moved; null for all of every pair
 * @param count how many pairs
 */
record Pairs(
    ChartBlock a,
    int firstA,
    int advance,
    ChartBlock b,
    int firstB,
    @Nullable Moved moved,
    int count) {

  /** The bytes of a chart on the device. */
  static final int LINE = Integer.BYTES * Body.COUNT;

  /** What one pair takes on its way to the device, at most. */
  static final int MOST_BYTES = 2 * LINE + 2 * Character.BYTES;

  /**
   * The masks of moved bodies, by number of the chart of B.
   *
   * @param a of A
   * @param b of B
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Moved(char[] a, char[] b) {}

  int linesOfA(int pairs) {
    return advance == 0 ? 1 : pairs;
  }

  /** The bytes of a chunk: its charts of A, those of B, then the masks of A and of B. */
  int bytes(int pairs) {
    return atMovedOfB(pairs) + (moved == null ? 0 : Character.BYTES * pairs);
  }

  int atB(int pairs) {
    return LINE * linesOfA(pairs);
  }

  int atMovedOfA(int pairs) {
    return atB(pairs) + LINE * pairs;
  }

  int atMovedOfB(int pairs) {
    return atMovedOfA(pairs) + (moved == null ? 0 : Character.BYTES * pairs);
  }

  /** Copies {@code pairs} pairs from {@code first} on to the start of {@code to}. */
  void copy(int first, int pairs, ByteBuffer to) {
    int ofA = firstA + advance * first;
    int ofB = firstB + first;
    a.copy(ofA, ofA + linesOfA(pairs), to.position(0).asIntBuffer());
    b.copy(ofB, ofB + pairs, to.position(atB(pairs)).asIntBuffer());
    if (moved != null) {
      to.position(atMovedOfA(pairs)).asCharBuffer().put(moved.a(), ofB, pairs);
      to.position(atMovedOfB(pairs)).asCharBuffer().put(moved.b(), ofB, pairs);
    }
  }
}
