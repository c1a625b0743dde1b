package io.cosmichub.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Appends the fields of a versioned byte layout: fixed-width values big-endian, varints in groups
 * of seven bits with the lowest first. Grows as needed; not thread-safe.
 */
public final class LayoutWriter {
  private byte[] bytes;
  private int size;

  /** Starts a layout whose first byte is {@code version} (0 to 255). */
  public LayoutWriter(int version, int expectedSize) {
    bytes = new byte[Math.max(16, expectedSize)];
    putByte(version);
  }

  /** Appends the low eight bits. */
  public void putByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Appends the low sixteen bits. */
  public void putShort(int value) {
    reserve(2);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  /** Appends four bytes. */
  public void putInt(int value) {
    reserve(4);
    bytes[size++] = (byte) (value >>> 24);
    bytes[size++] = (byte) (value >>> 16);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
  }

  /** Appends a long in one to ten bytes, small non-negative values in few. */
  public void putVarLong(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Appends a long in one to ten bytes, values of small magnitude and either sign in few. */
  public void putZigZag(long value) {
    putVarLong((value << 1) ^ (value >> 63));
  }

  /** Appends the length in bytes as a varint, then the UTF-8 bytes. */
  public void putString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    putVarLong(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  /** Appends the length as a varint, then the bytes. */
  public void putBytes(byte[] value) {
    putVarLong(value.length);
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** The bytes written so far, as a copy. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
