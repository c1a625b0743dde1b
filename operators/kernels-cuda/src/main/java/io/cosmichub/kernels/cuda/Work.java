package io.cosmichub.kernels.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What one launch works on, laid out as the device code's {@code struct Work}: the policy, then
 * addresses, then numbers. A test compares the offsets with those of the compiled code.
 */
final class Work {

  private static final int NUMBERS = PolicyTable.BYTES + Long.BYTES * At.values().length;

  /** How long the structure is. */
  static final int BYTES = NUMBERS + Integer.BYTES * Of.values().length;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());

  /** Work under a policy, all else zero. */
  Work(PolicyTable policy) {
    policy.copyTo(bytes);
  }

  /** Where the device finds or leaves something; 0 for nothing. */
  enum At {
    A(0),
    B(1),
    MOVED_A(2),
    MOVED_B(3),
    TOTAL(4),
    BASES(5),
    COUNTS(6),
    BITS(7),
    HITS(8),
    SCORES(9),
    PARTNERS(10),
    HISTOGRAM(11);

    private final int place;

    At(int place) {
      this.place = place;
    }

    int offset() {
      return PolicyTable.BYTES + Long.BYTES * place;
    }
  }

  /** A number. */
  enum Of {
    ADVANCE_A(0),
    PAIRS(1),
    CHARTS(2),
    FIRST_ROW(3),
    ROWS(4),
    COLUMNS_PER_SPLIT(5),
    SPLITS(6),
    BEST(7);

    private final int place;

    Of(int place) {
      this.place = place;
    }

    int offset() {
      return NUMBERS + Integer.BYTES * place;
    }
  }

  Work set(At what, long address) {
    bytes.putLong(what.offset(), address);
    return this;
  }

  Work set(Of what, int number) {
    bytes.putInt(what.offset(), number);
    return this;
  }

  /** The bytes of the structure; a direct buffer. */
  ByteBuffer bytes() {
    return bytes;
  }
}
