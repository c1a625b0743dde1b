package io.cosmichub.contracts;

import java.util.List;

/**
 * The names of the topics. What each is for, and how it is kept, stands in {@link TopicCatalog}.
 */
public final class Topics {
  public static final String CHART_UPDATES = "cosmichub.chart.updates.v1";
  public static final String CHART_MOVES = "cosmichub.chart.moves.v1";
  public static final String PAIR_WATCHES = "cosmichub.pair.watches.v1";
  public static final String PAIR_FEEDBACK = "cosmichub.pair.feedback.v1";
  public static final String CONTROL = "cosmichub.control.v1";
  public static final String SYNASTRY_LIVE = "cosmichub.synastry.live.v1";
  public static final String SYNASTRY_DELTAS = "cosmichub.synastry.deltas.v1";
  public static final String SYNASTRY_ASPECTS = "cosmichub.synastry.aspects.v1";
  public static final String SYNASTRY_SCORES = "cosmichub.synastry.scores.v1";
  public static final String CHART_MATCHES = "cosmichub.chart.matches.v1";
  public static final String POPULATION_TRENDS = "cosmichub.population.trends.v1";
  public static final String POPULATION_PATTERNS = "cosmichub.population.patterns.v1";
  public static final String POPULATION_LATE = "cosmichub.population.late.v1";
  public static final String POPULATION_SCANS = "cosmichub.population.scans.v1";
  public static final String POPULATION_MATCHES = "cosmichub.population.matches.v1";

  public static final String EXPERIMENT_EXPOSURES = "cosmichub.experiment.exposures.v1";
  public static final String EXPERIMENT_RESULTS = "cosmichub.experiment.results.v1";

  /** What the topic of refused records is called: the input topic and this. */
  public static final String DEAD_LETTER_SUFFIX = ".dlq";

  private static final List<String> INPUTS =
      List.of(CHART_UPDATES, CHART_MOVES, PAIR_WATCHES, PAIR_FEEDBACK, CONTROL);
  private static final List<String> OUTPUTS =
      List.of(
          SYNASTRY_LIVE,
          SYNASTRY_DELTAS,
          SYNASTRY_ASPECTS,
          SYNASTRY_SCORES,
          CHART_MATCHES,
          POPULATION_TRENDS,
          POPULATION_PATTERNS,
          POPULATION_LATE,
          POPULATION_SCANS,
          POPULATION_MATCHES,
          EXPERIMENT_EXPOSURES,
          EXPERIMENT_RESULTS);

  private Topics() {}

  /** The topics that producers write to. */
  public static List<String> inputs() {
    return INPUTS;
  }

  /** The topics that consumers read, dead letters aside. */
  public static List<String> outputs() {
    return OUTPUTS;
  }

  /** Where refused records of {@code inputTopic} go. */
  public static String deadLetters(String inputTopic) {
    return inputTopic + DEAD_LETTER_SUFFIX;
  }
}
