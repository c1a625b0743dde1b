package io.cosmichub.contracts;

import java.util.Arrays;

/** Bytes that grow as they are written; cleared and used again from message to message. */
final class ByteSink {
  private byte[] bytes = new byte[4096];
  private int length;

  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  void put(byte[] piece) {
    reserve(piece.length);
    System.arraycopy(piece, 0, bytes, length, piece.length);
    length += piece.length;
  }

  void put(int oneByte) {
    reserve(1);
    bytes[length++] = (byte) oneByte;
  }

  /** A 64-bit word, least significant byte first. */
  void putLittleEndian(long word) {
    reserve(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[length++] = (byte) (word >>> (8 * i));
    }
  }

  /**
   * The decimal digits of a number that is not negative, with zeros before it up to {@code width}.
   */
  void putDigits(long number, int width) {
    int digits = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      digits++;
    }
    digits = Math.max(digits, width);
    reserve(digits);
    long rest = number;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /** Takes back what the bytes end in. */
  void dropTrailing(int oneByte) {
    while (length > 0 && bytes[length - 1] == oneByte) {
      length--;
    }
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
