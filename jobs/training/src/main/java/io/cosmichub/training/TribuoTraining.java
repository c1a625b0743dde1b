package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Trains Tribuo's models on rows, and asks them. */
final class TribuoTraining {
  private static final String LABEL = "label";
  // Tribuo takes no row without features, and no feature of ours is in every row.
  private static final String ALWAYS = "always";

  private final FeatureSchema schema;
  private final String description;
  private final Instant now;

  TribuoTraining(FeatureSchema schema, String description, Instant now) {
    this.schema = schema;
    this.description = description;
    this.now = now;
  }

  TrainedModel train(Candidate candidate, List<LabelledPair> rows, long seed) {
    RegressionFactory factory = new RegressionFactory();
    MutableDataset<Regressor> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(description, now.atOffset(ZoneOffset.UTC), factory),
            factory);
    for (LabelledPair row : sample(rows, candidate.mostRows(), seed)) {
      data.add(example(row.features(), row.label()));
    }
    Model<Regressor> model = candidate.trainer(seed).train(data);
    return new TrainedModel(candidate, model, new TribuoArrays(schema, ALWAYS).of(model));
  }

  double predict(Model<Regressor> model, float[] features) {
    return model.predict(example(features, 0)).getOutput().getValues()[0];
  }

  private Example<Regressor> example(float[] features, double label) {
    Example<Regressor> example = new ArrayExample<>(new Regressor(LABEL, label));
    example.add(new Feature(ALWAYS, 1));
    for (int i = 0; i < features.length; i++) {
      if (features[i] != 0) {
        example.add(new Feature(schema.names().get(i), features[i]));
      }
    }
    return example;
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
