package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MicroDegreesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "0.0000004, 0",
    "0.0000006, 1",
    "89.579059, 89579059",
    "146.861576, 146861576",
    "359.999999, 359999999",
    "359.9999994, 359999999",
    "359.9999996, 0",
  })
  void degreesBecomeTheNearestMicroDegree(double degrees, int microDegrees) {
    assertThat(MicroDegrees.ofDegrees(degrees)).isEqualTo(microDegrees);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -1e-9,
        -123.456,
        360,
        360.000001,
        1e300
      })
  void whatIsNoLongitudeIsRefusedWithoutNamingIt(double degrees) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MicroDegrees.ofDegrees(degrees))
        .withMessageNotContainingAny("123", "1.0E300", "NaN", "Infinity");
  }

  @Test
  void everySixDecimalLongitudeKeepsItsDigits() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      int microDegrees = random.nextInt(MicroDegrees.CIRCLE);
      String decimal =
          microDegrees / 1_000_000
              + "."
              + String.format(Locale.ROOT, "%06d", microDegrees % 1_000_000);
      assertThat(MicroDegrees.ofDegrees(Double.parseDouble(decimal))).isEqualTo(microDegrees);
      assertThat(MicroDegrees.toDegrees(microDegrees)).isEqualTo(Double.parseDouble(decimal));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "359999999, 1, 2",
    "1, 359999999, 2",
    "0, 180000000, 180000000",
    "10, 180000011, 179999999",
    "90000000, 270000001, 179999999",
  })
  void theSeparationIsTheShorterArc(int a, int b, int separation) {
    assertThat(MicroDegrees.separation(a, b)).isEqualTo(separation);
  }

  @Test
  void forwardArcsOfBothWaysMakeACircle() {
    assertThat(MicroDegrees.forward(350_000_000, 10_000_000)).isEqualTo(20_000_000);
    assertThat(MicroDegrees.forward(10_000_000, 350_000_000)).isEqualTo(340_000_000);
    assertThat(MicroDegrees.forward(5, 5)).isZero();
  }
}
