package io.cosmichub.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Evaluation;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who spoke of late, and what follows from it; every clock is of the test. */
@Tag("any-jvm")
final class VoicesTest {

  private static final long START = 1_800_000_000_000L;
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600_000;
  private static final long LOOKS = 10 * SECOND;
  private static final long UNITS = 100_000;
  private static final double USUAL = 0.4;
  private static final double MARGIN = 0.04;
  private static final ExperimentDefinition DEFINITION =
      new ExperimentDefinition(
          "e",
          "salt",
          ExperimentDefinition.Unit.PAIR,
          List.of(new Arm("control", 1), new Arm("model", 1)),
          1,
          "rating",
          0.05,
          List.of(new Guardrail(Metric.FEEDBACK_RATE, Guardrail.Harm.LOWER, MARGIN)),
          Instant.ofEpochMilli(START),
          Instant.ofEpochMilli(START).plusSeconds(86_400 * 60));

  @Test
  void theyAreCountedSinceEachSlotBegan() {
    Random random = new Random(4);
    Voices voices = Voices.NONE;
    List<Long> all = new ArrayList<>();
    long now = START;
    for (int i = 0; i < 500; i++) {
      now += random.nextInt(random.nextInt(200) == 0 ? 5_000_000 : 30_000);
      voices = voices.with("model", now);
      all.add(now);
      long asOf = now + random.nextInt(100_000);
      List<Long> expected = new ArrayList<>();
      for (int slot = 0; slot < Voices.SLOTS; slot++) {
        long began = (asOf / Voices.SLOT - slot) * Voices.SLOT;
        expected.add(all.stream().filter(at -> at >= began).count());
      }
      assertThat(voices.since("model", asOf)).isEqualTo(expected);
      assertThat(voices.since("control", asOf)).containsOnly(0L).hasSize(Voices.SLOTS);
    }
  }

  @Test
  void aUnitIsHeardOnceHoweverMuchItSaysAndOnlyOfWhatIsFreshAndDueToItsArm() {
    long exposed = START + HOUR;
    UnitRecord unit = UnitRecord.NOTHING;
    for (String experiment : List.of("e", "f")) {
      Terms terms = new Terms(1, false, START + 30 * HOUR);
      unit = unit.with(new Exposure("p", experiment, "model", exposed, terms));
    }
    Feedback early = said(exposed - 1);
    assertThat(UnitFigures.heard(unit, early, exposed)).isEmpty();
    unit = unit.with(early).after();
    Feedback stale = said(exposed + 1);
    assertThat(UnitFigures.heard(unit, stale, exposed + 1 + Voices.FRESH)).isEmpty();
    assertThat(UnitFigures.heard(unit, said(Long.MIN_VALUE), exposed)).isEmpty();
    assertThat(UnitFigures.heard(unit, said(Long.MAX_VALUE), exposed)).isEmpty();
    List<Contribution> heard = new ArrayList<>();
    for (long at = exposed; at < exposed + 3 * Voices.ONCE; at += Voices.ONCE / 16) {
      heard.addAll(UnitFigures.heard(unit, said(at), at));
      unit = unit.with(said(at)).after();
    }
    assertThat(heard)
        .extracting(Contribution::experiment, Contribution::arm, Contribution::metric)
        .containsExactly(tuple("e", "model", Metric.HEARD), tuple("f", "model", Metric.HEARD));
    long later = exposed + 5 * Voices.ONCE;
    assertThat(UnitFigures.heard(unit, said(later), later)).hasSize(2);
  }

