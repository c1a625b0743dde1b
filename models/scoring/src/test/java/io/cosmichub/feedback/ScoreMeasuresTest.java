package io.cosmichub.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.model.LinearModel;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.Terms;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ScoreMeasuresTest {

  private static final Choice CONTROL =
      new Choice("", null, "trial", "control", new Terms(3, false, Long.MAX_VALUE));
  private static final Choice MODEL =
      new Choice(
          "m@1",
          new LinearModel(0, new double[] {1}),
          "trial",
          "model",
          new Terms(3, false, Long.MAX_VALUE));

  private long now = -5;
  private final ScoreMeasures measures = new ScoreMeasures(() -> now);

  @Test
  void whatIsTakenIsTheSumOfWhatWasMeasuredAndNothingIsTakenTwice() {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      Map<String, Sums> expected = new TreeMap<>();
      for (int score = 0; score < ScoreMeasures.TIMED_ALL; score++) {
        // Up to what outgrows 64 bits when it is squared and added up.
        long took = random.nextLong(Integer.MAX_VALUE);
        boolean failed = random.nextInt(5) == 0;
        score(CONTROL, took, failed);
        expected.merge(Metric.SCORE_LATENCY, Sums.of(took, 0), Sums::plus);
        expected.merge(Metric.SCORE_ERRORS, Sums.of(failed ? Metric.WHOLE : 0, 0), Sums::plus);
      }
      assertThat(taken("control")).isEqualTo(expected);
    }
    assertThat(measures.take()).isEmpty();
  }

  @Test
  void everyFailureCountsAndOfManyScoresAPartIsTimed() {
    int scores = ScoreMeasures.TIMED_ALL + 100 * ScoreMeasures.TIMED_ONE_IN;
    for (int score = 0; score < scores; score++) {
      score(CONTROL, 7, true);
    }
    Map<String, Sums> taken = taken("control");
    assertThat(taken.get(Metric.SCORE_ERRORS)).extracting(Sums::count).isEqualTo((long) scores);
    assertThat(taken.get(Metric.SCORE_ERRORS))
        .extracting(each -> each.moments().mean())
        .isEqualTo(1.0);
    assertThat(taken.get(Metric.SCORE_LATENCY))
        .extracting(Sums::count)
        .isEqualTo(ScoreMeasures.TIMED_ALL + 100L);
    assertThat(taken.get(Metric.SCORE_LATENCY))
        .extracting(each -> each.moments().mean())
        .isEqualTo(7e-6);
  }

  @Test
  void theFirstScoresOfANewModelCountAndAreNotTimed() {
    for (int model = 0; model < 2; model++) {
      measures.newModel();
      for (int score = 0; score < ScoreMeasures.COLD; score++) {
        score(MODEL, 1_000_000, false);
      }
      assertThat(taken("model")).containsOnlyKeys(Metric.SCORE_ERRORS);
      score(MODEL, 5_000, false);
      assertThat(taken("model")).containsEntry(Metric.SCORE_LATENCY, Sums.of(5_000, 0));
    }
  }

  @Test
  void aSecondAfterItsFirstScoreANewModelIsTimedHoweverSeldomItScores() {
    for (int model = 0; model < 2; model++) {
      measures.newModel();
      now += 10 * ScoreMeasures.COLD_NANOS;
      score(MODEL, 1_000_000, false);
      now += ScoreMeasures.COLD_NANOS - 1_000_001;
      score(MODEL, 1, false);
      assertThat(taken("model")).containsOnlyKeys(Metric.SCORE_ERRORS);
      score(MODEL, 5_000, false);
      assertThat(taken("model")).containsEntry(Metric.SCORE_LATENCY, Sums.of(5_000, 0));
    }
  }

  @Test
  void aClockThatGoesBackAndAScoreThatTakesForEverAreTakenAtTheirLimits() {
    score(CONTROL, -3, false);
    score(CONTROL, 1L << 40, false);
    assertThat(taken("control"))
        .containsEntry(Metric.SCORE_LATENCY, Sums.of(0, 0).plus(Sums.of(Integer.MAX_VALUE, 0)));
  }

  @Test
  void aScoreThatNeverBeganHasNoEnd() {
    assertThatThrownBy(() -> measures.end(CONTROL, 0, false))
        .isInstanceOf(IllegalStateException.class);
  }

  private void score(Choice choice, long took, boolean failed) {
    long began = measures.begin(choice);
    now += took;
    measures.end(choice, began, failed);
  }

  private Map<String, Sums> taken(String arm) {
    Map<String, Sums> sums = new TreeMap<>();
    for (Contribution change : measures.take()) {
      assertThat(change.experiment()).isEqualTo("trial");
      assertThat(change.version()).isEqualTo(3);
      assertThat(change.arm()).isEqualTo(arm);
      assertThat(sums.put(change.metric(), change.change())).isNull();
    }
    return sums;
  }
}
