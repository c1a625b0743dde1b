package io.cosmichub.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeded simulations of whole experiments, looked at after every unit. */
@Tag("any-jvm")
final class EvaluationTest {
  private static final int RUNS = 2_000;

  @Test
  void withoutAnEffectLookingAlwaysIsSeldomEverSignificant() {
    Simulation.Share ever =
        new Simulation(0, RUNS).everSignificant(Simulation.Figures.NORMAL, 0, 0.1, 1_500);

    assertThat(ever.hits()).as("else nothing is looked at").isPositive();
    assertThat(ever.high()).isLessThanOrEqualTo(Evaluation.ALPHA);
  }

  @ParameterizedTest
  @EnumSource
  void takingOffWhatWasKnownBeforeDoesNotMisleadWhoeverLooksAlways(Simulation.Figures figures) {
    double tau = figures.deviation() / 10;
    Simulation.Share ever =
        new Simulation(0, RUNS).everSignificantWithHistory(figures, 0.7, tau, 1_500);

    assertThat(ever.hits()).as("else nothing is looked at").isPositive();
    assertThat(ever.high()).isLessThanOrEqualTo(Evaluation.ALPHA);
  }

  @ParameterizedTest
  @EnumSource
  void figuresOfAnySpreadDoNotMislead(Simulation.Figures figures) {
    double tau = figures.deviation() / 10;
    Simulation.Share ever = new Simulation(0, RUNS).everSignificant(figures, 0, tau, 1_000);

    assertThat(ever.hits()).as("else nothing is looked at").isPositive();
    assertThat(ever.high()).isLessThanOrEqualTo(Evaluation.ALPHA);
  }

  @Test
  void aPlantedEffectShowsByThePlannedSize() {
    double effect = 0.2;
    SampleSize size = SampleSize.of(effect, 1, 0, 0.5, 0.8, Evaluation.ALPHA);
    Simulation.Share shown =
        new Simulation(0, 400)
            .everSignificant(Simulation.Figures.NORMAL, effect, effect, size.always() / 2);

    assertThat(shown.of()).isBetween(0.78, 0.95);
    assertThat(size.always()).isGreaterThan(size.fixed());
  }

  @Test
  void anEarlierFigureTakesOffVarianceAndNoEffect() {
    Random random = new Random(11);
    Moments control = Moments.EMPTY;
    Moments treatment = Moments.EMPTY;
    for (int i = 0; i < 4_000; i++) {
      double before = random.nextGaussian();
      double other = random.nextGaussian();
      control = control.with(0.9 * before + 0.4 * random.nextGaussian(), before);
      treatment = treatment.with(0.05 + 0.9 * other + 0.4 * random.nextGaussian(), other);
    }
    ConfidenceSequence sequence = new ConfidenceSequence(0.1, 0.05);
    double slope =
        (control.products() + treatment.products())
            / (control.priorSquares() + treatment.priorSquares());
    Interval plain = sequence.difference(control, treatment);
    Interval adjusted = sequence.difference(control, treatment, slope);

    assertThat(slope).isCloseTo(0.9, within(0.02));
    assertThat(adjusted.high() - adjusted.low()).isLessThan((plain.high() - plain.low()) / 2);
    assertThat(adjusted.estimate()).isCloseTo(0.05, within(0.03));
  }

