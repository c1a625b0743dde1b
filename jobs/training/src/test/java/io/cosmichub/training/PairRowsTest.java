package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PairRowsTest {
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 130})
  void pairsInBatchesHaveTheFeaturesThatEachHasAlone(int pairs) {
    PairRows rows = new PairRows(SCHEMA);
    List<float[]> alone = new ArrayList<>();
    FeatureExtractor extractor = new FeatureExtractor(SCHEMA);
    for (int pair = 0; pair < pairs; pair++) {
      Longitudes a = TopicRecords.longitudes(pair, 3 * pair % 360);
      Longitudes b = TopicRecords.longitudes(2 * pair, 60 + pair);
      rows.add(new PairRows.Feedback("p" + pair, "a" + pair, "b" + pair, 0, 1, Double.NaN), a, b);
      float[] features = new float[SCHEMA.size()];
      extractor.extract(new PairBatch(1).add(rows.aspects(a, b), a, b), features);
      alone.add(features);
    }

    List<LabelledPair> made = rows.rows();
    assertThat(made).hasSize(pairs);
    for (int pair = 0; pair < pairs; pair++) {
      assertThat(made.get(pair).features()).isEqualTo(alone.get(pair));
    }
  }
}
