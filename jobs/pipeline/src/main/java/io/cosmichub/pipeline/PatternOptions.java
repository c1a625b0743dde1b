package io.cosmichub.pipeline;

import java.time.Duration;
import java.util.List;

/** Which patterns are looked for, and in what. */
public record PatternOptions(int most, Duration window, double share, int size) {

  static final Option<Integer> PATTERNS =
      Option.of(
          "cosmichub.population.patterns",
          ValueType.INTEGER,
          "20",
          "How many patterns among pairs, and as many among high scorers, are published of a window"
              + " at most; 0 to 1000, 0: neither patterns nor named figures are looked for.");

  static final Option<Duration> WINDOW =
      Option.of(
          "cosmichub.population.pattern-window",
          ValueType.DURATION_TYPE,
          "24h",
          "How long the windows are at whose ends patterns and named figures are published; 15min"
              + " to 7d.");

  static final Option<Double> SAMPLE_SHARE =
      Option.of(
          "cosmichub.population.sample-share",
          ValueType.FRACTION,
          "0.1",
          "The share of pairs, and of charts, by the hashes of their ids, from which patterns and"
              + " named figures are told; above 0 and up to 1.");

  static final Option<Integer> SAMPLE_SIZE =
      Option.of(
          "cosmichub.population.sample-size",
          ValueType.INTEGER,
          "20000",
          "How many pairs, and how many charts, that sample holds at most; then it is halved. 100"
              + " to 100000.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(PATTERNS, WINDOW, SAMPLE_SHARE, SAMPLE_SIZE);

  private static final int MOST = 1_000;
  private static final int SMALLEST = 100;
  private static final int LARGEST = 100_000;

  /** Checks each value. */
  public PatternOptions {
    PATTERNS.require(most >= 0 && most <= MOST, most, "0 to " + MOST);
    WINDOW.require(
        window.compareTo(PopulationOptions.SHORTEST) >= 0
            && window.compareTo(PopulationOptions.LONGEST) <= 0,
        window,
        PopulationOptions.SHORTEST + " to " + PopulationOptions.LONGEST);
    SAMPLE_SHARE.require(share > 0 && share <= 1, share, "above 0 and up to 1");
    SAMPLE_SIZE.require(size >= SMALLEST && size <= LARGEST, size, SMALLEST + " to " + LARGEST);
  }

  static PatternOptions of(Settings settings) {
    return new PatternOptions(
        settings.get(PATTERNS),
        settings.get(WINDOW),
        settings.get(SAMPLE_SHARE),
        settings.get(SAMPLE_SIZE));
  }
}
