package io.cosmichub.chart;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * What stays of an erased chart for a while, so that a late move does not bring it back. It may be
 * forgotten once the time has come and no fan-out round is in progress: after it the lives of the
 * chart are counted from 1 again, which a pair that has not heard of the erasure would take for the
 * life it knows.
 *
 * @param life the life that was erased; 0 if nothing was known
 * @param until epoch milliseconds when this may be forgotten
 */
public record ErasedMark(int life, long until) {
  // Layout v1: version | varint life | zig-zag until.
  private static final int VERSION = 1;

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 16);
    out.putVarLong(life);
    out.putZigZag(until);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static ErasedMark fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("ErasedMark", bytes, VERSION);
    int life = in.getVarInt(0, Integer.MAX_VALUE);
    long until = in.getZigZag();
    in.end();
    return new ErasedMark(life, until);
  }
}