  /** Of each arm so many units a second, of which a part is left after an hour. */
  @ParameterizedTest
  @CsvSource({"4, 0", "1, 0", "0.1, 0", "4, 0.5", "1, 0.2", "8, 0.7"})
  void aDropAfterWeeksIsFoundWithinAMinuteOfWhenItCouldBeSeen(double rate, double left) {
    List<Long> late = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      long drops = START + HOUR + random.nextInt(100) * SECOND;
      Tally tally = known(START);
      long control = 0;
      long model = 0;
      long visible = Long.MAX_VALUE;
      long found = Long.MAX_VALUE;
      for (long now = START; found == Long.MAX_VALUE && now < drops + HOUR; now += SECOND) {
        boolean dropped = now >= drops;
        for (int n = poisson(random, rate); n > 0; n--) {
          tally = tally.with(heard("control"), now);
          control += dropped ? 1 : 0;
        }
        for (int n = poisson(random, dropped ? left * rate : rate); n > 0; n--) {
          tally = tally.with(heard("model"), now);
          model += dropped ? 1 : 0;
        }
        if (visible == Long.MAX_VALUE && isVisible(control, model)) {
          visible = now;
        }
        if (now % LOOKS == 0 && isHarmed(tally, now)) {
          found = now;
        }
      }
      assertThat(found).as("nothing is found that is not there").isGreaterThanOrEqualTo(drops);
      late.add(found - Math.min(found, visible));
    }
    assertThat(late).allMatch(each -> each <= 60 * SECOND);
    assertThat(late).filteredOn(each -> each <= 30 * SECOND).hasSizeGreaterThanOrEqualTo(17);
  }

  /** Storms in which everybody speaks, and nights in which nobody does, hit both arms. */
  @Test
  void armsThatAreAlikeAreNeverFoundToDifferHoweverTheirUnitsHangTogether() {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      Tally tally = known(START);
      int units = 3_000;
      boolean[] inModel = new boolean[units];
      long[] spoke = new long[units];
      for (int unit = 0; unit < units; unit++) {
        inModel[unit] = random.nextBoolean();
      }
      for (long now = START; now < START + 8 * HOUR; now += LOOKS) {
        double share = random.nextInt(100) == 0 ? 0.5 : random.nextInt(2) * 0.002;
        int from = random.nextInt(units);
        int those = random.nextInt(units);
        for (int i = 0; i < those; i++) {
          int unit = (from + i) % units;
          if (random.nextDouble() < share && now - spoke[unit] >= Voices.ONCE) {
            spoke[unit] = now;
            tally = tally.with(heard(inModel[unit] ? "model" : "control"), now);
          }
        }
        assertThat(isHarmed(tally, now)).as("seed %s", seed).isFalse();
      }
    }
  }

  /** Whether so many since the drop alone are beyond doubt, asked as often as is asked in truth. */
  private static boolean isVisible(long control, long model) {
    double share = (1 - MARGIN / USUAL) / (2 - MARGIN / USUAL);
    double all = control + model;
    double part = model / all;
    double surprise =
        (part > 0 ? part * Math.log(part / share) : 0)
            + (1 - part) * Math.log((1 - part) / (1 - share));
    return part < share && all * surprise > Math.log(Voices.SLOTS * 1e9);
  }

  private static boolean isHarmed(Tally tally, long now) {
    List<String> harmed =
        new Evaluation(DEFINITION)
            .report(tally.figures(DEFINITION, now), Instant.ofEpochMilli(now))
            .arms()
            .get(1)
            .harmed();
    assertThat(harmed).isSubsetOf("feedback-rate of late");
    return !harmed.isEmpty();
  }

  /** Two arms of many units each, of which the usual share spoke. */
  private static Tally known(long now) {
    Tally tally = Tally.EMPTY;
    for (String arm : List.of("control", "model")) {
      tally = tally.with(change(arm, Metric.ASSIGNED, 0), now);
      tally = tally.with(change(arm, Metric.FEEDBACK_RATE, (long) (USUAL * UNITS)), now);
    }
    return tally;
  }

  private static Contribution change(String arm, String metric, long spoke) {
    BigInteger sum = BigInteger.valueOf(spoke * Metric.WHOLE);
    BigInteger none = BigInteger.ZERO;
    BigInteger squares = sum.multiply(BigInteger.valueOf(Metric.WHOLE));
    return new Contribution("e", 1, arm, metric, new Sums(UNITS, sum, squares, none, none, none));
  }

  private static Contribution heard(String arm) {
    return new Contribution("e", 1, arm, Metric.HEARD, Sums.of(0, 0));
  }

  private static Feedback said(long at) {
    return new Feedback("p", "", "rating", Metric.WHOLE, at);
  }

  private static int poisson(Random random, double mean) {
    int count = 0;
    for (double left = Math.exp(-mean), p = random.nextDouble(); p > left; count++) {
      p *= random.nextDouble();
    }
    return count;
  }
}
