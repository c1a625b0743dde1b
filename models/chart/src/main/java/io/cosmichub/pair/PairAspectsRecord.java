package io.cosmichub.pair;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;

/**
 * All that is kept of a pair's aspects.
 *
 * @param aspects the full set
 * @param sequence the number of deltas of this life
 * @param revisionA the published revision of A that the set describes
 * @param revisionB the published revision of B
 * @param chartA the chart on side A
 * @param chartB the chart on side B
 * @param policyId the policy that the set was computed with
 */
public record PairAspectsRecord(
    AspectSet aspects,
    long sequence,
    long revisionA,
    long revisionB,
    String chartA,
    String chartB,
    String policyId) {
  // Layout v1: version | varint sequence | varint revision A + 1 | varint revision B + 1 |
  // string chart A | string chart B | string policy | varint length and bytes of the AspectSet.
  private static final int VERSION = 1;

  /** The versioned bytes. */
  public byte[] toBytes() {
    byte[] set = aspects.toBytes();
    LayoutWriter out = new LayoutWriter(VERSION, set.length + 96);
    out.putVarLong(sequence);
    out.putVarLong(revisionA + 1);
    out.putVarLong(revisionB + 1);
    out.putString(chartA);
    out.putString(chartB);
    out.putString(policyId);
    out.putBytes(set);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static PairAspectsRecord fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("PairAspectsRecord", bytes, VERSION);
    long sequence = in.getVarLong();
    long revisionA = in.getVarLong() - 1;
    long revisionB = in.getVarLong() - 1;
    String chartA = in.getString();
    String chartB = in.getString();
    String policyId = in.getString();
    AspectSet aspects = AspectSet.fromBytes(in.getBytes());
    in.end();
    return new PairAspectsRecord(aspects, sequence, revisionA, revisionB, chartA, chartB, policyId);
  }
}
