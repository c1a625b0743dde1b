package io.cosmichub.fanout;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * How many pages a chart has, and how far a round over them has come.
 *
 * @param pageCount the pages, numbered from 0; all but the last are full
 * @param next the page that the round visits next
 * @param remaining how many pages it still visits, circularly; 0 if none is in progress
 */
public record FanOutCursor(int pageCount, int next, int remaining) {
  // Layout v1: version | varint page count | varint next | varint remaining.
  private static final int VERSION = 1;

  /** No member, no round. */
  public static final FanOutCursor EMPTY = new FanOutCursor(0, 0, 0);

  /** Refuses a cursor that points beyond its pages. */
  public FanOutCursor {
    if (pageCount < 0
        || next < 0
        || next >= Math.max(1, pageCount)
        || remaining < 0
        || remaining > pageCount) {
      throw new IllegalArgumentException("a fan-out cursor points beyond its pages");
    }
  }

  /** Whether a round is in progress. */
  public boolean inRound() {
    return remaining > 0;
  }

  /** Whether the chart has no members. */
  public boolean isEmpty() {
    return pageCount == 0;
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 16);
    out.putVarLong(pageCount);
    out.putVarLong(next);
    out.putVarLong(remaining);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static FanOutCursor fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("FanOutCursor", bytes, VERSION);
    int pageCount = in.getVarInt(0, Integer.MAX_VALUE);
    int next = in.getVarInt(0, Integer.MAX_VALUE);
    int remaining = in.getVarInt(0, Integer.MAX_VALUE);
    in.end();
    return new FanOutCursor(pageCount, next, remaining);
  }
}
