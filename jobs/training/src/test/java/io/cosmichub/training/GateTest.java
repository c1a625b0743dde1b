package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.experiment.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GateTest {
  private static final int ROWS = 400;
  private static final Baselines BASELINES = new Baselines(0.5, 0.5, 0.1);

  @Test
  void whatBeatsAConstantAndNotTheRulesIsRefused() {
    // The rules know all that there is to know, and so does the model.
    List<LabelledPair> rows = rows(1, 0, ROWS);
    double[] asTheRules = predictions(rows, 1, 0);
    Gate gate = Gate.of(rows, asTheRules, BASELINES);

    assertThat(gate.promotable()).isFalse();
    assertThat(gate.reason()).isEqualTo("it is not shown to be better than the rule-based score");
    assertThat(gate.overConstant().low()).isPositive();
  }

  @Test
  void whatBeatsTheRulesAndNotAConstantIsRefused() {
    // The rules mislead, and there is nothing to know.
    List<LabelledPair> rows = rows(0, 0, ROWS);
    double[] asAConstant = predictions(rows, 0, 0);
    Gate gate = Gate.of(rows, asAConstant, BASELINES);

    assertThat(gate.promotable()).isFalse();
    assertThat(gate.reason()).isEqualTo("it is not shown to be better than a constant");
    assertThat(gate.overRules().low()).isPositive();
  }

  @Test
  void whatBeatsBothMayBeShipped() {
    List<LabelledPair> rows = rows(1, 1, ROWS);
    Gate gate = Gate.of(rows, predictions(rows, 1, 1), BASELINES);

    assertThat(gate.promotable()).isTrue();
    assertThat(gate.overConstant().low()).isPositive();
    assertThat(gate.overRules().low()).isPositive();
  }

  @Test
  void whatAnswersNoNumberIsRefused() {
    List<LabelledPair> rows = rows(1, 1, ROWS);
    double[] predictions = predictions(rows, 1, 1);
    predictions[ROWS / 2] = Double.NaN;

    assertThat(Gate.of(rows, predictions, BASELINES).promotable()).isFalse();
  }

  @Test
  void fewerGroupsThanNeededProveNothingHoweverManyRowsTheyHave() {
    for (int groups : List.of(Gate.MIN_GROUPS - 1, Gate.MIN_GROUPS)) {
      List<LabelledPair> rows = new ArrayList<>();
      List<LabelledPair> all = rows(1, 1, ROWS);
      for (int i = 0; i < ROWS; i++) {
        rows.add(all.get(i).inGroup("group-" + i % groups));
      }

      assertThat(Gate.of(rows, predictions(rows, 1, 1), BASELINES).promotable())
          .as("%d groups", groups)
          .isEqualTo(groups == Gate.MIN_GROUPS);
    }
  }

  @Test
  void whoSaysTheSameOftenCountsOnce() {
    List<LabelledPair> once = rows(1, 1, ROWS);
    double[] gains = new Random(3).doubles(ROWS, -1, 1.2).toArray();
    List<LabelledPair> often = new ArrayList<>();
    double[] ofOften = new double[3 * ROWS];
    for (int i = 0; i < ofOften.length; i++) {
      often.add(once.get(i % ROWS));
      ofOften[i] = gains[i % ROWS];
    }
    Interval of = Gate.meanByGroup(once, gains);
    Interval again = Gate.meanByGroup(often, ofOften);

    assertThat(again.low()).isCloseTo(of.low(), within(1e-12));
    assertThat(again.high()).isCloseTo(of.high(), within(1e-12));
  }

  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSaysThoughRowsOfAGroupResembleEachOther() {
    int runs = 2_000;
    int held = 0;
    for (long seed = 0; seed < runs; seed++) {
      Random random = new Random(seed);
      List<LabelledPair> rows = new ArrayList<>();
      List<Double> gains = new ArrayList<>();
      for (int group = 0; group < 40; group++) {
        double own = random.nextGaussian();
        for (int row = random.nextInt(4); row >= 0; row--) {
          rows.add(row("group-" + group, 0, 0));
          gains.add(0.2 + own + 0.5 * random.nextGaussian());
        }
      }
      Interval interval =
          Gate.meanByGroup(rows, gains.stream().mapToDouble(Double::doubleValue).toArray());
      held += interval.low() <= 0.2 && 0.2 <= interval.high() ? 1 : 0;
    }

    assertThat((double) held / runs).isBetween(0.93, 0.97);
  }

  /** Labels of what the rules know, of what they do not, and of noise; a group each. */
  private static List<LabelledPair> rows(double known, double unknown, int size) {
    Random random = new Random(1);
    List<LabelledPair> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double rules = random.nextGaussian();
      float other = (float) random.nextGaussian();
      double label = 0.5 + 0.1 * (known * rules + unknown * other) + 0.05 * random.nextGaussian();
      rows.add(
          new LabelledPair("p" + i, "p" + i, i, new float[] {other}, rules, label, Double.NaN));
    }
    return rows;
  }

  private static double[] predictions(List<LabelledPair> rows, double known, double unknown) {
    double[] predictions = new double[rows.size()];
    Arrays.setAll(
        predictions,
        i -> 0.5 + 0.1 * (known * rows.get(i).rules() + unknown * rows.get(i).features()[0]));
    return predictions;
  }

  private static LabelledPair row(String group, double rules, double label) {
    return new LabelledPair(group, group, 0, new float[0], rules, label, Double.NaN);
  }
}
