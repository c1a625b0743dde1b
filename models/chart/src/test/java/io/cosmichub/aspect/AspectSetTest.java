package io.cosmichub.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.chart.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AspectSetTest {
  /** A set with each cell filled by the given chance. */
  static AspectSet random(Random random, double chance) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int col = 0; col < Body.COUNT; col++) {
        if (random.nextDouble() < chance) {
          set.put(row, col, Hit.of(1 + random.nextInt(31), random.nextInt(3)));
        }
      }
    }
    return set.build();
  }

  @Test
  void cellsAreFoundWhereTheyWerePut() {
    AspectSet set =
        AspectSet.builder().put(0, 15, Hit.of(31, 7)).put(3, 0, 1 << 27).put(15, 15, -1).build();
    assertThat(set.size()).isEqualTo(3);
    assertThat(set.hit(0, 15)).isEqualTo(Hit.of(31, 7));
    assertThat(set.hit(3, 0)).isEqualTo(1 << 27);
    assertThat(set.hit(15, 15)).isEqualTo(-1);
    assertThat(set.hit(15, 14)).isEqualTo(Hit.NONE);
    assertThat(set.rowMask(0)).isEqualTo(0x8000);
    assertThat(set.rowMask(1)).isZero();
  }

  @Test
  void aSetOfMasksAndHitsIsThatOfItsCells() {
    char[] rows = new char[Body.COUNT];
    rows[0] = 0x8000;
    rows[3] = 0b101;
    int[] hits = {99, Hit.of(31, 7), Hit.of(1, 0), Hit.of(2, 3), 98};
    AspectSet set = AspectSet.of(rows, hits, 1, 4);
    assertThat(set)
        .isEqualTo(
            AspectSet.builder()
                .put(0, 15, Hit.of(31, 7))
                .put(3, 0, Hit.of(1, 0))
                .put(3, 2, Hit.of(2, 3))
                .build());
    rows[0] = 0;
    hits[2] = 0;
    assertThat(set.hit(0, 15)).isEqualTo(Hit.of(31, 7));
    assertThat(set.hit(3, 0)).isEqualTo(Hit.of(1, 0));
    assertThat(AspectSet.of(new char[Body.COUNT], hits, 2, 2)).isSameAs(AspectSet.EMPTY);
  }

  @Test
  void masksAndHitsThatDoNotMatchAreRefused() {
    char[] rows = new char[Body.COUNT];
    rows[3] = 0b101;
    int[] hits = {Hit.of(1, 0), 7, Hit.of(1, 0)};
    assertThatIllegalArgumentException().isThrownBy(() -> AspectSet.of(rows, hits, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> AspectSet.of(rows, hits, 0, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> AspectSet.of(rows, hits, 0, 3));
  }

  @Test
  void everyCellIsVisitedOnceInRowMajorOrder() {
    Random random = new Random(1);
    for (double chance : new double[] {0, 0.01, 0.4, 1}) {
      AspectSet set = random(random, chance);
      List<Integer> cells = new ArrayList<>();
      set.forEach(
          (row, col, hit) -> {
            assertThat(set.hit(row, col)).isEqualTo(hit);
            cells.add(row * 16 + col);
          });
      assertThat(cells).hasSize(set.size()).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void replacedCellsAreThoseOfTheTouchedRowsAndColumns() {
    Random random = new Random(2);
    for (int round = 0; round < 3_000; round++) {
      AspectSet before = random(random, random.nextDouble());
      AspectSet touched = random(random, random.nextDouble());
      int rows = sparseMask(random);
      int cols = sparseMask(random);
      AspectSet.Builder expected = AspectSet.builder();
      for (int row = 0; row < Body.COUNT; row++) {
        for (int col = 0; col < Body.COUNT; col++) {
          boolean replaced = (rows >> row & 1) == 1 || (cols >> col & 1) == 1;
          int hit = (replaced ? touched : before).hit(row, col);
          if (hit != Hit.NONE) {
            expected.put(row, col, hit);
          }
        }
      }
      assertThat(before.replaceCells(rows, cols, touched)).isEqualTo(expected.build());
    }
  }

  private static int sparseMask(Random random) {
    int mask = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      mask |= random.nextInt(5) == 0 ? 1 << slot : 0;
    }
    return mask;
  }

  @Test
  void replacingEverythingOrNothingGivesOneOfTheTwo() {
    AspectSet before = random(new Random(3), 0.5);
    AspectSet touched = random(new Random(4), 0.5);
    assertThat(before.replaceCells(0, 0, touched)).isEqualTo(before);
    assertThat(before.replaceCells(0xFFFF, 0, touched)).isEqualTo(touched);
    assertThat(before.replaceCells(0, 0xFFFF, touched)).isEqualTo(touched);
    assertThat(before.replaceCells(0xFFFF, 0xFFFF, AspectSet.EMPTY)).isSameAs(AspectSet.EMPTY);
  }

  @Test
  void aBuilderTakesCellsInOrderAndMayBeUsedAgain() {
    AspectSet.Builder builder = AspectSet.builder().put(2, 2, 1 << 27);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(2, 2, 1 << 27));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(1, 9, 1 << 27));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(3, 0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(3, 16, 1 << 27));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(16, 0, 1 << 27));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.put(3, -1, 1 << 27));
    AspectSet first = builder.build();
    AspectSet second = builder.put(0, 0, 2 << 27).build();
    assertThat(first.hit(2, 2)).isEqualTo(1 << 27);
    assertThat(second.size()).isEqualTo(1);
    assertThat(builder.build()).isSameAs(AspectSet.EMPTY);
  }

  @Test
  void setsAreEqualByCells() {
    AspectSet one = random(new Random(5), 0.3);
    AspectSet same = random(new Random(5), 0.3);
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one).isNotEqualTo(random(new Random(6), 0.3));
    assertThat(AspectSet.builder().put(0, 1, 1 << 27).build())
        .isNotEqualTo(AspectSet.builder().put(0, 2, 1 << 27).build())
        .isNotEqualTo(AspectSet.builder().put(0, 1, 1 << 27 | 1).build());
  }

  @Test
  void bytesOfRandomSetsAreReadBack() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      AspectSet set = random(random, random.nextDouble());
      assertThat(AspectSet.fromBytes(set.toBytes())).isEqualTo(set);
    }
  }

  @Test
  void bytesThatNoSetHasAreRefused() {
    // A row without columns, and a hit without code.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AspectSet.fromBytes(new byte[] {1, 0, 1, 0, 0}))
        .withMessageContaining("without columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AspectSet.fromBytes(new byte[] {1, 0, 1, 0, 1, 0, 0, 0, 1}))
        .withMessageContaining("without code");
  }
}
