package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class LongitudesTest {
  private static final Longitudes SUN_AND_VERTEX = Longitudes.NONE.with(0, 123_456_789).with(15, 0);

  @Test
  void masksSayWhatIsThereAndWhatChanged() {
    assertThat(Longitudes.NONE.presentMask()).isZero();
    assertThat(SUN_AND_VERTEX.presentMask()).isEqualTo(0x8001);
    assertThat(SUN_AND_VERTEX.has(15)).isTrue();
    assertThat(SUN_AND_VERTEX.has(1)).isFalse();
    assertThat(SUN_AND_VERTEX.changedMask(SUN_AND_VERTEX.with(0, 1).with(3, 2))).isEqualTo(0b1001);
    assertThat(SUN_AND_VERTEX.changedMask(Longitudes.NONE)).isEqualTo(0x8001);
  }

  @Test
  void aSignIsATwelfthOfTheCircleAndNoBodyIsInNone() {
    int border = 2 * MicroDegrees.SIGN;
    Longitudes before = Longitudes.NONE.with(3, border - 1).with(5, 0);
    assertThat(before.changesSign(1 << 3, before.with(3, border))).isTrue();
    assertThat(before.changesSign(1 << 3, before.with(3, MicroDegrees.SIGN))).isFalse();
    assertThat(before.changesSign(1 << 5, before.with(5, MicroDegrees.CIRCLE - 1))).isTrue();
    assertThat(before.changesSign(1 << 5, before.with(3, border))).as("not asked").isFalse();
    assertThat(before.changesSign(1 << 5 | 1 << 3, before.with(3, border))).isTrue();
    assertThat(before.changesSign(1 << 5, Longitudes.NONE)).as("it went").isTrue();
    assertThat(Longitudes.NONE.changesSign(1 << 5, before)).as("it came").isTrue();
    assertThat(Longitudes.NONE.changesSign(0x3FF, Longitudes.NONE)).isFalse();
  }

  @Test
  void theyDoNotChangeWithTheArraysTheyCameFromOrGave() {
    int[] slots = SUN_AND_VERTEX.toArray();
    Longitudes copy = Longitudes.of(slots);
    slots[0] = 5;
    copy.toArray()[15] = 5;
    assertThat(copy).isEqualTo(SUN_AND_VERTEX).hasSameHashCodeAs(SUN_AND_VERTEX);
  }

  @Test
  void whatIsNoLongitudeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Longitudes.of(new int[10]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Longitudes.NONE.with(4, MicroDegrees.CIRCLE))
        .withMessage("slot 4 holds no longitude");
    assertThatIllegalArgumentException().isThrownBy(() -> Longitudes.NONE.with(4, -2));
    assertThatIllegalArgumentException().isThrownBy(() -> new Position(-1, 0));
  }

  @Test
  void noTextShowsALongitude() {
    ChartUpdate update =
        ChartUpdate.builder("c", 1).position(Body.SUN, new Position(123_456_789, 987)).build();
    ChartReducer.Applied applied = new ChartReducer(0).apply(null, update);
    assertThat(SUN_AND_VERTEX + " " + update + " " + applied + " " + update.position(0))
        .doesNotContain("123")
        .doesNotContain("456789");
  }
}
