package io.cosmichub.contracts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow as they are written; cleared and used again from message to message. */
final class ByteSink {
  private static final int MAX_VARINT = 10;
  private static final VarHandle LITTLE_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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

  /** The bytes of {@code other}. */
  void put(ByteSink other) {
    reserve(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
  }

  /** A base-128 varint, the lowest seven bits first; a negative number takes ten bytes. */
  void putVarint(long number) {
    reserve(MAX_VARINT);
    long rest = number;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** The UTF-8 of a text, its length in bytes before it as a varint. */
  void putUtf8(String text) {
    int size = text.length();
    reserve(size + MAX_VARINT);
    int start = length;
    putVarint(size);
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        length = start;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        put(utf8);
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  void put(int oneByte) {
    reserve(1);
    bytes[length++] = (byte) oneByte;
  }

  /** A 64-bit word, least significant byte first. */
  void putLittleEndian(long word) {
    reserve(Long.BYTES);
    LITTLE_ENDIAN.set(bytes, length, word);
    length += Long.BYTES;
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
