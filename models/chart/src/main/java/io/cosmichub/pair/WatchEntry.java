package io.cosmichub.pair;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * A watch in force.
 *
 * @param chartA the chart on side A
 * @param chartB the chart on side B
 * @param revision the revision of the latest watch, or {@link PairWatch#NO_REVISION}
 * @param epoch when this combination of charts came into force; higher is later for one pair
 */
public record WatchEntry(String chartA, String chartB, long revision, long epoch) {
  // Layout v1: version | string chart A | string chart B | varint revision + 1 | zig-zag epoch;
  // a string is its length as a varint and UTF-8.
  private static final int VERSION = 1;

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 64);
    out.putString(chartA);
    out.putString(chartB);
    out.putVarLong(revision + 1);
    out.putZigZag(epoch);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static WatchEntry fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("WatchEntry", bytes, VERSION);
    String chartA = in.getString();
    String chartB = in.getString();
    long revision = in.getVarLong() - 1;
    long epoch = in.getZigZag();
    in.end();
    return new WatchEntry(chartA, chartB, revision, epoch);
  }
}
