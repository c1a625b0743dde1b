package io.cosmichub.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.feature.RandomPairs;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models of an earlier build, as {@code ./run train --data simulated --size 4000 --trainers …}
 * wrote them (the logistic one of 6,000 simulated couples who say yes or no, as {@code --data
 * files}; of the random forest Tribuo's own protobuf, which no build reads, was taken out, for it
 * is large), answer as they did then, to the bit. Whoever means to change an answer raises the
 * version of the features or the format, and trains the fixtures anew.
 */
final class GoldenArtifactTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(CLASSIC);
  private static final int PAIRS = 200;

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void aModelOfAnEarlierBuildAnswersItsGoldenRowsToTheBit(String trainer) throws IOException {
    byte[] artifact = GoldenModels.artifact(trainer);

    assertThat(GoldenPredictions.csv(artifact, GoldenModels.model(trainer)))
        .isEqualTo(GoldenModels.text(trainer, "model.golden.csv"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear", "logistic", "factorization-machine", "cart", "random-forest", "xgboost"})
  void aModelOfAnEarlierBuildScoresChartsToTheBit(String trainer) throws IOException {
    RandomPairs pairs = new RandomPairs(4_000);
    PairBatch batch = new PairBatch(PAIRS);
    for (int i = 0; i < PAIRS; i++) {
      Longitudes a = pairs.chart();
      Longitudes b = pairs.chart();
      batch.add(RandomPairs.aspects(CLASSIC, a, b), a, b);
    }
    float[] rows = new float[PAIRS * SCHEMA.size()];
    new FeatureExtractor(SCHEMA).extract(batch, rows);
    PairModel model = GoldenModels.model(trainer);
    StringBuilder scores = new StringBuilder("pair,prediction\n");
    for (int i = 0; i < PAIRS; i++) {
      double prediction = model.predict(rows, i * SCHEMA.size());
      scores.append(i).append(',').append(Double.toHexString(prediction)).append('\n');
    }

    assertThat(scores).hasToString(GoldenModels.text(trainer, "pairs.golden.csv"));
  }
}
