package io.cosmichub.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import org.junit.jupiter.api.Test;

final class ChartsTest {
  private final Charts charts = new Charts(1 << 20);

  @Test
  void aChartShowsOnceItsFullChartIsReadWithTheMovesThatWereReadBefore() {
    assertThat(charts.apply(move(3, 30))).isFalse();
    assertThat(charts.find("me")).isNull();
    assertThat(charts.apply(full(2, 20))).isTrue();
    assertThat(sun()).isEqualTo(30_000_000);
    assertThat(charts.apply(move(4, 40))).isTrue();
    assertThat(sun()).isEqualTo(40_000_000);
  }

  @Test
  void afterAnErasureMovesDoNotBringItBackAndAFullChartDoes() {
    charts.apply(full(1, 10));
    charts.erase("me");
    assertThat(charts.find("me")).isNull();
    assertThat(charts.apply(move(2, 20))).isFalse();
    assertThat(charts.find("me")).isNull();
    assertThat(charts.apply(full(3, 30))).isTrue();
    assertThat(sun()).isEqualTo(30_000_000);
  }

  @Test
  void whatSaysTheSameAgainChangesNothing() {
    assertThat(charts.apply(full(1, 10))).isTrue();
    ChartRecord before = charts.find("me");
    assertThat(charts.apply(full(1, 10))).isFalse();
    assertThat(charts.apply(full(1, 11))).isFalse();
    assertThat(charts.apply(move(1, 11))).isFalse();
    assertThat(charts.find("me")).isSameAs(before);
  }

  @Test
  void aFullChartThatContradictsAMoveOfItsRevisionIsNone() {
    charts.apply(move(2, 20));
    assertThat(charts.apply(full(2, 21))).isFalse();
    assertThat(charts.find("me")).isNull();
  }

  private int sun() {
    ChartRecord chart = charts.find("me");
    assertThat(chart).isNotNull();
    return chart == null ? -1 : chart.longitudes().at(Body.SUN.slot());
  }

  private static ChartUpdate full(long revision, int degrees) {
    return update(revision, degrees).build();
  }

  private static ChartUpdate move(long revision, int degrees) {
    return update(revision, degrees).partial(true).build();
  }

  private static ChartUpdate.Builder update(long revision, int degrees) {
    return ChartUpdate.builder("me", revision)
        .position(Body.SUN.slot(), Position.of(degrees * 1_000_000));
  }
}
