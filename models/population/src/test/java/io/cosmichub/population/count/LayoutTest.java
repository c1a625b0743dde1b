package io.cosmichub.population.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.chart.Longitudes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LayoutTest {

  @Test
  void whatIsReadIsWhatWasWritten() {
    CellCounts counts = new CellCounts(7);
    counts.add(0, 1, 0, 127);
    counts.add(6, -3, 5, 5);

    byte[] bytes = counts.toBytes();

    assertThat(CellCounts.fromBytes(bytes).toBytes()).isEqualTo(bytes);
    assertThat(CellCounts.fromBytes(bytes).count(6)).isEqualTo(-3);
    assertThat(CellCounts.fromBytes(bytes).people(0)).isEqualTo(2);
  }

  @Test
  void otherBytesAreRefused() {
    byte[] population = new Population().toBytes();
    byte[] newer = population.clone();
    newer[0] = 3;

    assertThatThrownBy(() -> Population.fromBytes(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown version");
    assertThatThrownBy(() -> Population.fromBytes(Arrays.copyOf(population, population.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Population.fromBytes(Arrays.copyOf(population, population.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMeanOfBodiesAroundTheSeamIsAtTheSeam() {
    ChartCounts counts = new ChartCounts();
    counts.add(Longitudes.NONE.with(0, 350_000_000), 1);
    counts.add(Longitudes.NONE.with(0, 10_000_000), 1);
    counts.add(Longitudes.NONE.with(1, 0), 1);
    counts.add(Longitudes.NONE.with(1, 180_000_000), 1);

    double off = counts.mean(0).degrees();
    assertThat(Math.min(off, 360 - off)).isLessThan(1e-6);
    assertThat(counts.mean(1).concentration()).isLessThan(1e-6);
    assertThat(counts.mean(2).degrees()).isNaN();
  }

  @Test
  void aChangeOfChartNeverSaysWhereItsBodiesAre() {
    assertThat(new ChartChange("c", 1, 0, null, Longitudes.NONE.with(0, 123_456_789)).toString())
        .doesNotContain("123");
  }
}
