package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TrainingRunTest {
  private static final FeatureSchema CELLS =
      FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.CELLS));
  private static final FeatureSchema ALL = FeatureSchema.ofLongitudes(AspectPolicy.classic());

  @Test
  void aPlantedTruthIsFoundAndPassesTheGate() {
    TrainingSet data = SimulatedData.of(ALL, 8_000, 1, 1);
    TrainingResult result = run(data, List.of(Candidate.LINEAR), 1);

    assertThat(result.ceiling()).isBetween(0.4, 0.6);
    assertThat(result.chosen().heldOut().r2()).isGreaterThan(0.9 * result.ceiling());
    assertThat(result.gate().promotable()).isTrue();
    Map<String, Double> felt = FeltAspects.of(result.chosen().trained().model(), ALL);
    data.planted()
        .forEach(
            (name, effect) -> assertThat(felt.get(name)).as(name).isCloseTo(effect, within(0.1)));
  }

  @Test
  void boostedTreesFindAtLeastNineTenthsOfWhatTheNoiseAllows() {
    PairSplit split = PairSplit.of(SimulatedData.of(CELLS, 6_000, 1, 1).rows(), 1);
    TribuoTraining training = new TribuoTraining(CELLS, "test", Instant.EPOCH);
    TrainedModel trained = training.train(Candidate.XGBOOST, split.train(), 1);
    double[] truth = split.heldOut().stream().mapToDouble(LabelledPair::truth).toArray();
    double ceiling = Metrics.of(split.heldOut(), truth).r2();
    double[] predictions = TrainingRun.predictions(trained.model(), split.heldOut());

    assertThat(Metrics.of(split.heldOut(), predictions).r2()).isGreaterThan(0.9 * ceiling);
  }

  @Test
  void theArraysAnswerAsTribuoDoes() {
    TrainingSet data = SimulatedData.of(CELLS, 350, 1, 2);
    TribuoTraining training = new TribuoTraining(CELLS, "test", Instant.EPOCH);
    for (Candidate candidate : Candidate.values()) {
      TrainedModel trained = training.train(candidate, data.rows().subList(0, 500), 3);
      for (LabelledPair row : data.rows().subList(500, 700)) {
        assertThat(trained.model().predict(row.features(), 0))
            .as(candidate.id())
            .isCloseTo(training.predict(trained.tribuo(), row.features()), within(1e-6));
      }
      float[] empty = new float[CELLS.size()];
      assertThat(trained.model().predict(empty, 0))
          .as(candidate.id())
          .isCloseTo(training.predict(trained.tribuo(), empty), within(1e-6));
    }
  }

  @Test
  void withoutAnEffectTheGateRefuses() {
    TribuoTraining training = new TribuoTraining(CELLS, "test", Instant.EPOCH);
    int promoted = 0;
    for (long seed = 0; seed < 200; seed++) {
      PairSplit split = PairSplit.of(SimulatedData.of(CELLS, 300, 0, seed).rows(), seed);
      TrainedModel trained = training.train(Candidate.LINEAR, split.train(), seed);
      double[] predictions = TrainingRun.predictions(trained.model(), split.heldOut());
      Gate gate = Gate.of(split.heldOut(), predictions, Baselines.of(split.train()));
      promoted += gate.promotable() ? 1 : 0;
    }

    assertThat(promoted).isLessThanOrEqualTo(10);
  }

  @Test
  void aGuessThatCostsNextToNothingIsRefusedToo() {
    FeatureSchema areas = FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));
    int promoted = 0;
    for (long seed = 0; seed < 200; seed++) {
      PairSplit split = PairSplit.of(SimulatedData.of(areas, 300, 0, seed).rows(), seed);
      Baselines baselines = Baselines.of(split.train());
      Random random = new Random(seed);
      double[] guesses = new double[split.heldOut().size()];
      Arrays.setAll(guesses, i -> baselines.constant() + 1e-3 * random.nextGaussian());
      promoted += Gate.of(split.heldOut(), guesses, baselines).promotable() ? 1 : 0;
    }

    assertThat(promoted).isLessThanOrEqualTo(10);
  }

  private static TrainingResult run(TrainingSet data, List<Candidate> candidates, long seed) {
    return new TrainingRun(data, candidates, seed, Instant.EPOCH, step -> {}).run();
  }
}
