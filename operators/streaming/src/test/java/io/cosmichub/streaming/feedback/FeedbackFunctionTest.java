package io.cosmichub.streaming.feedback;

import static io.cosmichub.streaming.feedback.Trials.DAY;
import static io.cosmichub.streaming.feedback.Trials.END;
import static io.cosmichub.streaming.feedback.Trials.START;
import static io.cosmichub.streaming.feedback.Trials.exposure;
import static io.cosmichub.streaming.feedback.Trials.feedback;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Metric;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.UnitFigures;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FeedbackFunctionTest {

  private KeyedTwoInputStreamOperatorTestHarness<String, Exposure, FeedbackInput, Contribution>
      step;
  private final Map<String, Sums> sums = new TreeMap<>();

  @BeforeEach
  void open() throws Exception {
    step = Trials.join(Subtask.ONLY, null);
    step.setProcessingTime(START);
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void feedbackCountsForTheArmFromTheExposureOnAndBeforeItAsWhatWasKnown() throws Exception {
    say(feedback("p", "rating", 0.2, START));
    show(exposure("p", "e", 1, "model", START + 10));
    say(feedback("p", "rating", 0.5, START + 10));
    say(feedback("p", "rating", 1, START + 11));
    say(feedback("p", "rating", 0, END));

    assertThat(sums)
        .containsEntry("model/rating", Sums.of(750_000, 200_000))
        .containsEntry("model/" + Metric.ASSIGNED, Sums.of(0, 0))
        .containsEntry("model/" + Metric.FEEDBACK_RATE, Sums.of(Metric.WHOLE, 0));
  }

  @Test
  void theOrderInWhichTheyComeDoesNotMatter() throws Exception {
    say(feedback("p", "rating", 1, START + 11));
    say(feedback("p", "rating", 0.2, START));
    show(exposure("p", "e", 1, "model", START + DAY));
    say(feedback("p", "rating", 0.5, START + 10));
    show(exposure("p", "e", 1, "model", START + 10));

    assertThat(sums).containsEntry("model/rating", Sums.of(750_000, 200_000));
  }

  @Test
  void aUnitWithoutEarlierFeedbackHasTheMiddleOfTheScale() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    say(feedback("p", "rating", 1, START));

    assertThat(sums).containsEntry("control/rating", Sums.of(Metric.WHOLE, UnitFigures.NO_PRIOR));
  }

  @Test
  void theSameAgainCountsOnceAndAnotherValueIsADeadLetter() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    say(feedback("p", "rating", 1, START + 1));
    say(feedback("p", "rating", 1, START + 1));
    assertThat(step.getSideOutput(DeadLetters.TAG)).isNull();
    say(feedback("p", "rating", 0.5, START + 1));

    assertThat(step.getSideOutput(DeadLetters.TAG))
        .singleElement()
        .extracting(letter -> letter.getValue().code())
        .isEqualTo(DeadLetterCode.FEEDBACK_CONFLICT);
    assertThat(sums).containsEntry("control/rating", Sums.of(Metric.WHOLE, UnitFigures.NO_PRIOR));
  }

  @Test
  void anExposureOfAnotherDayChangesNothing() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    drain(step);
    step.processElement1(exposure("p", "e", 1, "control", START + DAY), 0);

    assertThat(drain(step)).isEmpty();
  }

  @Test
  void anotherVersionTakesNothingBackFromTheOneBefore() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    drain(step);
    step.processElement1(exposure("p", "e", 2, "model", START + 5), 0);

    assertThat(drain(step))
        .isNotEmpty()
        .allMatch(change -> change.version() == 2 && change.arm().equals("model"));
    step.processElement1(exposure("p", "e", 1, "control", START + 9), 0);
    assertThat(drain(step)).isEmpty();
  }

  @Test
  void ofTooMuchFeedbackTheOldestGivesWay() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    for (int i = 0; i <= UnitRecord.MOST_FEEDBACK; i++) {
      say(feedback("p", "rating", i == 0 ? 1 : 0.5, START + i));
    }
    assertThat(sums).containsEntry("control/rating", Sums.of(500_000, UnitFigures.NO_PRIOR));
  }

  @Test
  void aUnitThatIsNotSeenIsForgottenAndNothingIsLeft() throws Exception {
    show(exposure("p", "e", 1, "control", START));
    say(feedback("q", "rating", 1, START));
    assertThat(step.numKeyedStateEntries()).isEqualTo(4);
    step.setProcessingTime(START + Trials.MEMORY.toMillis());
    assertThat(step.numKeyedStateEntries()).isEqualTo(4);
    say(feedback("q", "rating", 1, START + 1));
    step.setProcessingTime(START + Trials.MEMORY.toMillis() + DAY);
    assertThat(step.numKeyedStateEntries()).isEqualTo(2);
    step.setProcessingTime(START + 3 * Trials.MEMORY.toMillis());
    assertThat(step.numKeyedStateEntries()).isZero();
    assertThat(step.numProcessingTimeTimers()).isZero();
  }

  @Test
  void aRestoreGoesOnWhereItWas() throws Exception {
    say(feedback("p", "rating", 0.2, START));
    OperatorSubtaskState snapshot = step.snapshot(1, 1);
    step.close();
    step = Trials.join(Subtask.ONLY, snapshot);
    show(exposure("p", "e", 1, "model", START + 10));
    say(feedback("p", "rating", 0.5, START + 10));

    assertThat(sums).containsEntry("model/rating", Sums.of(500_000, 200_000));
  }

  private void show(Exposure exposure) throws Exception {
    step.processElement1(exposure, 0);
    add(drain(step));
  }

  private void say(FeedbackInput input) throws Exception {
    step.processElement2(input, 0);
    add(drain(step));
  }

  private void add(List<Contribution> changes) {
    for (Contribution change : changes) {
      sums.merge(change.arm() + "/" + change.metric(), change.change(), Sums::plus);
    }
  }
}
