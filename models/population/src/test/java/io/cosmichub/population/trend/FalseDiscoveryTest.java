package io.cosmichub.population.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.population.trend.FalseDiscovery.Dependence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FalseDiscoveryTest {

  private static final int REPEATS = 400;
  private static final int FIGURES = 200;

  @Test
  void bothRulesBelieveUpToTheLastTestUnderTheirLine() {
    double[] probabilities = {0.045, 0.001, 0.02, 0.9, 0.012};

    assertThat(new FalseDiscovery(0.05, Dependence.POSITIVE).believed(probabilities))
        .containsExactly(false, true, true, false, true);
    assertThat(new FalseDiscovery(0.05, Dependence.ANY).believed(probabilities))
        .containsExactly(false, true, false, false, false);
    assertThat(FalseDiscovery.DEFAULT.believed(new double[0])).isEmpty();
  }

  @Test
  void studentsTailIsThatOfTheTables() {
    assertThat(Deviation.twoSided(2.228139, 10)).isCloseTo(0.05, within(1e-6));
    assertThat(Deviation.twoSided(-3.169273, 10)).isCloseTo(0.01, within(1e-6));
    assertThat(Deviation.twoSided(0, 10)).isEqualTo(1);
  }

  /** Nothing trends here, so every repeat in which anything is believed is a false discovery. */
  @Test
  void onShuffledDataAtMostTheStatedShareIsBelieved() {
    int wrong = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      Random random = new Random(repeat);
      double[] probabilities = new double[FIGURES];
      for (int figure = 0; figure < FIGURES; figure++) {
        double mean = 20 * Math.pow(100, random.nextDouble());
        List<Observation> windows = new ArrayList<>();
        for (int window = 0; window < 49; window++) {
          // Overdispersed, with a daily wave, until it is shuffled.
          double wave = 1 + 0.3 * Math.sin(window * Math.PI / 12);
          windows.add(poisson(mean * wave * (1 + 0.05 * random.nextGaussian()), random));
        }
        Collections.shuffle(windows, random);
        probabilities[figure] = p(windows);
      }
      for (boolean believed :
          new FalseDiscovery(0.05, Dependence.POSITIVE).believed(probabilities)) {
        if (believed) {
          wrong++;
          break;
        }
      }
    }
    // 5% of the repeats, and three standard errors.
    assertThat(wrong)
        .isLessThanOrEqualTo((int) (REPEATS * 0.05 + 3 * Math.sqrt(REPEATS * 0.05 * 0.95)));
  }

  @Test
  void whatRisesIsFoundAmongWhatDoesNot() {
    int believedAtAll = 0;
    int believedWrongly = 0;
    int missed = 0;
    for (int repeat = 0; repeat < 50; repeat++) {
      Random random = new Random(-repeat);
      double[] probabilities = new double[FIGURES];
      for (int figure = 0; figure < FIGURES; figure++) {
        List<Observation> windows = new ArrayList<>();
        for (int window = 0; window < 48; window++) {
          windows.add(poisson(1_350, random));
        }
        windows.add(poisson(figure < 20 ? 1_350 * 1.34 : 1_350, random));
        probabilities[figure] = p(windows);
      }
      boolean[] believed = FalseDiscovery.DEFAULT.believed(probabilities);
      for (int figure = 0; figure < FIGURES; figure++) {
        believedAtAll += believed[figure] ? 1 : 0;
        believedWrongly += believed[figure] && figure >= 20 ? 1 : 0;
        missed += !believed[figure] && figure < 20 ? 1 : 0;
      }
    }
    assertThat(missed).isZero();
    assertThat(believedWrongly).isLessThanOrEqualTo((int) (0.05 * believedAtAll));
  }

  private static double p(List<Observation> windows) {
    int last = windows.size() - 1;
    return Objects.requireNonNull(Deviation.of(windows.get(last), windows.subList(0, last))).p();
  }

  /** Poisson for all that matters here: a rounded normal of the same mean and variance. */
  private static Observation poisson(double mean, Random random) {
    double drawn = mean + Math.sqrt(mean) * random.nextGaussian();
    return new Observation(Math.max(0, Math.round(drawn)), 10_000);
  }
}
