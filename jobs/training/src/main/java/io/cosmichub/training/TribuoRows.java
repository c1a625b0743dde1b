package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Rows as Tribuo takes them, with labels as numbers or as outcomes.
 *
 * @param schema names the features
 * @param description where the rows are from, for Tribuo's provenance
 * @param now when they are trained on
 * @param rows the rows
 */
record TribuoRows(FeatureSchema schema, String description, Instant now, List<LabelledPair> rows) {
  /**
   * The feature that every row has: Tribuo takes no row without one, and none of ours is in all.
   */
  static final String ALWAYS = "always";

  /** The outcome whose probability is told. */
  static final String ONE = "1";

  static final String ZERO = "0";

  private static final String LABEL = "label";

  /** The labels as numbers. */
  MutableDataset<Regressor> labels() {
    return dataset(new RegressionFactory(), row -> new Regressor(LABEL, row.label()));
  }

  /** The labels as outcomes; {@link UsageException} unless there are 0 and 1, and no others. */
  MutableDataset<Label> outcomes() {
    if (rows.stream().map(LabelledPair::label).distinct().count() != 2) {
      throw new UsageException("of the labels to train on, some must be 0 and the others 1");
    }
    return dataset(new LabelFactory(), row -> new Label(row.label() == 1 ? ONE : ZERO));
  }

  /** A row of features with an output that is not looked at or that is learned from. */
  static <T extends Output<T>> Example<T> example(
      FeatureSchema schema, float[] features, T output) {
    Example<T> example = new ArrayExample<>(output);
    example.add(new Feature(ALWAYS, 1));
    for (int i = 0; i < features.length; i++) {
      if (features[i] != 0) {
        example.add(new Feature(schema.names().get(i), features[i]));
      }
    }
    return example;
  }

  private <T extends Output<T>> MutableDataset<T> dataset(
      OutputFactory<T> factory, Function<LabelledPair, T> output) {
    MutableDataset<T> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance(description, now.atOffset(ZoneOffset.UTC), factory),
            factory);
    for (LabelledPair row : rows) {
      data.add(example(schema, row.features(), output.apply(row)));
    }
    return data;
  }
}
