package io.cosmichub.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ArmFigures;
import io.cosmichub.experiment.Evaluation;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.ExperimentReport.ArmLine;
import io.cosmichub.experiment.Guardrail;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is known of the last while, and what follows from it. */
final class LatelyTest {

  private static final long START = 1_800_000_000_000L;
  private static final ExperimentDefinition DEFINITION =
      new ExperimentDefinition(
          "e",
          "salt",
          ExperimentDefinition.Unit.PAIR,
          List.of(new Arm("control", 1), new Arm("model", 1)),
          1,
          "rating",
          0.05,
          List.of(new Guardrail(Metric.SCORE_ERRORS, Guardrail.Harm.HIGHER, 0.02)),
          Instant.ofEpochMilli(START),
          Instant.ofEpochMilli(START).plusSeconds(86_400 * 60));

  private final Random random = new Random(4);

  @Test
  void itIsTheSumOfWhatCameInTheLastOneToTwoHalves() {
    Lately lately = Lately.NOTHING;
    TreeMap<Long, Sums> all = new TreeMap<>();
    long began = 0;
    long now = START;
    for (int i = 0; i < 500; i++) {
      now += random.nextInt((int) (random.nextInt(20) == 0 ? 3 * Lately.HALF : 3_000));
      if (now - began >= Lately.HALF) {
        began = now - began < 2 * Lately.HALF ? began + Lately.HALF : now;
      }
      Sums change = Sums.of(random.nextInt(1_000), 0);
      lately = lately.with(errors("model", change), now);
      all.merge(now, change, Sums::plus);
      // Nothing of before a pause of two halves is there.
      Sums expected =
          all.tailMap(lately.older().isEmpty() ? began : began - Lately.HALF).values().stream()
              .reduce(Sums.NONE, Sums::plus);
      assertThat(lately.sums("model", now)).containsEntry(Metric.SCORE_ERRORS, expected);
      assertThat(lately.sums("model", now + 2 * Lately.HALF)).isEmpty();
      assertThat(lately.sums("control", now)).isEmpty();
    }
  }

  @Test
  void anArmThatFailsAfterMonthsWithoutFaultIsFoundWithinAMinute() {
    Tally tally = Tally.EMPTY;
    long now = START;
    // A month of scores, told at once: it makes no difference to the sums.
    tally = tally.with(errors("control", many(1_000_000, 0)), now);
    tally = tally.with(errors("model", many(1_000_000, 0)), now);
    now += 30 * 86_400_000L;
    long harmBegins = now;
    List<String> harmed = List.of();
    while (harmed.isEmpty() && now < harmBegins + 60_000) {
      now += 5_000;
      tally = tally.with(errors("control", many(40, 0)), now);
      tally = tally.with(errors("model", many(40, 10)), now);
      harmed = model(tally, now).harmed();
    }
    assertThat(harmed).containsExactly("score-errors of late");
    assertThat(now - harmBegins).isLessThanOrEqualTo(60_000);
    assertThat(model(tally, now + 2 * Lately.HALF).harmed()).as("it is over").isEmpty();
  }

  @Test
  void anArmWithinTheMarginIsNotFoundHoweverOftenOneLooks() {
    Tally tally = Tally.EMPTY;
    long now = START;
    for (int look = 0; look < 20_000; look++) {
      now += 5_000;
      int failures = 0;
      for (int score = 0; score < 30; score++) {
        failures += random.nextInt(100) == 0 ? 1 : 0;
      }
      tally = tally.with(errors("control", many(30, 0)), now);
      tally = tally.with(errors("model", many(30, failures)), now);
      assertThat(model(tally, now).harmed()).isEmpty();
    }
  }

  private static ArmLine model(Tally tally, long now) {
    List<ArmFigures> figures = tally.figures(DEFINITION, now);
    return new Evaluation(DEFINITION).report(figures, Instant.ofEpochMilli(now)).arms().get(1);
  }

  private static Sums many(int scores, int failures) {
    Sums sums = Sums.NONE;
    for (int score = 0; score < Math.min(scores, 1_000); score++) {
      sums = sums.plus(Sums.of(score < failures ? Metric.WHOLE : 0, 0));
    }
    return scores <= 1_000
        ? sums
        : new Sums(
            scores,
            sums.sum(),
            sums.squares(),
            sums.priorSum(),
            sums.priorSquares(),
            sums.products());
  }

  private static Contribution errors(String arm, Sums change) {
    return new Contribution("e", 1, arm, Metric.SCORE_ERRORS, change);
  }
}
