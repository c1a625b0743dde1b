package io.cosmichub.training;

import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.PairModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Trains the candidates, chooses one by cross-validation, and lets the gate judge that one. */
final class TrainingRun {
  private static final int FOLDS = 3;
  private static final int GOLDEN = 64;
  private static final int TIMED_ROWS = 20_000;

  private final TrainingSet data;
  private final List<Candidate> candidates;
  private final long seed;
  private final TribuoTraining training;
  private final Consumer<String> progress;

  TrainingRun(
      TrainingSet data,
      List<Candidate> candidates,
      long seed,
      Instant now,
      Consumer<String> progress) {
    this.data = data;
    this.candidates = List.copyOf(candidates);
    this.seed = seed;
    this.training = new TribuoTraining(data.schema(), data.description(), now);
    this.progress = progress;
  }

  /**
   * Needs some rows on either side of the split, and a group for each fold; {@link UsageException}
   * if there are not. A trainer of outcomes is left out where it would see but one.
   */
  TrainingResult run() {
    PairSplit split = PairSplit.of(data.rows(), seed);
    if (split.train().size() < FOLDS * 2 || split.heldOut().size() < 2) {
      throw new UsageException(
          data.rows().size()
              + " usable rows of feedback leave "
              + split.train().size()
              + " to train on and "
              + split.heldOut().size()
              + " to judge by: too few");
    }
    long groups = split.train().stream().map(LabelledPair::group).distinct().count();
    if (groups < FOLDS) {
      throw new UsageException(
          "the rows to train on are of "
              + groups
              + " groups, too few for the "
              + FOLDS
              + " folds of cross-validation");
    }
    List<PairSplit> folds = PairSplit.folds(split.train(), FOLDS, seed);
    List<TrainingResult.Line> lines = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidate.isOfOutcomes() && !folds.stream().allMatch(TrainingRun::hasBothOutcomes)) {
        progress.accept(candidate.id() + " is left out: it would train on one outcome alone");
      } else {
        progress.accept("training " + candidate.id() + " …");
        lines.add(line(candidate, split, folds));
      }
    }
    if (lines.isEmpty()) {
      throw new UsageException("the rows to train on, or those of a fold, have one outcome alone");
    }
    // Chosen by what was trained on; the held-out rows only judge.
    TrainingResult.Line chosen =
        lines.stream()
            .min(Comparator.comparingDouble(TrainingResult.Line::crossValidated))
            .orElseThrow();
    double[] predictions = predictions(chosen.trained().model(), split.heldOut());
    Baselines baselines = Baselines.of(split.train());
    return new TrainingResult(
        data,
        seed,
        split,
        baselines,
        lines,
        chosen,
        predictions,
        Gate.of(split.heldOut(), predictions, baselines),
        Importance.of(chosen.trained().model(), data.schema().names(), split.heldOut(), seed),
        golden(chosen, split));
  }

  private static boolean hasBothOutcomes(PairSplit fold) {
    return fold.train().stream().mapToDouble(LabelledPair::label).distinct().count() == 2;
  }

  private TrainingResult.Line line(Candidate candidate, PairSplit split, List<PairSplit> folds) {
    double squared = 0;
    for (PairSplit fold : folds) {
      PairModel model = training.train(candidate, fold.train(), seed).model();
      for (LabelledPair row : fold.heldOut()) {
        double error = row.label() - model.predict(row.features(), 0);
        squared += error * error;
      }
    }
    TrainedModel trained = training.train(candidate, split.train(), seed);
    return new TrainingResult.Line(
        trained,
        Math.sqrt(squared / split.train().size()),
        Metrics.of(split.heldOut(), predictions(trained.model(), split.heldOut())),
        microseconds(trained.model(), split.heldOut()),
        trained.tribuo().serialize().getSerializedSize());
  }

  private List<GoldenRow> golden(TrainingResult.Line chosen, PairSplit split) {
    List<GoldenRow> golden = new ArrayList<>();
    List<LabelledPair> rows = split.heldOut();
    for (int i = 0; i < GOLDEN; i++) {
      float[] features = rows.get(i % rows.size()).features();
      List<Float> values = new ArrayList<>(features.length);
      for (float feature : features) {
        values.add(feature);
      }
      golden.add(new GoldenRow(values, training.predict(chosen.trained().tribuo(), features)));
    }
    return golden;
  }

  static double[] predictions(PairModel model, List<LabelledPair> rows) {
    return rows.stream().mapToDouble(row -> model.predict(row.features(), 0)).toArray();
  }

  // Roughly: the benchmark measures it properly.
  private static double microseconds(PairModel model, List<LabelledPair> rows) {
    double sum = 0;
    long nanos = 0;
    for (int pass = 0; pass < 2; pass++) {
      long begin = System.nanoTime();
      for (int i = 0; i < TIMED_ROWS; i++) {
        sum += model.predict(rows.get(i % rows.size()).features(), 0);
      }
      nanos = System.nanoTime() - begin;
    }
    return Double.isNaN(sum) ? Double.NaN : nanos / 1e3 / TIMED_ROWS;
  }
}
