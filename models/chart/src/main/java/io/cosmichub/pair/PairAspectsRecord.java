package io.cosmichub.pair;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * All that is kept of a pair's aspects: not the aspects, which follow from the two charts that come
 * with every piece of work.
 *
 * @param sequence the number of deltas of this life
 * @param policyId the policy that was used
 * @param scoredBy who scored what was published last: empty if the rules alone did, outside of any
 *     experiment
 */
public record PairAspectsRecord(long sequence, String policyId, String scoredBy) {
  // Layout v1: version | varint sequence | string policy; a string is its length as a varint and
  // UTF-8. Layout v2, written only where it is not empty: the same | string scored by.
  private static final int BY_RULES = 1;
  private static final int BY_OTHERS = 2;

  /** A pair that the rules alone scored. */
  public PairAspectsRecord(long sequence, String policyId) {
    this(sequence, policyId, "");
  }

  /** The same, scored so. */
  public PairAspectsRecord scoredBy(String other) {
    return other.equals(scoredBy) ? this : new PairAspectsRecord(sequence, policyId, other);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(scoredBy.isEmpty() ? BY_RULES : BY_OTHERS, 48);
    out.putVarLong(sequence);
    out.putString(policyId);
    if (!scoredBy.isEmpty()) {
      out.putString(scoredBy);
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static PairAspectsRecord fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("PairAspectsRecord", bytes, BY_RULES, BY_OTHERS);
    PairAspectsRecord record =
        new PairAspectsRecord(
            in.getVarLong(), in.getString(), in.version() == BY_OTHERS ? in.getString() : "");
    in.end();
    return record;
  }
}
