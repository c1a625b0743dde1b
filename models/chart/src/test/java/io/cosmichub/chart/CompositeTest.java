package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompositeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "10000000, 20000000, 15000000",
    "350000000, 10000000, 0",
    "359999999, 2, 0",
    "359999999, 4, 1",
    "359999999, 0, 359999999",
    "350000000, 30000000, 10000000",
    "10, 13, 11",
  })
  void aMidpointIsTheMiddleOfTheShorterArcForEitherOrder(int a, int b, int midpoint) {
    assertThat(Composite.midpoint(a, b)).isEqualTo(midpoint);
    assertThat(Composite.midpoint(b, a)).isEqualTo(midpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 180000000, 90000000",
    "100000000, 280000000, 190000000",
    "179999999, 359999999, 269999999"
  })
  void ofTwoMiddlesItIsTheOneForwardOfTheSmallerLongitude(int a, int b, int midpoint) {
    assertThat(Composite.midpoint(a, b)).isEqualTo(midpoint);
    assertThat(Composite.midpoint(b, a)).isEqualTo(midpoint);
  }

  @Test
  void aMidpointIsAsFarFromBothWithinAMicroDegree() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      int a = random.nextInt(MicroDegrees.CIRCLE);
      int b = random.nextInt(MicroDegrees.CIRCLE);
      int midpoint = Composite.midpoint(a, b);
      int toA = MicroDegrees.separation(midpoint, a);
      int toB = MicroDegrees.separation(midpoint, b);
      assertThat(MicroDegrees.isLongitude(midpoint)).isTrue();
      assertThat(toA + toB).isEqualTo(MicroDegrees.separation(a, b));
      assertThat(Math.abs(toA - toB)).isLessThanOrEqualTo(1);
      assertThat(Composite.midpoint(b, a)).isEqualTo(midpoint);
    }
  }

  @Test
  void aCompositeHasTheBodiesThatBothChartsHave() {
    Longitudes a = Longitudes.NONE.with(0, 10).with(1, 20);
    Longitudes b = Longitudes.NONE.with(1, 40).with(2, 50);
    assertThat(Composite.of(a, b)).isEqualTo(Longitudes.NONE.with(1, 30));
  }
}
