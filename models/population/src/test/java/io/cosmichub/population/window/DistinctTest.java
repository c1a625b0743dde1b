package io.cosmichub.population.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DistinctTest {

  @Test
  void fewAreCountedExactly() {
    Distinct seen = new Distinct();
    for (int i = 0; i < 2_000; i++) {
      seen.add("id-" + i % 512);
    }

    assertThat(seen.estimate()).isEqualTo(512);
    assertThat(seen.atLeast()).isEqualTo(512);
  }

  @Test
  void manyAreEstimatedWithinTheStatedError() {
    for (int size : new int[] {513, 5_000, 50_000, 500_000}) {
      double squares = 0;
      int runs = size > 100_000 ? 4 : 40;
      for (int run = 0; run < runs; run++) {
        Distinct seen = new Distinct();
        for (int i = 0; i < size; i++) {
          seen.add(run + "/" + i);
        }
        double off = seen.estimate() / size - 1;
        assertThat(Math.abs(off)).as("%s", size).isLessThan(5 * 0.01625);
        squares += off * off;
      }
      assertThat(Math.sqrt(squares / runs)).as("%s", size).isLessThan(1.6 * 0.01625);
    }
  }

  @Test
  void partsInAnyOrderAndGroupingAreTheWholeToTheByte() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<String> ids = new ArrayList<>();
      int size = random.nextInt(1_500);
      for (int i = 0; i < size; i++) {
        ids.add("id-" + random.nextInt(1_000));
      }
      Distinct whole = new Distinct();
      ids.forEach(whole::add);
      Collections.shuffle(ids, random);
      List<Distinct> parts = List.of(new Distinct(), new Distinct(), new Distinct());
      ids.forEach(id -> parts.get(random.nextInt(3)).add(id));
      Distinct merged = new Distinct();
      parts.forEach(part -> merged.merge(Distinct.fromBytes(part.toBytes())));

      assertThat(merged.toBytes()).as("seed %s", seed).isEqualTo(whole.toBytes());
      assertThat(merged.estimate())
          .isCloseTo((double) ids.stream().distinct().count(), within(80.0));
    }
  }
}
