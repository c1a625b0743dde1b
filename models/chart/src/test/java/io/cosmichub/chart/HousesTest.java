package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HousesTest {
  // The first house begins at 326.6° and the second at 22.0°: 0° Aries lies inside the first.
  private static final int[] CUSPS = {
    326_615_975, 22_009_406, 53_703_876, 75_003_000, 93_512_989, 114_176_073,
    146_615_975, 202_009_406, 233_703_876, 255_003_000, 273_512_989, 294_176_073
  };

  @ParameterizedTest
  @CsvSource({
    "326615975, 1",
    "359999999, 1",
    "0, 1",
    "22009405, 1",
    "22009406, 2",
    "100000000, 5",
    "294176073, 12",
    "326615974, 12",
  })
  void aHouseHoldsItsCuspAndEndsBeforeTheNextAcrossZeroToo(int longitude, int house) {
    assertThat(Houses.of(longitude, CUSPS)).isEqualTo(house);
  }

  @Test
  void everyLongitudeLiesBetweenTheCuspsOfItsHouse() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      int[] cusps = cusps(random);
      int longitude = random.nextInt(MicroDegrees.CIRCLE);
      int house = Houses.of(longitude, cusps);
      int begin = cusps[house - 1];
      int end = cusps[house % 12];
      assertThat(MicroDegrees.forward(begin, longitude))
          .isLessThan(MicroDegrees.forward(begin, end));
    }
  }

  @Test
  void anOverlayGivesEveryBodyAHouseAndMissingOnesNone() {
    Longitudes bodies = Longitudes.NONE.with(0, 0).with(9, 100_000_000);
    int[] expected = new int[16];
    expected[0] = 1;
    expected[9] = 5;
    assertThat(Houses.overlay(bodies, CUSPS)).isEqualTo(expected);
  }

  @Test
  void cuspsThatDoNotGoAroundOnceAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Houses.of(0, new int[11]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Houses.of(0, new int[12]))
        .withMessageContaining("once");
    int[] backward = CUSPS.clone();
    backward[4] = CUSPS[3] - 1;
    assertThatIllegalArgumentException().isThrownBy(() -> Houses.of(0, backward));
    int[] outside = CUSPS.clone();
    outside[0] = -1;
    assertThatIllegalArgumentException().isThrownBy(() -> Houses.overlay(Longitudes.NONE, outside));
    assertThatIllegalArgumentException().isThrownBy(() -> Houses.of(MicroDegrees.CIRCLE, CUSPS));
  }

  private static int[] cusps(Random random) {
    int start = random.nextInt(MicroDegrees.CIRCLE);
    return random
        .ints(0, MicroDegrees.CIRCLE)
        .distinct()
        .limit(12)
        .sorted()
        .map(arc -> Math.floorMod(arc + start - MicroDegrees.HALF, MicroDegrees.CIRCLE))
        .toArray();
  }
}
