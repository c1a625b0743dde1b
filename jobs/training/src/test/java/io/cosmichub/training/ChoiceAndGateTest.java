package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.feature.FeatureSchema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trainers of numbers, the choice among them and the gate, all together, where nothing is to be
 * found. Charts of three bodies have features enough to mislead; {@code -Dcosmichub.gate.bodies=10}
 * takes all, and {@code -Dcosmichub.gate.seeds=200} more seeds, which takes many minutes.
 */
@Tag("any-jvm")
final class ChoiceAndGateTest {
  private static final int SEEDS = Integer.getInteger("cosmichub.gate.seeds", 20);
  private static final int BODIES = Integer.getInteger("cosmichub.gate.bodies", 3);
  private static final int PAIRS = 300;
  private static final List<Candidate> NUMBERS =
      Arrays.stream(Candidate.values()).filter(each -> !each.isOfOutcomes()).toList();
  // Where there is nothing to find it errs least of all five: then the others are never judged.
  private static final List<Candidate> WITHOUT_FOREST =
      NUMBERS.stream().filter(each -> each != Candidate.RANDOM_FOREST).toList();

  @Test
  void withoutAnEffectWhatIsChosenIsRefused() {
    FeatureSchema schema = schema();
    List<Judged> results =
        LongStream.range(0, SEEDS)
            .parallel()
            .mapToObj(
                seed -> {
                  List<Candidate> candidates = seed % 2 == 0 ? NUMBERS : WITHOUT_FOREST;
                  return run(SimulatedData.of(schema, PAIRS, 0, seed), candidates, seed);
                })
            .toList();
    long promoted = results.stream().filter(each -> each.gate().promotable()).count();

    assertThat(results)
        .as("a gate that has enough to look at")
        .allMatch(each -> Double.isFinite(each.gate().overRules().low()));
    assertThat(results.stream().map(Judged::chosen).distinct())
        .as("else nothing is chosen")
        .hasSizeGreaterThan(1);
    System.out.printf(
        Locale.ROOT,
        "gate: promoted %d of %d choices of %d features without an effect%n",
        promoted,
        SEEDS,
        schema.size());
    assertThat(promoted).isLessThanOrEqualTo(SEEDS / 20);
  }

  private static Judged run(TrainingSet data, List<Candidate> candidates, long seed) {
    TrainingResult result =
        new TrainingRun(data, candidates, seed, Instant.EPOCH, step -> {}).run();
    return new Judged(result.chosen().trained().candidate(), result.gate());
  }

  private static FeatureSchema schema() {
    AspectPolicy classic = AspectPolicy.classic();
    int mask = 0;
    for (int slot = 0; slot < BODIES; slot++) {
      mask |= Body.ofSlot(slot).bit();
    }
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1);
    return FeatureSchema.ofLongitudes(
        AspectPolicy.of("few", classic.aspects(), mask & classic.bodyMask(), weights));
  }

  private record Judged(Candidate chosen, Gate gate) {}
}
