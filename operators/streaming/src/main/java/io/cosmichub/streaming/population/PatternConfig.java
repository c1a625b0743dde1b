package io.cosmichub.streaming.population;

import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.window.PaneClock;
import java.io.Serializable;
import java.util.Objects;

/**
 * What {@link SampleOperator} and {@link PatternsFunction} are told.
 *
 * @param clock the windows at whose ends patterns are published
 * @param people on how many people a published pattern rests at least
 * @param most how many patterns of a group are published at most
 * @param share the share of pairs, and of charts, that a sample takes at most
 * @param size how many pairs, and how many charts, a sample holds at most
 */
public record PatternConfig(PaneClock clock, int people, int most, double share, int size)
    implements Serializable {

  /** {@link IllegalArgumentException} where a sample would be empty. */
  public PatternConfig {
    Objects.requireNonNull(clock, "clock");
    if (size < 1) {
      throw new IllegalArgumentException("a sample holds something");
    }
  }

  Anonymity anonymity() {
    return new Anonymity(people);
  }

  SampleShare sample() {
    return SampleShare.of(share);
  }
}
