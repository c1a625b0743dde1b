package io.cosmichub.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * Where the models lie that control records refer to, how fast a new one is taken up, and how often
 * it is told where experiments stand.
 */
public record ModelOptions(String folder, int rescoredPerSecond, Duration resultsEvery) {

  static final Option<String> FOLDER =
      Option.of(
          "cosmichub.models.folder",
          ValueType.TEXT,
          "none",
          "Folder, as a URI that Flink can read, below which models lie that control records refer "
              + "to; `none`: models come inline only.");

  static final Option<Integer> RESCORED_PER_SECOND =
      Option.of(
          "cosmichub.models.rescored-per-second",
          ValueType.INTEGER,
          "500",
          "Pairs of one subtask that are looked at a second, at most, when pairs in which nothing "
              + "moved are to be scored by another model; at least 1.");

  static final Option<Duration> RESULTS_EVERY =
      Option.of(
          "cosmichub.experiments.results-every",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between two results of an experiment whose figures change; at least 100ms.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(FOLDER, RESCORED_PER_SECOND, RESULTS_EVERY);

  private static final String NONE = "none";
  private static final Duration OFTENEST = Duration.ofMillis(100);

  /** Checks each value. */
  public ModelOptions {
    RESCORED_PER_SECOND.require(rescoredPerSecond >= 1, rescoredPerSecond, "at least 1");
    RESULTS_EVERY.require(
        resultsEvery.compareTo(OFTENEST) >= 0, resultsEvery, "at least " + OFTENEST);
  }

  static ModelOptions of(Settings settings) {
    return new ModelOptions(
        settings.get(FOLDER), settings.get(RESCORED_PER_SECOND), settings.get(RESULTS_EVERY));
  }

  /** The folder as a URI, empty if there is none. */
  public String uri() {
    return folder.equals(NONE) ? "" : folder;
  }
}
