package io.cosmichub.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FeatureExtractorTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final FeatureSchema EVERYTHING =
      FeatureSchema.of(CLASSIC, EnumSet.allOf(FeatureGroup.class));

  private static final String KNOWN_HASH = "cf728e2f8ceb";

  @Test
  void aBatchHoldsWhatThePlainExtractionSays() {
    assertSameAsPlain(CLASSIC, EVERYTHING, 1);
  }

  @Test
  void aPolicyOfAllBodiesIsExtractedToo() {
    AspectPolicy all = AspectPolicy.of("all", CLASSIC.aspects(), Body.ALL_MASK, weights());

    assertSameAsPlain(all, FeatureSchema.of(all, EnumSet.allOf(FeatureGroup.class)), 2);
  }

  @Test
  void eachGroupAloneIsAsItIsAmongAll() {
    for (FeatureGroup group : FeatureGroup.values()) {
      assertSameAsPlain(CLASSIC, FeatureSchema.of(CLASSIC, Set.of(group)), 3);
    }
  }

  @Test
  void theSidesOfAPairMayBeExchanged() {
    RandomPairs pairs = new RandomPairs(4);
    FeatureSchema schema = FeatureSchema.ofLongitudes(CLASSIC);
    for (int i = 0; i < 200; i++) {
      Longitudes a = pairs.chart();
      Longitudes b = pairs.chart();
      float[] out = new float[2 * schema.size()];
      new FeatureExtractor(schema)
          .extract(
              new PairBatch(2)
                  .add(RandomPairs.aspects(CLASSIC, a, b), a, b)
                  .add(RandomPairs.aspects(CLASSIC, b, a), b, a),
              out);

      assertThat(RandomPairs.row(out, 0, schema.size()))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(RandomPairs.row(out, 1, schema.size()));
    }
  }

  @Test
  void anotherBatchLeavesNothingBehind() {
    RandomPairs pairs = new RandomPairs(5);
    FeatureExtractor extractor = new FeatureExtractor(EVERYTHING);
    PairBatch batch = new PairBatch(1);
    Longitudes a = pairs.chart();
    batch.add(RandomPairs.aspects(CLASSIC, a, a), a, a);
    float[] out = new float[EVERYTHING.size()];
    extractor.extract(batch, out);

    batch.clear();
    batch.add(AspectSet.EMPTY, Longitudes.NONE, Longitudes.NONE);
    extractor.extract(batch, out);

    assertThat(out).containsOnly(0f);
  }

  @Test
  void whatThePolicyDoesNotKnowIsRefused() {
    AspectSet lilith = AspectSet.builder().put(0, Body.LILITH.slot(), Hit.of(1, 5)).build();
    PairBatch batch = new PairBatch(1).add(lilith, Longitudes.NONE, Longitudes.NONE);
    FeatureExtractor extractor = new FeatureExtractor(EVERYTHING);

    assertThatThrownBy(() -> extractor.extract(batch, new float[EVERYTHING.size()]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> extractor.extract(batch, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> batch.add(lilith, Longitudes.NONE, Longitudes.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSchemaIsKnownByItsHash() {
    FeatureSchema schema = FeatureSchema.ofLongitudes(CLASSIC);
    AspectPolicy wider =
        AspectPolicy.of("classic", CLASSIC.aspects().subList(0, 6), CLASSIC.bodyMask(), weights());

    assertThat(schema.hash()).isEqualTo(FeatureSchema.ofLongitudes(CLASSIC).hash()).hasSize(64);
    assertThat(schema.hash())
        .isNotEqualTo(EVERYTHING.hash())
        .isNotEqualTo(FeatureSchema.ofLongitudes(wider).hash());
    assertThat(schema.names()).doesNotHaveDuplicates().hasSize(55 * 7 + 10 + 3 + 5 + 14);
    // Written down, because models are kept: whoever changes a feature raises the version.
    assertThat(schema.hash()).startsWith(KNOWN_HASH);
  }

  private static void assertSameAsPlain(AspectPolicy policy, FeatureSchema schema, long seed) {
    RandomPairs pairs = new RandomPairs(seed);
    List<Longitudes> charts = List.of(pairs.chart(), pairs.chart(), pairs.chart(), Longitudes.NONE);
    for (int size : List.of(0, 1, 7, 64)) {
      PairBatch batch = new PairBatch(64);
      for (int i = 0; i < size; i++) {
        Longitudes a = i < 4 ? charts.get(i) : pairs.chart();
        Longitudes b = pairs.chart();
        batch.add(RandomPairs.aspects(policy, a, b), a, b, pairs.extras(), pairs.extras());
      }
      float[] out = new float[size * schema.size()];
      new FeatureExtractor(schema).extract(batch, out);
      for (int pair = 0; pair < size; pair++) {
        Map<String, Double> plain =
            PlainFeatures.of(
                policy,
                batch.aspects(pair),
                batch.a(pair),
                batch.b(pair),
                batch.extrasA(pair),
                batch.extrasB(pair));
        for (int i = 0; i < schema.size(); i++) {
          String name = schema.names().get(i);
          assertThat((double) out[pair * schema.size() + i])
              .as(name)
              .isEqualTo(plain.getOrDefault(name, 0.0), within(1e-5));
        }
      }
    }
  }

  private static double[] weights() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    return weights;
  }
}
