package io.cosmichub.pair;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a pair's aspects: not the aspects, which follow from the two charts that come
 * with every piece of work.
 *
 * @param sequence the number of deltas of this life
 * @param policyId the policy that was used
 * @param scoredBy who scored what was published last: empty if the rules alone did, outside of any
 *     experiment
 * @param inArm how it was served there; null outside of any experiment
 */
public record PairAspectsRecord(
    long sequence, String policyId, String scoredBy, @Nullable Served inArm) {
  // Layout v1: version | varint sequence | string policy; a string is its length as a varint and
  // UTF-8. Layout v2, written only where it is not empty: the same | string scored by. Layout v3,
  // written only in an experiment: the same | string model | 8 bytes score | string experiment |
  // string arm.
  private static final int BY_RULES = 1;
  private static final int BY_OTHERS = 2;
  private static final int IN_EXPERIMENT = 3;

  /** A pair that the rules alone scored. */
  public PairAspectsRecord(long sequence, String policyId) {
    this(sequence, policyId, "", null);
  }

  /** The same, scored so outside of any experiment. */
  public PairAspectsRecord scoredBy(String other) {
    return scoredBy(other, null);
  }

  /** The same, scored so; {@code served} counts where it is in an experiment. */
  public PairAspectsRecord scoredBy(String other, @Nullable Served served) {
    Served kept = served != null && served.inExperiment() ? served : null;
    return other.equals(scoredBy) && Objects.equals(kept, inArm)
        ? this
        : new PairAspectsRecord(sequence, policyId, other, kept);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    Served served = inArm;
    int version = served != null ? IN_EXPERIMENT : scoredBy.isEmpty() ? BY_RULES : BY_OTHERS;
    LayoutWriter out = new LayoutWriter(version, 48);
    out.putVarLong(sequence);
    out.putString(policyId);
    if (version >= BY_OTHERS) {
      out.putString(scoredBy);
    }
    if (served != null) {
      out.putString(served.model());
      long score = Double.doubleToLongBits(served.score());
      out.putInt((int) (score >>> Integer.SIZE));
      out.putInt((int) score);
      out.putString(served.experiment());
      out.putString(served.arm());
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static PairAspectsRecord fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("PairAspectsRecord", bytes, BY_RULES, IN_EXPERIMENT);
    PairAspectsRecord record =
        new PairAspectsRecord(
            in.getVarLong(),
            in.getString(),
            in.version() >= BY_OTHERS ? in.getString() : "",
            in.version() == IN_EXPERIMENT ? readServed(in) : null);
    in.end();
    return record;
  }

  private static Served readServed(LayoutReader in) {
    String model = in.getString();
    long score = (long) in.getInt() << Integer.SIZE | (in.getInt() & 0xFFFF_FFFFL);
    return new Served(model, Double.longBitsToDouble(score), in.getString(), in.getString());
  }
}
