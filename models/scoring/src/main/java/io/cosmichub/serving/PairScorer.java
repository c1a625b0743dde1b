package io.cosmichub.serving;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.Served;
import org.jspecify.annotations.Nullable;

/** Scores one pair after another; of one thread. Allocates nothing but the result. */
public final class PairScorer {
  private final FeatureExtractor extractor;
  private final PairBatch batch = new PairBatch(1);
  private final float[] row;

  /** A scorer of pairs with the features of a schema. */
  public PairScorer(FeatureSchema schema) {
    this.extractor = new FeatureExtractor(schema);
    this.row = new float[schema.size()];
  }

  /** Whether a model's answer may depend on signs, which change though no aspect does. */
  public boolean readsSigns(PairModel model) {
    return extractor.schema().indices(FeatureGroup.BALANCE).anyMatch(model::reads);
  }

  /**
   * What a choice makes of a pair; null if the rules alone score it, outside of experiments. An
   * answer that is no finite number is none: the rules alone score then, too.
   */
  public @Nullable Served score(Choice choice, AspectSet aspects, Longitudes a, Longitudes b) {
    PairModel model = choice.model();
    if (model != null) {
      batch.clear();
      batch.add(aspects, a, b);
      extractor.extract(batch, row);
      double answer = model.predict(row, 0);
      if (Double.isFinite(answer)) {
        return new Served(choice.label(), answer, choice.experiment(), choice.arm());
      }
    }
    return choice.inExperiment() ? new Served("", 0, choice.experiment(), choice.arm()) : null;
  }
}
