package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Trains Tribuo's models on rows, and asks them. */
final class TribuoTraining {
  private final FeatureSchema schema;
  private final String description;
  private final Instant now;

  TribuoTraining(FeatureSchema schema, String description, Instant now) {
    this.schema = schema;
    this.description = description;
    this.now = now;
  }

  TrainedModel train(Candidate candidate, List<LabelledPair> rows, long seed) {
    List<LabelledPair> sample = sample(rows, candidate.mostRows(), seed);
    Model<?> model = candidate.train(new TribuoRows(schema, description, now, sample), seed);
    return new TrainedModel(
        candidate, model, new TribuoArrays(schema, TribuoRows.ALWAYS).of(model), sample.size());
  }

  /** What the trainer's own model answers: a number, or the probability of a 1. */
  double predict(Model<?> model, float[] features) {
    if (model.validate(Label.class)) {
      Label one =
          model
              .castModel(Label.class)
              .predict(TribuoRows.example(schema, features, new Label(TribuoRows.ONE)))
              .getOutputScores()
              .get(TribuoRows.ONE);
      return Objects.requireNonNull(one, "an outcome that was trained on").getScore();
    }
    return model
        .castModel(Regressor.class)
        .predict(TribuoRows.example(schema, features, new Regressor("label", 0)))
        .getOutput()
        .getValues()[0];
  }

  private static List<LabelledPair> sample(List<LabelledPair> rows, int most, long seed) {
    if (rows.size() <= most) {
      return rows;
    }
    List<LabelledPair> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, most);
  }
}
