package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.PackedSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CloseAspectsTest {

  private static final Path PEOPLE =
      Path.of("..", "quickstart", "src", "main", "resources", "data", "people.csv.gz");
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();

  @Test
  void theBytesAreThoseOfThePackedSets() {
    List<Longitudes> charts = Given.charts(400, 23);
    ChartBlock block = ChartBlock.of(charts);
    PackedSets sets = new PackedSets(CloseAspects.within(CLASSIC));
    long bytes = 0;
    long hits = 0;
    try (BatchKernel kernel = Kernels.open("vector", CloseAspects.within(CLASSIC))) {
      for (int one = 0; one + 1 < charts.size(); one++) {
        kernel.sets(block, one, block, one + 1, charts.size(), sets);
        bytes += sets.bytes();
        hits += sets.hits();
      }
    }

    CloseAspects close = CloseAspects.of(charts, CLASSIC);

    assertThat(close.count()).isEqualTo(hits);
    assertThat(close.packedBytes()).isEqualTo(bytes);
    assertThat(close.denseBytes()).isEqualTo(400L * 399 / 2 * 500);
  }

  @Test
  void ofRealChartsTheyTakeATenthOfDenseSetsAtMost() throws IOException {
    ScanCharts people = ScanCharts.read(List.of(PEOPLE), 0);

    assertThat(people.ids()).hasSize(2_709);
    assertThat(CloseAspects.of(people.longitudes(), CLASSIC).share()).isBetween(0.05, 0.1);
  }
}