  @Test
  void momentsMergeInAnyOrder() {
    Random random = new Random(3);
    Moments whole = Moments.EMPTY;
    Moments left = Moments.EMPTY;
    Moments right = Moments.EMPTY;
    for (int i = 0; i < 1_000; i++) {
      double value = 1e6 + random.nextGaussian();
      double prior = random.nextGaussian() - value;
      whole = whole.with(value, prior);
      if (i % 3 == 0) {
        left = left.with(value, prior);
      } else {
        right = right.with(value, prior);
      }
    }
    Moments merged = right.merge(left);

    assertThat(merged.count()).isEqualTo(1_000);
    assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-6));
    assertThat(merged.variance()).isCloseTo(whole.variance(), within(1e-6));
    assertThat(merged.products()).isCloseTo(whole.products(), within(1e-4));
  }

  @Test
  void aFaultyRatioIsAlwaysCaughtAndASoundOneSeldomBlamed() {
    Simulation simulation = new Simulation(0, 500);

    assertThat(simulation.everBroken(0.46, 40_000).hits()).isEqualTo(500);
    assertThat(simulation.everBroken(0.5, 5_000).hits()).isLessThanOrEqualTo(3);
  }

  @Test
  void theIntervalOfAShareIsWilsons() {
    Simulation.Share share = new Simulation.Share(10, 100);

    assertThat(share.low()).isCloseTo(0.0552, within(1e-4));
    assertThat(share.high()).isCloseTo(0.1744, within(1e-4));
    assertThat(new Simulation.Share(0, 2_000).high()).isCloseTo(0.0019, within(1e-4));
  }

  @Test
  void theVerdictFollowsTheFigures() {
    Moments low = spread(0.5, 2_000);
    Moments high = spread(0.7, 2_000);
    Moments calm = spread(0, 2_000);
    Moments angry = spread(0.5, 2_000);

    assertThat(verdict(low, high, calm, calm, 2_000, Definitions.DURING)).isEqualTo(Verdict.SHIP);
    assertThat(verdict(high, low, calm, calm, 2_000, Definitions.DURING)).isEqualTo(Verdict.STOP);
    assertThat(verdict(low, high, calm, angry, 2_000, Definitions.DURING)).isEqualTo(Verdict.STOP);
    assertThat(verdict(low, low, calm, calm, 2_000, Definitions.DURING))
        .isEqualTo(Verdict.CONTINUE);
    assertThat(verdict(low, low, calm, calm, 2_000, Definitions.END)).isEqualTo(Verdict.STOP);
    assertThat(verdict(low, high, calm, calm, 2_500, Definitions.DURING))
        .isEqualTo(Verdict.INVALID);
    assertThat(verdict(Moments.EMPTY, Moments.EMPTY, calm, calm, 0, Definitions.DURING))
        .isEqualTo(Verdict.INVALID);
  }

  @Test
  void anArmIsShippedOnlyIfEnoughIsKnownOfEachGuardrailInBothArms() {
    Moments low = spread(0.5, 2_000);
    Moments high = spread(0.7, 2_000);
    Moments enough = spread(0, ConfidenceSequence.MIN_UNITS);
    Moments few = spread(0, ConfidenceSequence.MIN_UNITS - 1);

    assertThat(verdict(low, high, enough, enough, 2_000, Definitions.DURING))
        .isEqualTo(Verdict.SHIP);
    for (Moments missing : List.of(few, Moments.EMPTY)) {
      assertThat(verdict(low, high, enough, missing, 2_000, Definitions.DURING))
          .isEqualTo(Verdict.CONTINUE);
      assertThat(verdict(low, high, missing, enough, 2_000, Definitions.DURING))
          .isEqualTo(Verdict.CONTINUE);
      assertThat(verdict(low, high, enough, missing, 2_000, Definitions.END))
          .isEqualTo(Verdict.STOP);
    }
    ExperimentReport mistyped =
        new Evaluation(Definitions.even())
            .report(
                List.of(
                    new ArmFigures("control", 2_000, low, Map.of("complaint", enough)),
                    new ArmFigures("model", 2_000, high, Map.of("complaint", enough))),
                Definitions.DURING);
    assertThat(mistyped.verdict()).isEqualTo(Verdict.CONTINUE);
    assertThat(mistyped.reason())
        .isEqualTo("model is better, but too little is known of complaints");
  }

  @Test
  void anArmOfWhichEnoughIsKnownIsShippedThoughAnotherLooksBetter() {
    ExperimentDefinition three =
        Definitions.ofArms(
            "salt-1", 1, new Arm("control", 1), new Arm("model", 1), new Arm("other", 1));
    Moments calm = spread(0, 2_000);
    ExperimentReport report =
        new Evaluation(three)
            .report(
                List.of(
                    new ArmFigures(
                        "control", 2_000, spread(0.5, 2_000), Map.of("complaints", calm)),
                    new ArmFigures("model", 2_000, spread(0.9, 2_000), Map.of()),
                    new ArmFigures("other", 2_000, spread(0.7, 2_000), Map.of("complaints", calm))),
                Definitions.DURING);

    assertThat(report.verdict()).isEqualTo(Verdict.SHIP);
    assertThat(report.reason()).isEqualTo("other is better");
  }

  @Test
  void figuresOfOtherArmsAreRefused() {
    assertThatThrownBy(() -> new Evaluation(Definitions.even()).report(List.of(), Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSampleSizeNeedsASoundQuestion() {
    assertThat(SampleSize.of(0.2, 1, 0, 0.5, 0.8, 0.05).fixed()).isEqualTo(785);
    assertThat(SampleSize.of(0.2, 1, 0.6, 0.5, 0.8, 0.05).fixed()).isEqualTo(503);
    assertThatThrownBy(() -> SampleSize.of(0, 1, 0, 0.5, 0.8, 0.05)).hasMessageContaining("effect");
    assertThatThrownBy(() -> SampleSize.of(1, 1, 1, 0.5, 0.8, 0.05))
        .hasMessageContaining("correlation");
  }

  private static Verdict verdict(
      Moments control,
      Moments model,
      Moments controlComplaints,
      Moments modelComplaints,
      long assigned,
      Instant now) {
    return new Evaluation(Definitions.even())
        .report(
            List.of(
                new ArmFigures("control", 2_000, control, Map.of("complaints", controlComplaints)),
                new ArmFigures("model", assigned, model, Map.of("complaints", modelComplaints))),
            now)
        .verdict();
  }

  private static Moments spread(double mean, int count) {
    Random random = new Random(5);
    Moments moments = Moments.EMPTY;
    for (int i = 0; i < count; i++) {
      moments = moments.with(mean + 0.3 * random.nextGaussian());
    }
    return moments;
  }
}
