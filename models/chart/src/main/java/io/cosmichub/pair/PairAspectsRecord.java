package io.cosmichub.pair;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * All that is kept of a pair's aspects: not the aspects, which follow from the two charts that come
 * with every piece of work.
 *
 * @param sequence the number of deltas of this life
 * @param policyId the policy that was used
 */
public record PairAspectsRecord(long sequence, String policyId) {
  // Layout v1: version | varint sequence | string policy; a string is its length as a varint and
  // UTF-8.
  private static final int VERSION = 1;

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 32);
    out.putVarLong(sequence);
    out.putString(policyId);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static PairAspectsRecord fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("PairAspectsRecord", bytes, VERSION);
    PairAspectsRecord record = new PairAspectsRecord(in.getVarLong(), in.getString());
    in.end();
    return record;
  }
}
