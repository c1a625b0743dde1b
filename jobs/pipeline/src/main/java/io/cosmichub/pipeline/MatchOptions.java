package io.cosmichub.pipeline;

import io.cosmichub.streaming.aspect.AspectConfig;
import io.cosmichub.streaming.matches.MatchConfig;
import java.time.Duration;
import java.util.List;

/** Whether the best matches of charts are kept, and how. */
public record MatchOptions(int best, Duration every, int candidates) {

  static final Option<Integer> BEST =
      Option.of(
          "cosmichub.matches.best",
          ValueType.INTEGER,
          "10",
          "How many matches the list of a chart names at most; 0 to 100, 0: no lists are kept or"
              + " published, nor are they where `cosmichub.population.enabled` is false.");

  static final Option<Duration> EVERY =
      Option.of(
          "cosmichub.matches.every",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between two lists of a chart that changes, or whose list named a chart that was"
              + " erased; at least 100ms.");

  static final Option<Integer> CANDIDATES =
      Option.of(
          "cosmichub.matches.candidates",
          ValueType.INTEGER,
          "20000",
          "With how many charts a chart is compared: with all, or, where there are more, with those"
              + " whose ids have the lowest hashes; 100 to 100000.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(BEST, EVERY, CANDIDATES);

  private static final int MOST = 100;
  private static final Duration OFTENEST = Duration.ofMillis(100);
  private static final int FEWEST = 100;
  private static final int LARGEST = 100_000;

  /** Checks each value. */
  public MatchOptions {
    BEST.require(best >= 0 && best <= MOST, best, "0 to " + MOST);
    EVERY.require(every.compareTo(OFTENEST) >= 0, every, "at least " + OFTENEST);
    CANDIDATES.require(
        candidates >= FEWEST && candidates <= LARGEST, candidates, FEWEST + " to " + LARGEST);
  }

  /** What this means to the step of the matches, under a kernel. */
  MatchConfig config(AspectConfig aspects) {
    return new MatchConfig(
        best, every.toMillis(), candidates, aspects.kernel(), aspects.guard().kernel());
  }

  static MatchOptions of(Settings settings) {
    return new MatchOptions(settings.get(BEST), settings.get(EVERY), settings.get(CANDIDATES));
  }
}
