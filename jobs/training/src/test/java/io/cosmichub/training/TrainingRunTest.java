package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Tribuo;

final class TrainingRunTest {
  private static final FeatureSchema CELLS =
      FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.CELLS));
  private static final FeatureSchema ALL = FeatureSchema.ofLongitudes(AspectPolicy.classic());
  // Of these, 200 seeds take two minutes: by hand, -Dcosmichub.gate.seeds=200.
  private static final Set<Candidate> GROWN =
      EnumSet.of(Candidate.CART, Candidate.RANDOM_FOREST, Candidate.XGBOOST);

  @Test
  @Tag("any-jvm")
  void aPlantedTruthIsFoundAndPassesTheGate() {
    TrainingSet data = SimulatedData.of(ALL, 8_000, 1, 1);
    // The planted truth is a weighted sum: of these three the linear model is the right one.
    TrainingResult result =
        run(data, List.of(Candidate.CART, Candidate.LINEAR, Candidate.FACTORIZATION_MACHINE), 1);

    assertThat(result.chosen().trained().candidate()).isEqualTo(Candidate.LINEAR);
    assertThat(result.ceiling()).isBetween(0.4, 0.6);
    assertThat(result.chosen().heldOut().r2()).isGreaterThan(0.9 * result.ceiling());
    assertThat(result.gate().promotable()).isTrue();
    Map<String, Double> felt = FeltAspects.of(result.chosen().trained().model(), ALL);
    assertThat(data.planted()).hasSize(12);
    data.planted()
        .forEach(
            (name, effect) -> {
              double found = Objects.requireNonNull(felt.get(name), name);
              assertThat(Math.signum(found)).as(name).isEqualTo(Math.signum(effect));
              assertThat(found).as(name).isCloseTo(effect, within(0.05));
            });
  }

  @Test
  @Tag("any-jvm")
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
  void aTrainerThatTakesAPartOfTheRowsSaysHowMany() {
    FeatureSchema areas = FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));
    TrainingSet data = SimulatedData.of(areas, 2_500, 0, 1);
    TrainingResult result = run(data, List.of(Candidate.CART), 1);
    int toTrainOn = result.split().train().size();
    ModelCard card = new ModelCard("compatibility", result);

    assertThat(toTrainOn).isGreaterThan(2_000);
    assertThat(card.provenance())
        .containsEntry("rows to train on", Integer.toString(toTrainOn))
        .containsEntry("rows trained on", "2000")
        .containsEntry("rows SHA-256", data.hash())
        .containsEntry("trainer library", "Tribuo " + Tribuo.VERSION);
    assertThat(card.provenance().get("trainer settings"))
        .contains("maxDepth=6", "impurity=MeanSquaredError(", "seed=1");
    assertThat(card.markdown(null)).contains("| cart | 2000 |", "Of " + toTrainOn + " rows");
  }

  @Test
  void theHashOfTheRowsIsThatOfTheirNumbers() {
    TrainingSet data = SimulatedData.of(CELLS, 20, 1, 1);

    assertThat(SimulatedData.of(CELLS, 20, 1, 1).hash()).isEqualTo(data.hash());
    assertThat(SimulatedData.of(CELLS, 20, 1, 2).hash()).isNotEqualTo(data.hash());
    data.rows().get(39).features()[7] += 1;
    assertThat(data.hash()).isNotEqualTo(SimulatedData.of(CELLS, 20, 1, 1).hash());
  }

  @Test
  void theArraysAnswerAsTribuoDoes() {
    List<LabelledPair> simulated = SimulatedData.of(CELLS, 350, 1, 2).rows();
    List<LabelledPair> outcomes = simulated.stream().map(TrainingRunTest::outcome).toList();
    TribuoTraining training = new TribuoTraining(CELLS, "test", Instant.EPOCH);
    for (Candidate candidate : Candidate.values()) {
      List<LabelledPair> rows = candidate.isOfOutcomes() ? outcomes : simulated;
      TrainedModel trained = training.train(candidate, rows.subList(0, 500), 3);
      for (LabelledPair row : rows.subList(500, 700)) {
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
  @Tag("any-jvm")
  void outcomesAreForetoldAsProbabilities() {
    TrainingSet simulated = SimulatedData.of(CELLS, 4_000, 1, 4);
    List<LabelledPair> rows = simulated.rows().stream().map(TrainingRunTest::outcome).toList();
    TrainingSet data =
        new TrainingSet("outcomes", "Simulated.", "1 or 0", CELLS, rows, Map.of(), List.of());

    TrainingResult result = run(data, List.of(Candidate.LOGISTIC), 4);

    assertThat(data.isOfOutcomes()).isTrue();
    assertThat(simulated.isOfOutcomes()).isFalse();
    assertThat(result.gate().promotable()).isTrue();
    assertThat(Arrays.stream(result.predictions()).boxed())
        .allMatch(probability -> probability > 0 && probability < 1);
    assertThat(Metrics.auc(result.split().heldOut(), result.predictions())).isGreaterThan(0.65);
    assertThat(result.chosen().heldOut().calibration()).isCloseTo(1, within(0.25));
    assertThat(new ModelCard("compatibility", result).markdown(null))
        .contains("## Predictions as probabilities", "| logistic |");
  }

  @Test
  void whereEveryOutcomeIsTheSameOnlyTheTrainerOfOutcomesIsLeftOut() {
    assertLeftOut(row -> labelled(row, 1));
    // One pair to train on has the other outcome: the fold that holds it out has it not.
    String other = PairSplit.of(changed(100, row -> row).rows(), 1).train().get(0).pairId();
    assertLeftOut(row -> labelled(row, row.pairId().equals(other) ? 0 : 1));
  }

  private static void assertLeftOut(UnaryOperator<LabelledPair> change) {
    TrainingSet data = changed(100, change);
    List<String> steps = new ArrayList<>();
    TrainingResult result =
        new TrainingRun(
                data, List.of(Candidate.LOGISTIC, Candidate.LINEAR), 1, Instant.EPOCH, steps::add)
            .run();

    assertThat(result.lines())
        .extracting(line -> line.trained().candidate())
        .containsExactly(Candidate.LINEAR);
    assertThat(steps).hasSize(2).first().asString().startsWith("logistic is left out");
    assertThat(result.gate().promotable()).isFalse();
    assertThat(new ModelCard("compatibility", result).markdown(null)).contains("| linear |");
    assertThatThrownBy(() -> run(data, List.of(Candidate.LOGISTIC), 1))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("one outcome alone");
  }

  @Test
  void fewerGroupsThanFoldsAreSaid() {
    TrainingSet data =
        changed(100, row -> row.inGroup("group " + Math.floorMod(row.pairId().hashCode(), 2)));

    assertThatThrownBy(() -> run(data, List.of(Candidate.LINEAR), 1))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the rows to train on are of 1 groups, too few for the 3 folds of cross-validation");
  }

  @Test
  void theAreaUnderTheCurveIsTheShareOfPairsInOrder() {
    List<LabelledPair> rows =
        SimulatedData.of(CELLS, 50, 1, 5).rows().stream().map(TrainingRunTest::outcome).toList();
    double[] predictions = new double[rows.size()];
    Arrays.setAll(predictions, i -> i * 7 % 10);
    double inOrder = 0;
    double all = 0;
    for (int one = 0; one < predictions.length; one++) {
      for (int zero = 0; zero < predictions.length; zero++) {
        if (rows.get(one).label() > rows.get(zero).label()) {
          all++;
          inOrder += (1 + Math.signum(predictions[one] - predictions[zero])) / 2;
        }
      }
    }

    assertThat(Metrics.auc(rows, predictions)).isCloseTo(inOrder / all, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("any-jvm")
  void withoutAnEffectTheGateRefuses(Candidate candidate) {
    TribuoTraining training = new TribuoTraining(CELLS, "test", Instant.EPOCH);
    // Exact trees of many parts of all rows would take as long as all other trainers together.
    int part = candidate == Candidate.RANDOM_FOREST ? 2 : 1;
    int seeds = Integer.getInteger("cosmichub.gate.seeds", GROWN.contains(candidate) ? 40 : 200);
    long promoted =
        LongStream.range(0, seeds)
            .parallel()
            .filter(
                seed -> {
                  List<LabelledPair> rows = SimulatedData.of(CELLS, 300, 0, seed).rows();
                  if (candidate.isOfOutcomes()) {
                    rows = rows.stream().map(TrainingRunTest::outcome).toList();
                  }
                  PairSplit split = PairSplit.of(rows, seed);
                  List<LabelledPair> train = split.train().subList(0, split.train().size() / part);
                  TrainedModel trained = training.train(candidate, train, seed);
                  double[] predictions = TrainingRun.predictions(trained.model(), split.heldOut());
                  return Gate.of(split.heldOut(), predictions, Baselines.of(split.train()))
                      .promotable();
                })
            .count();

    assertThat(promoted).isLessThanOrEqualTo(seeds / 20);
  }

  @Test
  @Tag("any-jvm")
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

  // What somebody says who has only yes and no: 1 where the rating is above the middle.
  private static LabelledPair outcome(LabelledPair row) {
    return labelled(row, row.label() > 0.5 ? 1 : 0);
  }

  private static LabelledPair labelled(LabelledPair row, double label) {
    return new LabelledPair(
        row.pairId(), row.group(), row.at(), row.features(), row.rules(), label, Double.NaN);
  }

  private static TrainingSet changed(int pairs, UnaryOperator<LabelledPair> change) {
    List<LabelledPair> rows =
        SimulatedData.of(CELLS, pairs, 1, 6).rows().stream().map(change).toList();
    return new TrainingSet("changed", "Simulated.", "label", CELLS, rows, Map.of(), List.of());
  }

  private static TrainingResult run(TrainingSet data, List<Candidate> candidates, long seed) {
    return new TrainingRun(data, candidates, seed, Instant.EPOCH, step -> {}).run();
  }
}
