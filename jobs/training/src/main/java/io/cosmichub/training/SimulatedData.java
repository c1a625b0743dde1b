package io.cosmichub.training;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.feature.FeatureSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A simulation with a planted truth: a few aspects are felt, by a known strength, and people differ
 * as much as the aspects explain. Nothing in it comes from people.
 */
final class SimulatedData {
  private static final int PLANTED = 12;
  private static final int RATINGS = 2;
  private static final double NOISE_WITHOUT_EFFECT = 0.1;
  private static final long YEAR = 365L * 24 * 3600 * 1000;
  private static final long BEGIN = 1_735_689_600_000L;

  private SimulatedData() {}

  /** Pairs with two ratings each; {@code scale} multiplies the planted effects, 0 plants none. */
  static TrainingSet of(FeatureSchema schema, int pairs, double scale, long seed) {
    Random random = new Random(seed);
    Map<String, Double> planted = planted(schema, scale, random);
    double[] effects = new double[schema.size()];
    planted.forEach((name, effect) -> effects[schema.names().indexOf(name)] = effect);

    PairRows rows = new PairRows(schema);
    List<AspectSet> sets = new ArrayList<>();
    List<float[]> features = new ArrayList<>();
    double[] signals = new double[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      Longitudes a = chart(schema, random);
      Longitudes b = chart(schema, random);
      AspectSet aspects = rows.aspects(a, b);
      sets.add(aspects);
      features.add(rows.featuresLater(aspects, a, b));
    }
    rows.extract();
    for (int pair = 0; pair < pairs; pair++) {
      for (int i = 0; i < effects.length; i++) {
        signals[pair] += effects[i] * features.get(pair)[i];
      }
    }
    double noise = scale == 0 ? NOISE_WITHOUT_EFFECT : deviation(signals);
    for (int pair = 0; pair < pairs; pair++) {
      for (int rating = 0; rating < RATINGS; rating++) {
        double truth = 0.5 + signals[pair];
        String id = "simulated-" + pair;
        rows.add(
            new PairRows.Feedback(
                id,
                id + "-a",
                id + "-b",
                BEGIN + random.nextLong(YEAR),
                truth + noise * random.nextGaussian(),
                truth),
            sets.get(pair),
            features.get(pair));
      }
    }
    return new TrainingSet(
        "simulated",
        "Simulated, with a planted truth (seed "
            + seed
            + ", effects times "
            + scale
            + "). No person rated anything here.",
        "simulated rating",
        schema,
        rows.rows(),
        planted,
        List.of("These data are simulated: the model says nothing about people."));
  }

  private static Map<String, Double> planted(FeatureSchema schema, double scale, Random random) {
    Map<String, Double> planted = new LinkedHashMap<>();
    List<Aspect> aspects = schema.policy().aspects();
    while (scale != 0 && planted.size() < PLANTED) {
      // Of the first four aspects, for the narrow ones seldom hold.
      Aspect aspect = aspects.get(random.nextInt(Math.min(4, aspects.size())));
      String name =
          FeatureSchema.cell(
              Body.ofSlot(random.nextInt(10)), Body.ofSlot(random.nextInt(10)), aspect);
      double effect = (0.1 + 0.2 * random.nextDouble()) * (planted.size() % 2 == 0 ? 1 : -1);
      planted.putIfAbsent(name, scale * effect);
    }
    return planted;
  }

  private static Longitudes chart(FeatureSchema schema, Random random) {
    int[] slots = new int[Body.COUNT];
    Arrays.fill(slots, MicroDegrees.ABSENT);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((schema.policy().bodyMask() >> slot & 1) != 0) {
        slots[slot] = random.nextInt(MicroDegrees.CIRCLE);
      }
    }
    return Longitudes.of(slots);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }
}
