package io.cosmichub.training;

import io.cosmichub.model.GoldenRow;
import java.util.List;

/**
 * What came of a run.
 *
 * @param data what it was run on
 * @param seed the seed of split and trainers
 * @param split which rows trained and which judged
 * @param baselines what had to be beaten
 * @param lines every candidate
 * @param chosen the one that cross-validation chose
 * @param predictions what it predicts for the held-out rows
 * @param gate whether it may be shipped
 * @param importance its features by importance
 * @param golden what the trainer's own model answers
 */
@SuppressWarnings("ArrayRecordComponent") // carried along, never compared
record TrainingResult(
    TrainingSet data,
    long seed,
    PairSplit split,
    Baselines baselines,
    List<Line> lines,
    Line chosen,
    double[] predictions,
    Gate gate,
    List<Importance> importance,
    List<GoldenRow> golden) {
  TrainingResult {
    lines = List.copyOf(lines);
    importance = List.copyOf(importance);
    golden = List.copyOf(golden);
  }

  /**
   * One candidate.
   *
   * @param trained the model
   * @param crossValidated the root mean squared error over the folds of the rows to train on
   * @param heldOut how it does on the held-out rows
   * @param microseconds roughly, per row, as arrays
   * @param bytes the size of the trainer's own protobuf
   */
  record Line(
      TrainedModel trained,
      double crossValidated,
      Metrics heldOut,
      double microseconds,
      int bytes) {}

  /** The part of the held-out labels' variance that the planted truth explains, or NaN. */
  double ceiling() {
    double[] truth = split.heldOut().stream().mapToDouble(LabelledPair::truth).toArray();
    return Metrics.of(split.heldOut(), truth).r2();
  }
}
