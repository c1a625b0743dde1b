package io.cosmichub.population.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AllPairsTest {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();

  @Test
  void countsWhatLookingAtEveryPairCounts() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<Longitudes> charts = charts(random, random.nextInt(25), seed % 2 == 0);
      long[] counts = new long[AspectCell.COUNT];
      List<Set<Integer>> people = new ArrayList<>();
      for (int cell = 0; cell < AspectCell.COUNT; cell++) {
        people.add(new HashSet<>());
      }
      for (int a = 0; a < charts.size(); a++) {
        for (int b = a + 1; b < charts.size(); b++) {
          for (int row = 0; row < 10; row++) {
            for (int col = 0; col < 10; col++) {
              if (charts.get(a).has(row) && charts.get(b).has(col)) {
                int hit =
                    CLASSIC.match(
                        MicroDegrees.separation(charts.get(a).at(row), charts.get(b).at(col)));
                if (hit != Hit.NONE) {
                  int cell = AspectCell.of(row, col, Hit.code(hit));
                  counts[cell]++;
                  people.get(cell).add(a);
                  people.get(cell).add(b);
                }
              }
            }
          }
        }
      }

      AllPairs all = AllPairs.of(charts, CLASSIC);

      for (int cell = 0; cell < AspectCell.COUNT; cell++) {
        assertThat(all.count(cell)).as("seed %d cell %d", seed, cell).isEqualTo(counts[cell]);
        assertThat(all.people(cell)).isEqualTo(people.get(cell).size());
      }
    }
  }

  @Test
  void theShareIsOfTheCellsWhoseBodiesAreThere() {
    Longitudes sun = Longitudes.NONE.with(0, 0);
    Longitudes both = sun.with(1, 120_000_000);

    AllPairs all = AllPairs.of(List.of(sun, both, both), CLASSIC);

    int suns = AspectCell.of(0, 0, 1);
    int trine = AspectCell.of(0, 1, 4);
    assertThat(all.cells(suns)).isEqualTo(3);
    assertThat(all.share(suns)).isEqualTo(1);
    assertThat(all.cells(trine)).isEqualTo(4);
    assertThat(all.share(trine)).isEqualTo(1);
    assertThat(all.evenShare(suns)).isCloseTo(20.0 / 360, within(1e-12));
    assertThat(all.evenShare(trine)).isCloseTo(32.0 / 360, within(1e-12));
  }

  @Test
  void aPolicyWhoseAspectsOverlapIsRefused() {
    AspectPolicy overlapping =
        AspectPolicy.of(
            "wide",
            List.of(
                new Aspect(1, "conjunction", 0, 40_000_000, Nature.HARMONIOUS, 1),
                new Aspect(2, "sextile", 60_000_000, 20_000_000, Nature.HARMONIOUS, 1)),
            1,
            new double[16]);

    assertThatThrownBy(() -> AllPairs.of(List.of(), overlapping))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("overlap");
  }

  private static List<Longitudes> charts(Random random, int size, boolean whole) {
    List<Longitudes> charts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Longitudes chart = Longitudes.NONE;
      for (int slot = 0; slot < 11; slot++) {
        if (random.nextInt(8) > 0) {
          chart =
              chart.with(
                  slot, whole ? random.nextInt(360) * 1_000_000 : random.nextInt(360_000_000));
        }
      }
      charts.add(chart);
    }
    return charts;
  }
}
