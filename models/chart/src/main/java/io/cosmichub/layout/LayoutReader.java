package io.cosmichub.layout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link LayoutWriter} wrote. Every method throws {@link IllegalArgumentException} on an
 * unknown version, truncated bytes, or bytes left over; the message names the layout, never its
 * content. Not thread-safe.
 */
public final class LayoutReader {
  private final String layout;
  private final byte[] bytes;
  private final int version;
  private int next;

  /** Opens {@code bytes} of the named layout and checks that their version is {@code version}. */
  public LayoutReader(String layout, byte[] bytes, int version) {
    this(layout, bytes, version, version);
  }

  /** Opens bytes whose version, which {@link #version} tells, is one of several. */
  public LayoutReader(String layout, byte[] bytes, int oldest, int newest) {
    this.layout = layout;
    this.bytes = bytes;
    this.version = getByte();
    if (version < oldest || version > newest) {
      throw broken("unknown version " + version);
    }
  }

  /** The version of the bytes. */
  public int version() {
    return version;
  }

  /** The next byte, 0 to 255. */
  public int getByte() {
    require(1);
    return bytes[next++] & 0xFF;
  }

  /** The next sixteen bits, 0 to 65,535. */
  public int getShort() {
    require(2);
    int value = (bytes[next] & 0xFF) << 8 | (bytes[next + 1] & 0xFF);
    next += 2;
    return value;
  }

  /** The next four bytes. */
  public int getInt() {
    require(4);
    int value =
        bytes[next] << 24
            | (bytes[next + 1] & 0xFF) << 16
            | (bytes[next + 2] & 0xFF) << 8
            | (bytes[next + 3] & 0xFF);
    next += 4;
    return value;
  }

  /** The next varint. */
  public long getVarLong() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = getByte();
      value |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw broken("a varint is longer than ten bytes");
  }

  /** The next varint, which must lie in {@code min..max}. */
  public int getVarInt(int min, int max) {
    long value = getVarLong();
    if (value < min || value > max) {
      throw broken("a number is out of range");
    }
    return (int) value;
  }

  /** The next zig-zag varint. */
  public long getZigZag() {
    long value = getVarLong();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The next zig-zag varint, which must fit an int. */
  public int getZigZagInt() {
    long value = getZigZag();
    if (value != (int) value) {
      throw broken("a number is out of range");
    }
    return (int) value;
  }

  /** The next string. */
  public String getString() {
    int length = getLength();
    String value = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return value;
  }

  /** The next length-prefixed bytes, as a copy. */
  public byte[] getBytes() {
    int length = getLength();
    byte[] value = Arrays.copyOfRange(bytes, next, next + length);
    next += length;
    return value;
  }

  /** Checks that nothing is left over. */
  public void end() {
    if (next != bytes.length) {
      throw broken((bytes.length - next) + " bytes left over");
    }
  }

  /** An exception that names this layout and says what is wrong with its bytes. */
  public IllegalArgumentException broken(String what) {
    return new IllegalArgumentException(layout + " bytes: " + what);
  }

  private int getLength() {
    long length = getVarLong();
    if (length < 0 || length > bytes.length - next) {
      throw broken("truncated");
    }
    return (int) length;
  }

  private void require(int count) {
    if (bytes.length - next < count) {
      throw broken("truncated");
    }
  }
}
