package io.cosmichub.streaming.feedback;

import static io.cosmichub.streaming.feedback.Trials.DAY;
import static io.cosmichub.streaming.feedback.Trials.END;
import static io.cosmichub.streaming.feedback.Trials.START;
import static io.cosmichub.streaming.feedback.Trials.exposure;
import static io.cosmichub.streaming.feedback.Trials.feedback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Metric;
import io.cosmichub.feedback.Sums;
import io.cosmichub.pair.PairWork;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.FeedbackInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of exposures, feedback and scores, shuffled, repeated, with restarts at another
 * parallelism between, against a plain computation over everything that was sent.
 */
final class ResultsHistoryTest {

  private static final int UNITS = 300;
  private static final List<String> EXPERIMENTS = List.of("d", "e", "f");
  private static final UnitKeys KEYS = new UnitKeys(Given.SECRET);

  private final List<
          KeyedTwoInputStreamOperatorTestHarness<String, Exposure, FeedbackInput, Contribution>>
      joins = new ArrayList<>();
  private final List<
          KeyedTwoInputStreamOperatorTestHarness<String, Contribution, PairWork, ResultUpdate>>
      results = new ArrayList<>();
  private final Map<String, ExperimentResult> latest = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverTheOrderTheResultIsThatOfAllThatWasSaid(long seed) throws Exception {
    Random random = new Random(seed);
    List<Object> events = history(random);
    start(2, List.of(), List.of(), START);
    for (String experiment : EXPERIMENTS) {
      for (var harness : results) {
        harness.processElement2(Models.tell(Trials.experiment(experiment, 1)), 0);
      }
    }
    long now = START;
    for (Object event : events) {
      put(event);
      if (random.nextInt(10) == 0 && !(event instanceof Contribution)) {
        put(event); // again
      }
      if (random.nextInt(200) == 0) {
        now += Trials.INTERVAL.toMillis();
        restart(1 + random.nextInt(3), now);
      }
    }
    tick(now + 2 * Trials.INTERVAL.toMillis());

    assertThat(latest.keySet()).containsExactlyInAnyOrderElementsOf(EXPERIMENTS);
    for (String experiment : EXPERIMENTS) {
      assertIsThatOf(events, experiment);
    }
    close();
  }

  private static List<Object> history(Random random) {
    List<Object> events = new ArrayList<>();
    for (int unit = 0; unit < UNITS; unit++) {
      String pair = "pair-" + unit;
      for (String experiment : EXPERIMENTS) {
        String arm = random.nextBoolean() ? "control" : "model";
        for (int times = random.nextInt(3); times > 0; times--) {
          long at = START + random.nextInt((int) (20 * DAY / 1000)) * 1000L;
          events.add(exposure(pair, experiment, 1, arm, at));
        }
      }
      for (int times = random.nextInt(6); times > 0; times--) {
        long at = START - 5 * DAY + unit + random.nextInt((int) (40 * DAY / 1000)) * 1000L;
        String kind = random.nextInt(4) == 0 ? "other" : "rating";
        events.add(feedback(pair, kind, random.nextInt(1_000_001) / 1e6, at));
      }
    }
    for (int report = 0; report < 4 * UNITS; report++) {
      events.add(ofScores(random));
    }
    java.util.Collections.shuffle(events, random);
    return events;
  }

  /** What a subtask tells of the scores of an arm; both arms are alike, so none does harm. */
  private static Contribution ofScores(Random random) {
    String experiment = EXPERIMENTS.get(random.nextInt(EXPERIMENTS.size()));
    String arm = random.nextBoolean() ? "control" : "model";
    boolean latency = random.nextBoolean();
    Sums sums = Sums.NONE;
    for (int scores = 1 + random.nextInt(5); scores > 0; scores--) {
      int failed = random.nextInt(50) == 0 ? Metric.WHOLE : 0;
      sums = sums.plus(Sums.of(latency ? 3_000 + random.nextInt(2_000) : failed, 0));
    }
    return new Contribution(
        experiment, 1, arm, latency ? Metric.SCORE_LATENCY : Metric.SCORE_ERRORS, sums);
  }

  private static void assertScoresAreThoseOf(
      List<Object> events, String experiment, ArmResult arm, String metric) {
    Sums all = Sums.NONE;
    for (Object event : events) {
      if (event instanceof Contribution scores
          && scores.experiment().equals(experiment)
          && scores.arm().equals(arm.getArm())
          && scores.metric().equals(metric)) {
        all = all.plus(scores.change());
      }
    }
    long count = all.count();
    double mean = all.sum().doubleValue() / count / Metric.WHOLE;
    assertThat(count).isPositive();
    assertThat(arm.getGuardrailsList())
        .filteredOn(guardrail -> guardrail.getMetric().equals(metric))
        .singleElement()
        .satisfies(each -> assertThat(each.getFigures().getCount()).isEqualTo(count));
    assertThat(figure(arm, metric)).isCloseTo(mean, within(1e-12));
  }

