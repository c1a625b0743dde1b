package io.cosmichub.pipeline;

import io.cosmichub.population.window.PaneClock;
import io.cosmichub.streaming.population.PatternConfig;
import io.cosmichub.streaming.population.PopulationConfig;
import java.time.Duration;
import java.util.List;

/** What is kept of the population. */
public record PopulationOptions(
    boolean enabled,
    Duration window,
    Duration slidingWindow,
    Duration allowedLateness,
    int people,
    int cohorts,
    int trailing,
    double falseDiscoveries,
    int insights,
    PatternOptions patterns) {

  static final Option<Boolean> ENABLED =
      Option.of(
          "cosmichub.population.enabled",
          ValueType.SWITCH,
          "true",
          "Whether figures of the population are kept and published.");

  static final Option<Duration> WINDOW =
      Option.of(
          "cosmichub.population.window",
          ValueType.DURATION_TYPE,
          "1h",
          "How long a tumbling window of event time is; 15min to 7d. Under another length, what is"
              + " trending starts to be known anew.");

  static final Option<Duration> SLIDING_WINDOW =
      Option.of(
          "cosmichub.population.sliding-window",
          ValueType.DURATION_TYPE,
          "24h",
          "How long the sliding windows are, one of which ends with each tumbling one: a multiple"
              + " of these, at most 1,000; `0ms`: none.");

  static final Option<Duration> ALLOWED_LATENESS =
      Option.of(
          "cosmichub.population.allowed-lateness",
          ValueType.DURATION_TYPE,
          "1min",
          "How long after its end a window takes what belongs to it; then it is published, once.");

  static final Option<Integer> PEOPLE =
      Option.of(
          "cosmichub.population.people",
          ValueType.INTEGER,
          "20",
          "On how many people every published figure rests at least; 2 to 64.");

  static final Option<Integer> COHORTS =
      Option.of(
          "cosmichub.population.cohorts",
          ValueType.INTEGER,
          "20",
          "Of how many cohorts that charts name, beside `everyone`, figures and patterns are kept:"
              + " of the first that come, for good; 1 to 1000. What belongs to others is counted in"
              + " `population_cohorts_left_out`.");

  static final Option<Integer> TRAILING =
      Option.of(
          "cosmichub.population.trailing-windows",
          ValueType.INTEGER,
          "24",
          "With how many windows before it a figure is compared; 8 to 1000.");

  static final Option<Double> FALSE_DISCOVERIES =
      Option.of(
          "cosmichub.population.false-discoveries",
          ValueType.FRACTION,
          "0.05",
          "The share of what is called trending that may be chance; above 0 and below 1.");

  static final Option<Integer> INSIGHTS =
      Option.of(
          "cosmichub.population.insights",
          ValueType.INTEGER,
          "5",
          "How many sentences about a window are published at most; 0 or more.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL =
      List.of(
          ENABLED,
          WINDOW,
          SLIDING_WINDOW,
          ALLOWED_LATENESS,
          PEOPLE,
          COHORTS,
          TRAILING,
          FALSE_DISCOVERIES,
          INSIGHTS);

  static final Duration SHORTEST = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofDays(7);
  private static final int MOST_WINDOWS = 1_000;
  private static final int MOST_COHORTS = 1_000;

  /** Checks each value. */
  public PopulationOptions {
    WINDOW.require(
        window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0,
        window,
        SHORTEST + " to " + LONGEST);
    SLIDING_WINDOW.require(
        slidingWindow.toMillis() % window.toMillis() == 0
            && slidingWindow.dividedBy(window) <= MOST_WINDOWS,
        slidingWindow,
        "a multiple of "
            + WINDOW.key()
            + ", "
            + window
            + ", and at most "
            + MOST_WINDOWS
            + " of them");
    ALLOWED_LATENESS.require(
        allowedLateness.compareTo(LONGEST) <= 0, allowedLateness, "at most " + LONGEST);
    PEOPLE.require(people >= 2 && people <= 64, people, "2 to 64");
    COHORTS.require(cohorts >= 1 && cohorts <= MOST_COHORTS, cohorts, "1 to " + MOST_COHORTS);
    TRAILING.require(trailing >= 8 && trailing <= MOST_WINDOWS, trailing, "8 to " + MOST_WINDOWS);
    FALSE_DISCOVERIES.require(
        falseDiscoveries > 0 && falseDiscoveries < 1, falseDiscoveries, "above 0 and below 1");
    INSIGHTS.require(insights >= 0, insights, "0 or more");
  }

  /** What this means to the step of the figures. */
  PopulationConfig windows() {
    return new PopulationConfig(
        new PaneClock(window.toMillis(), allowedLateness.toMillis()),
        slidingWindow.toMillis(),
        people,
        trailing,
        falseDiscoveries,
        insights);
  }

  /** What this means to the steps of the patterns. */
  PatternConfig samples() {
    return new PatternConfig(
        new PaneClock(patterns.window().toMillis(), allowedLateness.toMillis()),
        people,
        patterns.most(),
        patterns.share(),
        patterns.size());
  }

  static PopulationOptions of(Settings settings) {
    return new PopulationOptions(
        settings.get(ENABLED),
        settings.get(WINDOW),
        settings.get(SLIDING_WINDOW),
        settings.get(ALLOWED_LATENESS),
        settings.get(PEOPLE),
        settings.get(COHORTS),
        settings.get(TRAILING),
        settings.get(FALSE_DISCOVERIES),
        settings.get(INSIGHTS),
        PatternOptions.of(settings));
  }
}
