package io.cosmichub.streaming.feedback;

import static io.cosmichub.streaming.feedback.Trials.END;
import static io.cosmichub.streaming.feedback.Trials.INTERVAL;
import static io.cosmichub.streaming.feedback.Trials.START;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.Verdict;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Metric;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.Tally;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResultsFunctionTest {

  private KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate> step;
  private long now = START;

  @BeforeEach
  void open() throws Exception {
    step = Trials.results(Subtask.ONLY, null);
    step.setProcessingTime(now);
    tell(1);
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void tellsOncePerIntervalWhereItStandsAndNothingIfNothingChanged() throws Exception {
    units("control", 60, 0.5);
    units("model", 60, 0.5);
    assertThat(drain(step)).isEmpty();
    ExperimentResult result = only(later());

    assertThat(result.getExperiment()).isEqualTo("e");
    assertThat(result.getVerdict()).isEqualTo(Verdict.CONTINUE);
    assertThat(result.getArmsList())
        .extracting(ArmResult::getArm)
        .containsExactly("control", "model");
    assertThat(result.getArms(1).getAssigned()).isEqualTo(60);
    assertThat(result.getArms(1).getExpectedShare()).isEqualTo(0.5);
    assertThat(result.getArms(1).getPrimary().getCount()).isEqualTo(60);
    assertThat(result.getArms(1).getPrimary().getMean()).isEqualTo(0.5);
    assertThat(result.getArms(0).hasEffect()).isFalse();
    assertThat(result.getArms(1).getEffect().getEstimate()).isZero();
    assertThat(later()).isEmpty();
    units("model", 1, 0.5);
    assertThat(later()).hasSize(1);
  }

  @Test
  void aBetterArmIsShipped() throws Exception {
    units("control", 1_000, 0.3);
    units("model", 1_000, 0.7);
    assertThat(only(later()).getVerdict())
        .as("nothing is known of scores")
        .isEqualTo(Verdict.CONTINUE);
    scores("control", 60);
    scores("model", 60);

    assertThat(only(later()).getVerdict()).isEqualTo(Verdict.SHIP);
  }

  @Test
  void unitsThatContradictTheWeightsInvalidateIt() throws Exception {
    units("control", 1_000, 0.3);
    units("model", 2_000, 0.7);
    ExperimentResult result = only(later());

    assertThat(result.getVerdict()).isEqualTo(Verdict.INVALID);
    assertThat(result.getSampleRatioBroken()).isTrue();
  }

  @Test
  void whenItsTimeIsOverItSaysSoThoughNothingChanged() throws Exception {
    units("control", 60, 0.5);
    units("model", 60, 0.5);
    assertThat(only(later()).getVerdict()).isEqualTo(Verdict.CONTINUE);
    step.setProcessingTime(END);

    assertThat(only(drain(step)).getVerdict()).isEqualTo(Verdict.STOP);
    assertThat(step.numProcessingTimeTimers()).isZero();
  }

  @Test
  void anotherVersionBeginsAnewAndTheOldOneCountsNoMore() throws Exception {
    units("control", 60, 0.5);
    tell(2);
    step.processElement1(contribution(2, "model", Metric.ASSIGNED, Sums.of(0, 0)), 0);
    units("control", 60, 0.5);
    ExperimentResult result = only(later());

    assertThat(result.getVersion()).isEqualTo(2);
    assertThat(result.getArms(0).getAssigned()).isZero();
    assertThat(result.getArms(1).getAssigned()).isEqualTo(1);
  }

  @Test
  void figuresWaitForTheirDefinition() throws Exception {
    step.processElement1(contribution(2, "model", Metric.ASSIGNED, Sums.of(0, 0)), 0);
    assertThat(later()).isEmpty();
    tell(2);

    assertThat(only(later()).getVersion()).isEqualTo(2);
  }

  @Test
  void whatIsAskedForIsNeverCrowdedOutByOtherKinds() throws Exception {
    for (int kind = 0; kind < 2 * Tally.MOST_METRICS; kind++) {
      step.processElement1(contribution(1, "model", "kind-" + kind, Sums.of(1, 0)), 0);
    }
    units("model", 60, 0.5);
    step.processElement1(contribution(1, "model", Metric.SCORE_ERRORS, Sums.of(0, 0)), 0);
    step.processElement1(contribution(1, "model", Metric.SCORE_LATENCY, Sums.of(1, 0)), 0);
    ArmResult model = only(later()).getArms(1);

    assertThat(model.getAssigned()).isEqualTo(60);
    assertThat(model.getPrimary().getCount()).isEqualTo(60);
    assertThat(model.getGuardrailsList())
        .extracting(guardrail -> guardrail.getFigures().getCount())
        .containsExactly(1L, 1L, 60L);
  }

  @Test
  void sumsWaitForTheFirstDefinitionToo() throws Exception {
    openUntold();
    units("control", 60, 0.5);
    for (int waits = 0; waits < ResultsFunction.WAITS; waits++) {
      assertThat(later()).isEmpty();
    }
    units("model", 60, 0.5);
    tell(1);
    assertThat(only(later()).getArmsList())
        .extracting(ArmResult::getAssigned)
        .containsExactly(60L, 60L);
    Sums takenBack = Sums.NONE.minus(Sums.of(600_000, 500_000));
    step.processElement1(contribution(1, "control", "rating", takenBack), 0);
    assertThat(only(later()).getArms(0).getPrimary().getCount()).isEqualTo(59);
  }

  @Test
  void sumsWhoseDefinitionNeverComesAreGivenUp() throws Exception {
    openUntold();
    units("control", 60, 0.5);
    for (int waits = 0; waits <= ResultsFunction.WAITS; waits++) {
      assertThat(step.numKeyedStateEntries()).as("after %s intervals", waits).isPositive();
      assertThat(later()).isEmpty();
    }
    assertThat(step.numKeyedStateEntries()).isZero();
    assertThat(step.numProcessingTimeTimers()).isZero();
  }

  @Test
  void anExperimentThatIsRemovedLeavesATombstoneAndNoState() throws Exception {
    units("control", 60, 0.5);
    later();
    step.processElement2(Models.remove("other"), 0);
    assertThat(drain(step)).isEmpty();
    step.processElement2(Models.remove("e"), 0);

    assertThat(drain(step)).containsExactly(new ResultUpdate("e", null, now));
    assertThat(step.numKeyedStateEntries()).isZero();
    step.processElement2(Models.remove("e"), 0);
    assertThat(drain(step)).isEmpty();
  }

  @Test
  void anArmThatHarmsAGuardrailIsPausedOnceAndStandsToTheControlAsItWas() throws Exception {
    units("control", 400, 0.5);
    silent("model", 400);
    ExperimentResult result = only(later());

    assertThat(result.getVerdict()).isEqualTo(Verdict.STOP);
    assertThat(result.getArms(0).getPaused()).isEmpty();
    assertThat(result.getArms(1).getPaused()).isEqualTo("it harms feedback-rate");
    assertThat(pauses())
        .containsExactly(new Control.Pause(now, "e", 1, Map.of("model", "it harms feedback-rate")));
    units("control", 600, 0.5);
    ExperimentResult after = only(later());

    assertThat(after.getSampleRatioBroken()).isFalse();
    assertThat(after.getArms(0).getAssigned()).isEqualTo(1_000);
    assertThat(after.getArms(1)).isEqualTo(result.getArms(1));
    assertThat(pauses()).isEmpty();
  }

  @Test
  void whoeverPausesAnArmByHandIsFollowedAndWhoeverResumesItToo() throws Exception {
    units("control", 60, 0.5);
    units("model", 60, 0.5);
    tell(new Control.Pause(1, "e", 1, Map.of("model", "too blunt")));
    assertThat(only(later()).getArms(1).getPaused()).isEqualTo("too blunt");
    step.processElement2(Models.remove("e.paused"), 0);
    units("control", 1, 0.5);

    assertThat(only(later()).getArms(1).getPaused()).isEmpty();
    assertThat(pauses()).isEmpty();
    tell(new Control.Pause(2, "e", 2, Map.of("model", "of another version")));
    units("control", 1, 0.5);
    assertThat(only(later()).getArms(1).getPaused()).isEmpty();
  }

  @Test
  void anArmThatTheNextPauseDoesNotNameGoesOnAndTheOthersStay() throws Exception {
    units("control", 60, 0.5);
    units("model", 60, 0.5);
    tell(new Control.Pause(1, "e", 1, Map.of("model", "too blunt", "control", "too dull")));
    assertThat(only(later()).getArmsList())
        .extracting(ArmResult::getPaused)
        .containsExactly("too dull", "too blunt");
    tell(new Control.Pause(2, "e", 1, Map.of("control", "still too dull")));
    units("model", 1, 0.5);
    ExperimentResult result = only(later());

    assertThat(result.getArmsList())
        .extracting(ArmResult::getPaused)
        .containsExactly("too dull", "");
    assertThat(result.getArms(1).getAssigned()).isEqualTo(61);
    tell(new Control.Pause(3, "e", 2, Map.of("control", "of another version")));
    units("model", 1, 0.5);
    assertThat(only(later()).getArms(0).getPaused()).isEmpty();
    assertThat(pauses()).isEmpty();
  }

  @Test
  void anArmThatGoesOnLacksWhatTheOthersGotMeanwhileAndAnotherVersionBeginsAnew() throws Exception {
    units("control", 60, 0.5);
    units("model", 60, 0.5);
    tell(new Control.Pause(1, "e", 1, Map.of("model", "too blunt")));
    units("control", 200, 0.5);
    assertThat(only(later()).getSampleRatioBroken()).isFalse();
    step.processElement2(Models.remove("e.paused"), 0);
    units("control", 1, 0.5);
    ExperimentResult resumed = only(later());

    assertThat(resumed.getArms(1).getPaused()).isEmpty();
    assertThat(resumed.getVerdict()).isEqualTo(Verdict.INVALID);
    assertThat(resumed.getSampleRatioBroken()).isTrue();
    tell(new Control.Pause(2, "e", 1, Map.of("model", "too blunt")));
    tell(2);
    units(2, "control", 60, 0.5);
    units(2, "model", 60, 0.5);
    ExperimentResult anew = only(later());
    assertThat(anew.getVersion()).isEqualTo(2);
    assertThat(anew.getVerdict()).isEqualTo(Verdict.CONTINUE);
    assertThat(anew.getArmsList()).extracting(ArmResult::getAssigned).containsExactly(60L, 60L);
    assertThat(anew.getArmsList()).extracting(ArmResult::getPaused).containsExactly("", "");
  }

  @Test
  void anArmThatIsResumedAndStillHarmsIsPausedAgainUnderAHigherVersion() throws Exception {
    units("control", 400, 0.5);
    silent("model", 400);
    later();
    Control.Pause first = pauses().get(0);
    tell(first);
    step.processElement2(Models.remove("e.paused"), 0);
    units("control", 1, 0.5);

    assertThat(only(later()).getArms(1).getPaused()).isNotEmpty();
    assertThat(pauses()).hasSize(1).allMatch(again -> again.version() > first.version());
  }

  @Test
  void aRestoreGoesOnWhereItWas() throws Exception {
    units("control", 60, 0.5);
    OperatorSubtaskState snapshot = step.snapshot(1, 1);
    step.close();
    step = Trials.results(Subtask.ONLY, snapshot);
    step.setProcessingTime(now);
    units("model", 60, 0.5);
    ExperimentResult result = only(later());

    assertThat(result.getArms(0).getPrimary().getCount()).isEqualTo(60);
    assertThat(result.getArms(1).getPrimary().getCount()).isEqualTo(60);
  }

  /** Anew, and nobody tells of an experiment. */
  private void openUntold() throws Exception {
    step.close();
    step = Trials.results(Subtask.ONLY, null);
    step.setProcessingTime(now);
  }

  private void tell(long version) throws Exception {
    tell(Trials.experiment("e", version));
  }

  private void tell(Control control) throws Exception {
    step.processElement2(Models.tell(control), 0);
  }

  /** What was to be paused since it was asked last. */
  private List<Control.Pause> pauses() {
    var out = step.getSideOutput(ResultsFunction.PAUSES);
    List<Control.Pause> pauses = new ArrayList<>();
    while (out != null && !out.isEmpty()) {
      pauses.add((Control.Pause) ControlBytes.read(out.remove().getValue()));
    }
    return pauses;
  }

  /** Units that say nothing. */
  private void silent(String arm, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      step.processElement1(contribution(1, arm, Metric.ASSIGNED, Sums.of(0, 0)), 0);
      step.processElement1(contribution(1, arm, Metric.FEEDBACK_RATE, Sums.of(0, 0)), 0);
    }
  }

  /** Ratings around a mean, so that there is variance. */
  private void units(String arm, int count, double mean) throws Exception {
    units(1, arm, count, mean);
  }

  private void units(long version, String arm, int count, double mean) throws Exception {
    Sums spoken = Sums.of(Metric.WHOLE, 0);
    for (int i = 0; i < count; i++) {
      long rating = Math.round((mean + (i % 2 == 0 ? 0.1 : -0.1)) * Metric.WHOLE);
      step.processElement1(contribution(version, arm, Metric.ASSIGNED, Sums.of(0, 0)), 0);
      step.processElement1(contribution(version, arm, "rating", Sums.of(rating, 500_000)), 0);
      step.processElement1(contribution(version, arm, Metric.FEEDBACK_RATE, spoken), 0);
    }
  }

  /** Scores without failures that take five microseconds. */
  private void scores(String arm, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      step.processElement1(contribution(1, arm, Metric.SCORE_ERRORS, Sums.of(0, 0)), 0);
      step.processElement1(contribution(1, arm, Metric.SCORE_LATENCY, Sums.of(5_000, 0)), 0);
    }
  }

  private static Contribution contribution(long version, String arm, String metric, Sums change) {
    return new Contribution("e", version, arm, metric, change);
  }

  private List<ResultUpdate> later() throws Exception {
    now += INTERVAL.toMillis();
    step.setProcessingTime(now);
    return drain(step);
  }

  private static ExperimentResult only(List<ResultUpdate> results) throws Exception {
    assertThat(results).hasSize(1);
    return ExperimentResult.parseFrom(Objects.requireNonNull(results.get(0).content()));
  }
}
