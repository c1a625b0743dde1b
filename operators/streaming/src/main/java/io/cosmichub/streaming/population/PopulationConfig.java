package io.cosmichub.streaming.population;

import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.trend.FalseDiscovery;
import io.cosmichub.population.trend.TrendPlan;
import io.cosmichub.population.window.PaneClock;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What {@link PopulationFunction} is told.
 *
 * @param clock the tumbling windows
 * @param slidingMillis how long the sliding windows are, one of which ends with each tumbling one;
 *     0: there are none
 * @param people on how many people a published figure rests at least
 * @param trailing with how many windows before it a figure is compared
 * @param falseDiscoveries the share of what is flagged that may be chance
 * @param insights how many sentences a window has at most
 */
public record PopulationConfig(
    PaneClock clock,
    long slidingMillis,
    int people,
    int trailing,
    double falseDiscoveries,
    int insights)
    implements Serializable {

  /** {@link IllegalArgumentException} where values do not go together. */
  public PopulationConfig {
    Objects.requireNonNull(clock, "clock");
    if (slidingMillis < 0 || slidingMillis % clock.size() != 0) {
      throw new IllegalArgumentException("a sliding window is some tumbling ones");
    }
  }

  TrendPlan plan() {
    return TrendPlan.of(Duration.ofMillis(clock.size()), trailing);
  }

  Anonymity anonymity() {
    return new Anonymity(people);
  }

  FalseDiscovery discovery() {
    return new FalseDiscovery(falseDiscoveries, FalseDiscovery.Dependence.ANY);
  }
}
