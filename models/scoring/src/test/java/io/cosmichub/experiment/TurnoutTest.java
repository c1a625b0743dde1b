package io.cosmichub.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.experiment.Guardrail.Harm;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TurnoutTest {

  /** At levels that a simulation can see; the one that is asked for, 1e-9, is out of its sight. */
  @ParameterizedTest
  @ValueSource(ints = {30, 300, 3_000})
  void drawsAreSeldomMoreSurprisingThanTheBoundSaysInEitherDirection(int speak) {
    int units = 50_000;
    int ofArm = 20_000;
    int runs = 5_000;
    double share = (double) ofArm / units;
    Random random = new Random(speak);
    double[] few = new double[runs];
    double[] many = new double[runs];
    for (int run = 0; run < runs; run++) {
      int arm = 0;
      for (int drawn = 0; drawn < speak; drawn++) {
        arm += random.nextInt(units - drawn) < ofArm - arm ? 1 : 0;
      }
      double part = (double) arm / speak;
      (part < share ? few : many)[run] = Turnout.surprise(speak, part, share);
    }
    for (double chance : new double[] {0.2, 0.05, 0.01}) {
      for (double[] surprises : List.of(few, many)) {
        int hits = (int) Arrays.stream(surprises).filter(each -> each > -Math.log(chance)).count();
        assertThat(new Simulation.Share(hits, runs).high()).isLessThanOrEqualTo(chance);
        assertThat(hits).as("else nothing is looked at").isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"29, 1, false", "30, 1, true", "38, 360, false", "39, 360, true"})
  void anArmThatIsSilentIsFoundWhenTheOddsAreOneInAThousandMillion(
      long control, int moments, boolean found) {
    List<Long> before = Collections.nCopies(moments, control);
    List<Long> none = Collections.nCopies(moments, 0L);

    assertThat(Turnout.isHarm(Harm.LOWER, 0.5, before, none)).isEqualTo(found);
    assertThat(Turnout.isHarm(Harm.HIGHER, 0.5, before, none)).isFalse();
    assertThat(Turnout.isHarm(Harm.HIGHER, 0.5, none, before)).isEqualTo(found);
    assertThat(Turnout.isHarm(Harm.LOWER, 0.5, before, before)).isFalse();
    assertThat(Turnout.isHarm(Harm.LOWER, 0.5, none, none)).isFalse();
  }
}
