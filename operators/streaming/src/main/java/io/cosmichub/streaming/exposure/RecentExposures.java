package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.Choice;
import io.cosmichub.serving.Exposure;
import org.jspecify.annotations.Nullable;

/**
 * Keeps most exposures that were told already from being told again; whoever gets them drops the
 * rest. One place a hash, so it is of a fixed size and forgets by overwriting. Of one task thread.
 */
public final class RecentExposures {

  private static final int PLACES = 1 << 13;

  private final @Nullable Exposure[] recent = new @Nullable Exposure[PLACES];

  /** The exposure of a pair that was scored by a choice; null if it was told a short while ago. */
  public @Nullable Exposure exposure(Choice choice, String pairId, String chartA, long at) {
    String unit = choice.unit(pairId, chartA);
    int place = (31 * unit.hashCode() + choice.experiment().hashCode()) & PLACES - 1;
    Exposure before = recent[place];
    if (before != null
        && before.day() == Exposure.day(at)
        && before.unit().equals(unit)
        && before.terms().version() == choice.terms().version()
        && before.experiment().equals(choice.experiment())) {
      return null;
    }
    Exposure now = new Exposure(unit, choice.experiment(), choice.arm(), at, choice.terms());
    recent[place] = now;
    return now;
  }
}
