package io.cosmichub.streaming.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.feedback.Metric;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.given.Models;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From scores that fail or are slow to the record that pauses their arm, and what follows. */
final class ScoreGuardrailTest {

  private static final long MINUTE = 60_000;
  private static final long SLOW = 3_000_000;

  private GuardedSteps steps;

  @BeforeEach
  void open() throws Exception {
    steps = new GuardedSteps(2, 2);
  }

  @AfterEach
  void close() throws Exception {
    steps.close();
  }

  @Test
  void anArmWhoseModelGivesNoAnswerIsPausedWithinAMinute() throws Exception {
    steps.tell(Models.announce("m", 1, overflowing()));
    long harmful = steps.now();
    steps.run(MINUTE);

    assertPausedWithinAMinute(harmful, "it harms score-errors");
    assertThat(guardrail("model", Metric.SCORE_ERRORS).getFigures().getMean()).isEqualTo(1);
  }

  @Test
  void anArmThatIsSlowIsPausedWithinAMinute() throws Exception {
    steps.tell(Models.announce("m", 1, 1));
    steps.modelTakes = SLOW;
    long harmful = steps.now();
    steps.run(MINUTE);

    assertPausedWithinAMinute(harmful, "it harms score-latency");
  }

  @Test
  void anArmThatWasSoundForLongAndThenFailsIsPausedWithinAMinuteToo() throws Exception {
    steps.tell(Models.announce("m", 1, 1));
    steps.run(90 * MINUTE);
    assertThat(steps.pauses()).isEmpty();
    steps.tell(Models.announce("m", 2, overflowing()));
    long harmful = steps.now();
    steps.run(MINUTE);

    assertPausedWithinAMinute(harmful, "it harms score-errors of late");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "1, 3", "4, 4"})
  void anArmThatWasPausedStaysSoThroughARestoreAndTakesNoUnitAndIsNotPausedAgain(
      int ofScores, int ofResults) throws Exception {
    steps.tell(Models.announce("m", 1, overflowing()));
    steps.run(MINUTE);
    assertThat(steps.pauses()).hasSize(1);
    assertThat(steps.exposures()).extracting(Exposure::arm).contains("control", "model");
    steps.restart(ofScores, ofResults);
    int before = steps.scored();
    int ofModel = steps.ofModel();
    steps.exposures().clear();
    steps.run(5 * MINUTE);
    steps.restart(2, 2);
    steps.run(MINUTE);

    int since = steps.scored() - before;
    assertThat(steps.ofModel() - ofModel).isBetween(since / 3, 2 * since / 3);
    assertThat(steps.exposures())
        .hasSize(since - (steps.ofModel() - ofModel))
        .extracting(Exposure::arm)
        .containsOnly("control");
    assertThat(steps.pauses()).hasSize(1);
    assertThat(steps.arm("model").getPaused()).isEqualTo("it harms score-errors");
    assertThat(steps.arm("control").getPaused()).isEmpty();
  }

  @Test
  void anArmWhosePauseIsOnItsWayWhenAllBeginsAnewIsNotPausedTwice() throws Exception {
    steps.holdsPauses = true;
    steps.tell(Models.announce("m", 1, overflowing()));
    steps.run(MINUTE / 2);
    assertThat(steps.pauses()).hasSize(1);
    steps.restart(3, 3);
    steps.exposures().clear();
    steps.run(MINUTE);
    assertThat(steps.exposures()).extracting(Exposure::arm).contains("model");
    steps.tell(steps.pauses().get(0));
    steps.exposures().clear();
    steps.run(MINUTE);

    assertThat(steps.pauses()).hasSize(1);
    assertThat(steps.exposures()).extracting(Exposure::arm).containsOnly("control");
    assertThat(steps.arm("model").getPaused()).isEqualTo("it harms score-errors");
  }

  @Test
  void aSoundArmIsNotPausedAndItsFiguresAreToldThroughARestore() throws Exception {
    steps.tell(Models.announce("m", 1, 1));
    steps.run(MINUTE);
    steps.restart(2, 2);
    steps.run(MINUTE);
    steps.measure();
    steps.pass(Duration.ofSeconds(10));

    assertThat(steps.pauses()).isEmpty();
    for (String arm : new String[] {"model", "control"}) {
      assertThat(guardrail(arm, Metric.SCORE_LATENCY).getFigures().getMean())
          .isEqualTo(GuardedSteps.SOUND / 1e6);
    }
    assertThat(guardrail("model", Metric.SCORE_ERRORS).getFigures().getMean()).isZero();
    assertThat(
            guardrail("model", Metric.SCORE_ERRORS).getFigures().getCount()
                + guardrail("control", Metric.SCORE_ERRORS).getFigures().getCount())
        .as("every score is counted once")
        .isEqualTo(steps.scored());
  }

  private void assertPausedWithinAMinute(long harmful, String reason) {
    assertThat(steps.pauses()).hasSize(1);
    assertThat(steps.pauses().get(0).arms()).isEqualTo(Map.of("model", reason));
    assertThat(steps.pauses().get(0).version() - harmful).isLessThanOrEqualTo(MINUTE);
  }

  private GuardrailFigures guardrail(String arm, String metric) {
    return steps.arm(arm).getGuardrailsList().stream()
        .filter(each -> each.getMetric().equals(metric))
        .findAny()
        .orElseThrow();
  }

  /** A model whose answer to a pair is no finite number, though that to its golden rows is. */
  private static byte[] overflowing() {
    double[] weights = new double[Models.SCHEMA.size()];
    Arrays.fill(weights, Double.MAX_VALUE);
    LinearModel model = new LinearModel(1, weights);
    float[] nothing = new float[weights.length];
    GoldenRow row =
        new GoldenRow(Collections.nCopies(weights.length, 0f), model.predict(nothing, 0));
    return Artifacts.write(
        "compatibility",
        "linear",
        Models.SCHEMA,
        model,
        Collections.nCopies(8, row),
        Map.of(),
        new byte[0]);
  }
}
