package io.cosmichub.feedback;

import java.util.HashMap;
import java.util.Map;

/**
 * The sums of metrics of scores over the last while, so that harm that begins late is not lost in
 * what was sound for weeks: between one and two times {@link #HALF}, in two halves of which the
 * older goes when the newer is full.
 *
 * @param since when the newer half began, in epoch milliseconds
 * @param newer its sums by arm and metric
 * @param older the sums of the half before
 */
public record Lately(
    long since, Map<String, Map<String, Sums>> newer, Map<String, Map<String, Sums>> older) {

  /** How long a half is, in milliseconds. */
  public static final long HALF = 20_000;

  /** Nothing was measured. */
  public static final Lately NOTHING = new Lately(0, Map.of(), Map.of());

  /** Takes copies. */
  public Lately {
    newer = copy(newer);
    older = copy(older);
  }

  /** After what changes in the sums at a time in epoch milliseconds. */
  Lately with(Contribution contribution, long at) {
    Lately then = at(at);
    Map<String, Map<String, Sums>> after = new HashMap<>(then.newer);
    Map<String, Sums> sums = new HashMap<>(after.getOrDefault(contribution.arm(), Map.of()));
    sums.merge(contribution.metric(), contribution.change(), Sums::plus);
    after.put(contribution.arm(), sums);
    return new Lately(then.since, after, then.older);
  }

  /** The sums of an arm by metric, as they stand at a time. */
  Map<String, Sums> sums(String arm, long at) {
    Lately then = at(at);
    Map<String, Sums> sums = new HashMap<>(then.older.getOrDefault(arm, Map.of()));
    then.newer
        .getOrDefault(arm, Map.of())
        .forEach((key, each) -> sums.merge(key, each, Sums::plus));
    return sums;
  }

  private Lately at(long time) {
    if (time - since < HALF) {
      return this;
    }
    return time - since < 2 * HALF
        ? new Lately(since + HALF, Map.of(), newer)
        : new Lately(time, Map.of(), Map.of());
  }

  private static Map<String, Map<String, Sums>> copy(Map<String, Map<String, Sums>> arms) {
    Map<String, Map<String, Sums>> copies = new HashMap<>();
    arms.forEach((arm, sums) -> copies.put(arm, Map.copyOf(sums)));
    return Map.copyOf(copies);
  }
}
