package io.cosmichub.population.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EclatTest {

  private record Row(BitSet items, int a, int b) {}

  @Test
  void findsEverySetThatTryingThemAllFinds() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      int items = 1 + random.nextInt(8);
      List<Row> rows = rows(random, items, random.nextInt(150));
      long least = 1L + random.nextInt(10);
      int most = 1 + random.nextInt(items);

      List<ItemSet> mined = new Eclat(least, most).mine(table(rows));

      assertThat(new HashSet<>(mined))
          .hasSameSizeAs(mined)
          .isEqualTo(all(rows, items, least, most));
    }
  }

  @Test
  void confidenceAndLiftAreThoseOfTheCounts() {
    // 60 rows have 0, 50 have 1, 40 have both, of 100.
    ItemTable table = new ItemTable();
    for (int row = 0; row < 100; row++) {
      BitSet items = new BitSet();
      items.set(0, row < 60);
      items.set(1, row >= 20 && row < 70);
      table.add(items, row, row + 1_000);
    }

    Pattern pattern = Patterns.of(new Eclat(10, 2).mine(table), table.rows()).get(0);

    assertThat(pattern.set()).isEqualTo(new ItemSet(List.of(0, 1), 40, 80));
    assertThat(pattern.support()).isEqualTo(0.4);
    assertThat(pattern.lift()).isCloseTo(40.0 * 100 / (60 * 50), within(1e-12));
    assertThat(pattern.given()).hasSize(1).doesNotContain(pattern.then());
    assertThat(pattern.confidence()).isEqualTo(pattern.then() == 0 ? 40.0 / 50 : 40.0 / 60);
    assertThat(pattern.confidenceInterval().low()).isLessThan(pattern.confidence());
    assertThat(pattern.confidenceInterval().high()).isGreaterThan(pattern.confidence());
  }

  @Test
  void wilsonsIntervalIsThatOfTheLiterature() {
    // Newcombe 1998, table I: 81 of 263, and 0 of 20.
    assertThat(Interval.wilson(81, 263).low()).isCloseTo(0.2553, within(5e-5));
    assertThat(Interval.wilson(81, 263).high()).isCloseTo(0.3662, within(5e-5));
    assertThat(Interval.wilson(0, 20).low()).isZero();
    assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Interval.wilson(0, 0)).isEqualTo(new Interval(0, 1));
  }

  private static List<Row> rows(Random random, int items, int count) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      BitSet having = new BitSet();
      for (int item = 0; item < items; item++) {
        having.set(item, random.nextInt(items + 1) > item);
      }
      rows.add(new Row(having, random.nextInt(20), 20 + random.nextInt(20)));
    }
    return rows;
  }

  private static ItemTable table(List<Row> rows) {
    ItemTable table = new ItemTable();
    rows.forEach(row -> table.add(row.items(), row.a(), row.b()));
    return table;
  }

  private static Set<ItemSet> all(List<Row> rows, int items, long least, int most) {
    Set<ItemSet> frequent = new HashSet<>();
    for (int mask = 1; mask < 1 << items; mask++) {
      if (Integer.bitCount(mask) > most) {
        continue;
      }
      BitSet set = BitSet.valueOf(new long[] {mask});
      Set<Integer> people = new HashSet<>();
      long count = 0;
      for (Row row : rows) {
        BitSet missing = (BitSet) set.clone();
        missing.andNot(row.items());
        if (missing.isEmpty()) {
          count++;
          people.add(row.a());
          people.add(row.b());
        }
      }
      if (count >= least) {
        frequent.add(new ItemSet(set.stream().boxed().toList(), count, people.size()));
      }
    }
    return frequent;
  }
}
