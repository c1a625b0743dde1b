package io.cosmichub.feedback;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many units of each arm said something in the last hour, by the clock at which that came in: a
 * drop may have begun in any slot of it. A unit counts once within {@link #ONCE}.
 *
 * @param slot the number of the newest slot
 * @param units by arm how many there are in each of {@link #SLOTS} slots, the newest first
 */
public record Voices(long slot, Map<String, List<Integer>> units) {

  /** How long a slot is, in milliseconds. */
  public static final long SLOT = 10_000;

  /** How many slots are kept. */
  public static final int SLOTS = 360;

  /** What was said longer ago than this when it comes in is not of late, in milliseconds. */
  public static final long FRESH = 1_800_000;

  /**
   * What a unit says within so many milliseconds of something else counts no more: within the hour
   * that is kept, whatever is fresh is closer together than that.
   */
  public static final long ONCE = SLOT * SLOTS + 2 * FRESH;

  /** Nobody said anything. */
  public static final Voices NONE = new Voices(0, Map.of());

  private static final List<Integer> NOBODY = Collections.nCopies(SLOTS, 0);

  /** Takes copies. */
  public Voices {
    Map<String, List<Integer>> copies = new HashMap<>();
    units.forEach((arm, counts) -> copies.put(arm, List.copyOf(counts)));
    units = Map.copyOf(copies);
  }

  /** After a unit of an arm said something that came in at a time in epoch milliseconds. */
  Voices with(String arm, long at) {
    Voices then = at(at);
    List<Integer> counts = new ArrayList<>(then.units.getOrDefault(arm, NOBODY));
    counts.set(0, counts.get(0) + 1);
    Map<String, List<Integer>> after = new HashMap<>(then.units);
    after.put(arm, counts);
    return new Voices(then.slot, after);
  }

  /** Of an arm, how many there are since each slot began, the newest first, as of a time. */
  List<Long> since(String arm, long at) {
    List<Long> sums = new ArrayList<>(SLOTS);
    long sum = 0;
    for (int count : at(at).units.getOrDefault(arm, NOBODY)) {
      sum += count;
      sums.add(sum);
    }
    return sums;
  }

  private Voices at(long time) {
    long now = Math.floorDiv(time, SLOT);
    if (now <= slot) {
      return this;
    }
    int passed = (int) Math.min(SLOTS, now - slot);
    Map<String, List<Integer>> after = new HashMap<>();
    if (passed < SLOTS) {
      units.forEach(
          (arm, counts) -> {
            List<Integer> moved = new ArrayList<>(Collections.nCopies(passed, 0));
            moved.addAll(counts.subList(0, SLOTS - passed));
            after.put(arm, moved);
          });
    }
    return new Voices(now, after);
  }
}
