package io.cosmichub.benchmarks;

import java.util.Locale;

/** What is measured of a kernel, in the order of the tables. */
enum Operation {
  /** The scores of a batch of pairs. */
  SCORES("scores", ScoresBenchmark.class),
  /** The score of a pair in a call of its own. */
  ONE_SCORE("score in one call", SingleScoreBenchmark.class),
  /** The scores of one chart against a batch of others. */
  SCORES_OF_ONE("one against many, scores", OneAgainstManyScoresBenchmark.class),
  /** The packed sets of one chart against a batch of others. */
  PACKED_OF_ONE("one against many, packed sets", OneAgainstManySetsBenchmark.class),
  /** The packed sets of a batch of pairs. */
  PACKED("packed sets", SparseSetsBenchmark.class),
  /** The dense sets of a batch of pairs. */
  DENSE("dense sets", DenseSetsBenchmark.class),
  /** The touched cells of a batch of pairs in each of which one body moved. */
  MOVED("one body moved", MovedBodyBenchmark.class),
  /** All pairs of some charts: the ten best of each, and the histogram. */
  RANKING("all against all, 10 best", RankBenchmark.class),
  /** The same without the histogram, where pairs need no score that are among nobody's best. */
  BEST("all against all, 10 best only", BestBenchmark.class),
  /** The scores of all pairs of some charts, of which the sum alone is kept. */
  ALL_SCORES("all against all, scores only", AllScoresBenchmark.class);

  private final String label;
  private final Class<?> benchmark;

  Operation(String label, Class<?> benchmark) {
    this.label = label;
    this.benchmark = benchmark;
  }

  /** As the tables call it. */
  String label() {
    return label;
  }

  /** The class that measures it. */
  Class<?> benchmark() {
    return benchmark;
  }

  /** Whether its size is a number of charts, all of whose pairs are computed. */
  boolean ofAllPairs() {
    return this == RANKING || this == BEST || this == ALL_SCORES;
  }

  /** The pairs computed in a call of so many pairs or charts. */
  long pairs(int size) {
    return ofAllPairs() ? (long) size * (size - 1) / 2 : size;
  }

  /** The size in words. */
  String of(int size) {
    String unit = ofAllPairs() ? "charts" : size == 1 ? "pair" : "pairs";
    return String.format(Locale.ROOT, "%d %s", size, unit);
  }
}