  /** The plain computation. */
  private void assertIsThatOf(List<Object> events, String experiment) {
    ExperimentResult result = Objects.requireNonNull(latest.get(experiment));
    for (ArmResult arm : result.getArmsList()) {
      List<Double> ratings = new ArrayList<>();
      int assigned = 0;
      int spoke = 0;
      for (int unit = 0; unit < UNITS; unit++) {
        String pair = "pair-" + unit;
        Exposure first = null;
        for (Object event : events) {
          if (event instanceof Exposure exposure
              && exposure.unit().equals(pair)
              && exposure.experiment().equals(experiment)
              && exposure.arm().equals(arm.getArm())) {
            first = first == null || exposure.at() < first.at() ? exposure : first;
          }
        }
        if (first == null) {
          continue;
        }
        assigned++;
        double sum = 0;
        int count = 0;
        boolean any = false;
        for (Object event : events) {
          if (event instanceof FeedbackInput input
              && input.unit().equals(pair)
              && input.feedback().at() >= first.at()
              && input.feedback().at() < END) {
            any = true;
            if (input.feedback().kind().equals("rating")) {
              sum += input.feedback().value();
              count++;
            }
          }
        }
        spoke += any ? 1 : 0;
        if (count > 0) {
          ratings.add(Math.round(sum / count) / 1e6);
        }
      }
      assertThat(arm.getAssigned()).isEqualTo(assigned);
      assertThat(arm.getPrimary().getCount()).isEqualTo(ratings.size());
      assertThat(arm.getPrimary().getMean()).isCloseTo(mean(ratings), within(1e-6));
      assertThat(arm.getPrimary().getVariance()).isCloseTo(variance(ratings), within(1e-6));
      assertThat(arm.getPaused()).isEmpty();
      assertScoresAreThoseOf(events, experiment, arm, Metric.SCORE_ERRORS);
      assertScoresAreThoseOf(events, experiment, arm, Metric.SCORE_LATENCY);
      assertThat(figure(arm, Metric.FEEDBACK_RATE))
          .isCloseTo(spoke / (double) assigned, within(1e-12));
    }
  }

  private static double figure(ArmResult arm, String metric) {
    return arm.getGuardrailsList().stream()
        .filter(guardrail -> guardrail.getMetric().equals(metric))
        .mapToDouble(guardrail -> guardrail.getFigures().getMean())
        .sum();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(each -> each).sum() / values.size();
  }

  private static double variance(List<Double> values) {
    double mean = mean(values);
    return values.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum()
        / (values.size() - 1);
  }

  private void put(Object event) throws Exception {
    if (event instanceof Exposure exposure) {
      var join = joins.get(index(KEYS.ofExposures().getKey(exposure), joins.size()));
      join.processElement1(exposure, 0);
      deliver(join);
    } else if (event instanceof Contribution scores) {
      results.get(index(scores.experiment(), results.size())).processElement1(scores, 0);
    } else if (event instanceof FeedbackInput input) {
      var join = joins.get(index(KEYS.ofFeedback().getKey(input), joins.size()));
      join.processElement2(input, 0);
      deliver(join);
    }
  }

  private void deliver(
      KeyedTwoInputStreamOperatorTestHarness<String, Exposure, FeedbackInput, Contribution> join)
      throws Exception {
    for (Contribution contribution : join.extractOutputValues()) {
      results
          .get(index(contribution.experiment(), results.size()))
          .processElement1(contribution, 0);
    }
    join.getOutput().clear();
  }

  private static int index(String key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        key, Subtask.MAX_PARALLELISM, parallelism);
  }

  private void tick(long now) throws Exception {
    for (var harness : results) {
      harness.setProcessingTime(now);
      for (ResultUpdate update : harness.extractOutputValues()) {
        latest.put(
            update.experiment(),
            ExperimentResult.parseFrom(Objects.requireNonNull(update.content())));
      }
      harness.getOutput().clear();
    }
  }

  private void restart(int parallelism, long now) throws Exception {
    tick(now);
    List<OperatorSubtaskState> ofJoins = new ArrayList<>();
    List<OperatorSubtaskState> ofResults = new ArrayList<>();
    for (var harness : joins) {
      ofJoins.add(harness.snapshot(1, 1));
    }
    for (var harness : results) {
      ofResults.add(harness.snapshot(1, 1));
    }
    close();
    start(parallelism, ofJoins, ofResults, now);
  }

  private void start(
      int parallelism,
      List<OperatorSubtaskState> ofJoins,
      List<OperatorSubtaskState> ofResults,
      long now)
      throws Exception {
    for (Subtask subtask : Subtask.all(parallelism)) {
      joins.add(Trials.join(subtask, ofJoins.isEmpty() ? null : Rescale.share(ofJoins, subtask)));
      results.add(
          Trials.results(subtask, ofResults.isEmpty() ? null : Rescale.share(ofResults, subtask)));
      joins.get(joins.size() - 1).setProcessingTime(now);
      results.get(results.size() - 1).setProcessingTime(now);
    }
  }

  private void close() throws Exception {
    for (var harness : joins) {
      harness.close();
    }
    for (var harness : results) {
      harness.close();
    }
    joins.clear();
    results.clear();
  }
}
