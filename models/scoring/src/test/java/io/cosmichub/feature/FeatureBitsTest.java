package io.cosmichub.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models are kept, so features stay the same to the bit: floats, added in one order. */
final class FeatureBitsTest {
  private static final int PAIRS = 1_000;
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();

  @Test
  void everySumIsThatOfTheHitsInTheirOrder() {
    assertSameBits(CLASSIC, 1);
  }

  @Test
  void soItIsWithAllBodies() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    assertSameBits(AspectPolicy.of("all", CLASSIC.aspects(), Body.ALL_MASK, weights), 2);
  }

  @Test
  void soItIsWithBodiesThatLieApart() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    int mask = Body.MOON.bit() | Body.VENUS.bit() | Body.JUPITER.bit() | Body.VERTEX.bit();
    assertSameBits(AspectPolicy.of("apart", CLASSIC.aspects(), mask, weights), 3);
  }

  private static void assertSameBits(AspectPolicy policy, long seed) {
    FeatureSchema schema = FeatureSchema.ofLongitudes(policy);
    RandomPairs pairs = new RandomPairs(seed);
    PairBatch batch = new PairBatch(PAIRS);
    for (int pair = 0; pair < PAIRS; pair++) {
      Longitudes a = pairs.chart();
      Longitudes b = pair % 9 == 0 ? a : pairs.chart();
      batch.add(RandomPairs.aspects(policy, a, b), a, b);
    }
    float[] out = new float[PAIRS * schema.size()];
    Arrays.fill(out, Float.NaN);
    new FeatureExtractor(schema).extract(batch, out);

    for (int pair = 0; pair < PAIRS; pair++) {
      Map<String, Float> sums = ofAspects(policy, batch.aspects(pair));
      addBalance(sums, policy, batch.a(pair), batch.b(pair));
      for (int i = 0; i < schema.size(); i++) {
        String name = schema.names().get(i);
        assertThat(Float.floatToRawIntBits(out[pair * schema.size() + i]))
            .as("%s of pair %d", name, pair)
            .isEqualTo(Float.floatToRawIntBits(sums.getOrDefault(name, 0f)));
      }
    }
  }

  private static Map<String, Float> ofAspects(AspectPolicy policy, AspectSet set) {
    Map<String, Float> sums = new HashMap<>();
    for (int row = 0; row < Body.COUNT; row++) {
      Body one = Body.ofSlot(row);
      for (int col = 0; col < Body.COUNT; col++) {
        int hit = set.hit(row, col);
        if (hit != Hit.NONE) {
          Body other = Body.ofSlot(col);
          Aspect aspect = policy.aspect(Hit.code(hit));
          float strength = (aspect.maxOrb() - Hit.orb(hit)) * (1f / aspect.maxOrb());
          add(sums, FeatureSchema.cell(one, other, aspect), strength);
          add(sums, "body." + one.id(), strength);
          add(sums, "body." + other.id(), strength);
          add(sums, "nature." + aspect.nature().name().toLowerCase(Locale.ROOT), strength);
          PlainFeatures.AREAS.forEach(
              (area, bodies) -> {
                if (bodies.containsAll(List.of(one, other))) {
                  add(sums, "area." + area, (float) aspect.base() * strength);
                }
              });
        }
      }
    }
    return sums;
  }

  private static void addBalance(
      Map<String, Float> sums, AspectPolicy policy, Longitudes a, Longitudes b) {
    for (List<String> kinds : List.of(FeatureSchema.ELEMENTS, FeatureSchema.MODALITIES)) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        float ofA = share(policy, a, kinds.size(), kind);
        float ofB = share(policy, b, kinds.size(), kind);
        add(sums, "share." + kinds.get(kind), (ofA + ofB) / 2);
        add(sums, "difference." + kinds.get(kind), Math.abs(ofA - ofB));
      }
    }
  }

  private static float share(AspectPolicy policy, Longitudes chart, int kinds, int kind) {
    int[] signs =
        IntStream.range(0, Body.COUNT)
            .filter(slot -> (policy.bodyMask() >> slot & 1) != 0 && chart.has(slot))
            .map(slot -> chart.at(slot) / 30_000_000)
            .toArray();
    long in = Arrays.stream(signs).filter(sign -> sign % kinds == kind).count();
    return in * (1f / Math.max(1, signs.length));
  }

  private static void add(Map<String, Float> sums, String name, float value) {
    sums.put(name, sums.getOrDefault(name, 0f) + value);
  }
}
