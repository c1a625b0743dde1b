package io.cosmichub.pipeline;

import java.util.List;

/** The uid and name of every operator of the job. */
public final class OperatorIds {

  public static final OperatorId READ_CHART_UPDATES =
      new OperatorId("read-chart-updates", "Read chart updates");
  public static final OperatorId READ_CHART_MOVES =
      new OperatorId("read-chart-moves", "Read chart moves");
  public static final OperatorId READ_PAIR_WATCHES =
      new OperatorId("read-pair-watches", "Read pair watches");
  public static final OperatorId DECODE_CHART_UPDATES =
      new OperatorId("decode-chart-updates", "Decode chart updates");
  public static final OperatorId DECODE_CHART_MOVES =
      new OperatorId("decode-chart-moves", "Decode chart moves");
  public static final OperatorId DECODE_PAIR_WATCHES =
      new OperatorId("decode-pair-watches", "Decode pair watches");
  public static final OperatorId READ_CONTROL = new OperatorId("read-control", "Read control");
  public static final OperatorId DECODE_CONTROL =
      new OperatorId("decode-control", "Decode control");
  public static final OperatorId CONTROL = new OperatorId("control", "Control");
  public static final OperatorId PAIR_WATCHES = new OperatorId("pair-watches", "Pair watches");
  public static final OperatorId CHART_FAN_OUT = new OperatorId("chart-fan-out", "Chart fan-out");
  public static final OperatorId PAIR_CHARTS = new OperatorId("pair-charts", "Pair charts");
  public static final OperatorId ASPECTS = new OperatorId("aspects", "Aspects");
  public static final OperatorId PAIR_ASPECTS = new OperatorId("pair-aspects", "Pair aspects");
  public static final OperatorId EXPOSURES = new OperatorId("exposures", "Exposures");
  public static final OperatorId ENCODE_EXPOSURES =
      new OperatorId("encode-exposures", "Encode exposures");
  public static final OperatorId WRITE_EXPOSURES =
      new OperatorId("write-exposures", "Write exposures");
  public static final OperatorId READ_FEEDBACK = new OperatorId("read-feedback", "Read feedback");
  public static final OperatorId DECODE_FEEDBACK =
      new OperatorId("decode-feedback", "Decode feedback");
  public static final OperatorId FEEDBACK = new OperatorId("feedback", "Feedback");
  public static final OperatorId RESULTS = new OperatorId("results", "Results of experiments");
  public static final OperatorId ENCODE_RESULTS =
      new OperatorId("encode-results", "Encode results");
  public static final OperatorId ENCODE_PAUSES = new OperatorId("encode-pauses", "Encode pauses");
  public static final OperatorId POPULATION_OF_CHARTS =
      new OperatorId("population-of-charts", "Population of charts");
  public static final OperatorId POPULATION_OF_PAIRS =
      new OperatorId("population-of-pairs", "Population of pairs");
  public static final OperatorId POPULATION_COHORTS =
      new OperatorId("population-cohorts", "Cohorts of the population");
  public static final OperatorId POPULATION = new OperatorId("population", "Population windows");
  public static final OperatorId SAMPLE_CHARTS = new OperatorId("sample-charts", "Sample charts");
  public static final OperatorId SAMPLE_PAIRS = new OperatorId("sample-pairs", "Sample pairs");
  public static final OperatorId PATTERN_COHORTS =
      new OperatorId("pattern-cohorts", "Cohorts of patterns");
  public static final OperatorId PATTERNS = new OperatorId("patterns", "Patterns");
  public static final OperatorId ENCODE_PATTERNS =
      new OperatorId("encode-patterns", "Encode patterns");
  public static final OperatorId MATCH_CHANGES =
      new OperatorId("match-changes", "Changes of charts by cohort");
  public static final OperatorId MATCH_COHORTS =
      new OperatorId("match-cohorts", "Cohorts of best matches");
  public static final OperatorId MATCHES = new OperatorId("matches", "Best matches");
  public static final OperatorId ENCODE_MATCHES =
      new OperatorId("encode-matches", "Encode matches");
  public static final OperatorId ENCODE_FIGURES =
      new OperatorId("encode-figures", "Encode figures");
  public static final OperatorId ENCODE_LATE_CHANGES =
      new OperatorId("encode-late-changes", "Encode late changes");
  public static final OperatorId WRITE_POPULATION =
      new OperatorId("write-population", "Write population");
  public static final OperatorId ENCODE_OUTPUTS =
      new OperatorId("encode-outputs", "Encode outputs");
  public static final OperatorId ENCODE_DEAD_LETTERS =
      new OperatorId("encode-dead-letters", "Encode dead letters");
  public static final OperatorId WRITE_COMMITTED =
      new OperatorId("write-committed", "Write exactly once");
  public static final OperatorId WRITE_LIVE = new OperatorId("write-live", "Write live");

  public static final OperatorId WRITE_DEAD_LETTERS =
      new OperatorId("write-dead-letters", "Write dead letters");

  private static final List<OperatorId> ALL =
      List.of(
          READ_CHART_UPDATES,
          READ_CHART_MOVES,
          READ_PAIR_WATCHES,
          DECODE_CHART_UPDATES,
          DECODE_CHART_MOVES,
          DECODE_PAIR_WATCHES,
          READ_CONTROL,
          DECODE_CONTROL,
          CONTROL,
          PAIR_WATCHES,
          CHART_FAN_OUT,
          PAIR_CHARTS,
          ASPECTS,
          PAIR_ASPECTS,
          EXPOSURES,
          ENCODE_EXPOSURES,
          WRITE_EXPOSURES,
          READ_FEEDBACK,
          DECODE_FEEDBACK,
          FEEDBACK,
          RESULTS,
          ENCODE_RESULTS,
          ENCODE_PAUSES,
          POPULATION_OF_CHARTS,
          POPULATION_OF_PAIRS,
          POPULATION_COHORTS,
          POPULATION,
          SAMPLE_CHARTS,
          SAMPLE_PAIRS,
          PATTERN_COHORTS,
          PATTERNS,
          ENCODE_PATTERNS,
          MATCH_CHANGES,
          MATCH_COHORTS,
          MATCHES,
          ENCODE_MATCHES,
          ENCODE_FIGURES,
          ENCODE_LATE_CHANGES,
          WRITE_POPULATION,
          ENCODE_OUTPUTS,
          ENCODE_DEAD_LETTERS,
          WRITE_COMMITTED,
          WRITE_LIVE,
          WRITE_DEAD_LETTERS);

  private OperatorIds() {}

  /** Every operator of the job, sources and sinks included. */
  public static List<OperatorId> all() {
    return ALL;
  }
}
