package io.cosmichub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PairedDifferencesTest {

  @ParameterizedTest
  @CsvSource({"6, 1, 6", "8, 1, 8", "9, 2, 8", "20, 6, 15", "30, 10, 21", "100, 40, 61"})
  void theIntervalHasTheRanksOfTheSignTest(int pairs, double low, double high) {
    double[] ranks = IntStream.rangeClosed(1, pairs).mapToDouble(rank -> rank).toArray();
    PairedDifferences differences = PairedDifferences.of(ranks);

    assertThat(differences).isEqualTo(new PairedDifferences(pairs, (pairs + 1) / 2.0, low, high));
  }

  @Test
  void runsAreHeldAgainstThoseBesideThem() {
    GatewayFigures figures = new GatewayFigures();
    for (double[] pair : new double[][] {{10, 11}, {20, 21}, {40, 44}}) {
      figures.runs().add(run("one", pair[0]));
      figures.runs().add(run("other", pair[1]));
    }
    figures.runs().add(run("another", 1_000));

    assertThat(figures.differences("one", "other").median()).isCloseTo(10, within(1e-9));
    assertThat(figures.differences("one", "other").pairs()).isEqualTo(3);
  }

  private static GatewayFigures.Run run(String name, double p99) {
    return new GatewayFigures.Run(name, 1_000, 5_000, 4, p99, 20, 30);
  }

  @Test
  void fewerThanSixPairsHaveAMedianAndNoInterval() {
    PairedDifferences differences = PairedDifferences.of(3, -1, 2, 8, -5);

    assertThat(differences.median()).isEqualTo(2);
    assertThat(differences.low()).isNaN();
    assertThat(differences.high()).isNaN();
    assertThat(PairedDifferences.of().median()).isNaN();
  }

  @Test
  void theIntervalHoldsTheMedianOfWhatIsSkewedAsOftenAsItSays() {
    Random random = new Random(12);
    double median = Math.log(2);
    int held = 0;
    for (int trial = 0; trial < 2_000; trial++) {
      PairedDifferences differences =
          PairedDifferences.of(random.doubles(20).map(uniform -> -Math.log(1 - uniform)).toArray());
      held += differences.low() <= median && median <= differences.high() ? 1 : 0;
    }
    assertThat(held).isBetween(1_880, 1_960); // 95.9 of 100 by the binomial distribution
  }
}
