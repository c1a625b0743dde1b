package io.cosmichub.population.sample;

import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * Which ids are in a sample: those whose hash is below a limit, so that every task takes the same
 * ones, and a smaller share is a part of a larger one.
 *
 * @param limit the first hash that is not in it; hashes are 0 or more
 */
public record SampleShare(long limit) {

  /** {@link IllegalArgumentException} if nobody could be in it. */
  public SampleShare {
    if (limit < 1) {
      throw new IllegalArgumentException("a sample takes somebody");
    }
  }

  /** A share above 0 and up to 1; {@link IllegalArgumentException} otherwise. */
  public static SampleShare of(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is above 0 and up to 1, not " + share);
    }
    return new SampleShare(Math.max(1, (long) (share * Long.MAX_VALUE)));
  }

  /** The hash of an id, which stands for it in a sample; 0 or more. */
  public static long hash(String id) {
    byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
    return utf8.length == 0 ? 0 : MurmurHash3.hash(utf8, 0)[0] >>> 1;
  }

  /** Whether an id of this hash is in the sample. */
  public boolean takes(long hash) {
    return hash < limit;
  }

  /** Half of it. */
  public SampleShare half() {
    return new SampleShare(Math.max(1, limit / 2));
  }

  /** The share of all ids that it takes on average. */
  public double share() {
    return (double) limit / Long.MAX_VALUE;
  }
}
