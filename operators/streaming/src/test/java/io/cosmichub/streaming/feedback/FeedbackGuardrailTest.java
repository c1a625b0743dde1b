package io.cosmichub.streaming.feedback;

import static io.cosmichub.streaming.feedback.Trials.START;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From an arm about which nobody says anything any more to the record that pauses it: the step that
 * joins and the step that sums up, by a clock of the test. A second exposes four units of each arm,
 * of which two say something two minutes later.
 */
final class FeedbackGuardrailTest {

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long DELAY = 2 * MINUTE;
  private static final int UNITS_A_SECOND = 4;

  private KeyedTwoInputStreamOperatorTestHarness<String, Exposure, FeedbackInput, Contribution>
      join;
  private KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>
      results;
  private final List<Control.Pause> pauses = new ArrayList<>();
  private @Nullable ExperimentResult latest;
  private long now = START;

  @BeforeEach
  void open() throws Exception {
    open(null, null);
    results.processElement2(Models.tell(Trials.experiment("e", 1)), 0);
  }

  @AfterEach
  void close() throws Exception {
    join.close();
    results.close();
  }

  @Test
  void anArmAboutWhichPeopleFallSilentAfterLongIsPausedWithinAMinute() throws Exception {
    run(40 * MINUTE, Set.of());
    assertThat(pauses).isEmpty();
    long silent = now;
    run(MINUTE / 3, Set.of("model"));
    restart();
    run(2 * MINUTE / 3, Set.of("model"));

    assertThat(pauses).hasSize(1);
    Control.Pause pause = pauses.get(0);
    assertThat(pause.arms()).isEqualTo(Map.of("model", "it harms feedback-rate of late"));
    assertThat(pause.version() - silent).as("a checkpoint is to come").isLessThan(MINUTE - 10_000);
    assertThat(Objects.requireNonNull(latest).getArms(1).getPaused())
        .isEqualTo("it harms feedback-rate of late");
  }

  @Test
  void silenceInBothArmsIsNoHarm() throws Exception {
    run(10 * MINUTE, Set.of());
    run(10 * MINUTE, Set.of("control", "model"));
    run(10 * MINUTE, Set.of());

    assertThat(pauses).isEmpty();
  }

  private void run(long millis, Set<String> silent) throws Exception {
    for (long end = now + millis; now < end; now += SECOND) {
      join.setProcessingTime(now);
      for (String arm : List.of("control", "model")) {
        for (int i = 0; i < UNITS_A_SECOND; i++) {
          String pair = arm + "-" + now + "-" + i;
          join.processElement1(Trials.exposure(pair, "e", 1, arm, now), 0);
        }
        for (int i = 0; i < UNITS_A_SECOND && !silent.contains(arm); i += 2) {
          String pair = arm + "-" + (now - DELAY) + "-" + i;
          double rating = i == 0 ? 0.4 : 0.6;
          join.processElement2(Trials.feedback(pair, "rating", rating, now - SECOND), 0);
        }
      }
      for (Contribution contribution : drain(join)) {
        results.processElement1(contribution, 0);
      }
      results.setProcessingTime(now);
      for (ResultUpdate update : drain(results)) {
        latest = ExperimentResult.parseFrom(Objects.requireNonNull(update.content()));
      }
      var told = results.getSideOutput(ResultsFunction.PAUSES);
      while (told != null && !told.isEmpty()) {
        pauses.add((Control.Pause) ControlBytes.read(told.remove().getValue()));
      }
    }
  }

  private void restart() throws Exception {
    OperatorSubtaskState joined = join.snapshot(1, 1);
    OperatorSubtaskState judged = results.snapshot(1, 1);
    close();
    open(joined, judged);
  }

  private void open(@Nullable OperatorSubtaskState joined, @Nullable OperatorSubtaskState judged)
      throws Exception {
    join = Trials.join(Subtask.ONLY, joined);
    join.setProcessingTime(now);
    results = Trials.results(Subtask.ONLY, judged);
    results.setProcessingTime(now);
  }
}
