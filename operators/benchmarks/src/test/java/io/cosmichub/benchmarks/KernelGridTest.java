package io.cosmichub.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KernelGridTest {

  private static final Set<Operation> BATCHES =
      EnumSet.of(Operation.SCORES, Operation.PACKED, Operation.DENSE, Operation.MOVED);

  private final List<KernelCase> whole = KernelGrid.whole(2);

  @Test
  void everyKernelDoesEveryOperationWithTenBodiesAndWithSixteen() {
    for (Operation operation : EnumSet.complementOf(EnumSet.of(Operation.ALL_SCORES))) {
      for (String kernel : List.of("reference", "loops", "vector")) {
        boolean leftOut = operation == Operation.BEST && kernel.equals("reference");
        for (int bodies : List.of(10, 16)) {
          assertThat(whole)
              .filteredOn(one -> one.operation() == operation && one.threads() == 1)
              .filteredOn(one -> one.kernel().equals(kernel) && one.bodies() == bodies)
              .as("%s %s %d", operation, kernel, bodies)
              .hasSizeGreaterThanOrEqualTo(leftOut ? 0 : 1)
              .hasSizeLessThanOrEqualTo(leftOut ? 0 : 7);
        }
      }
    }
  }

  @Test
  void everyKernelDoesBatchesFromOnePairToThousands() {
    for (Operation operation : BATCHES) {
      for (String kernel : List.of("reference", "loops", "vector")) {
        assertThat(whole)
            .filteredOn(one -> one.operation() == operation && one.threads() == 1)
            .filteredOn(one -> one.kernel().equals(kernel) && one.bodies() == 10)
            .extracting(KernelCase::size)
            .contains(1, 16, 256, 4_096);
      }
    }
  }

  @Test
  void batchesAndAllAgainstAllAreSharedByEveryNumberOfThreads() {
    for (Operation operation : EnumSet.allOf(Operation.class)) {
      boolean shared =
          BATCHES.contains(operation)
              || operation == Operation.RANKING
              || operation == Operation.BEST;
      assertThat(KernelGrid.whole(5))
          .filteredOn(one -> one.operation() == operation && one.threads() > 1)
          .extracting(KernelCase::threads)
          .containsExactlyElementsOf(shared ? List.of(2, 3, 4, 5) : List.of());
    }
  }

  @Test
  void theScoresOfAllPairsAreThoseOfTheChartsThatNumpyGets() {
    KernelCase beside = new KernelCase(Operation.ALL_SCORES, "vector", 4_096, 10, 1);
    for (List<KernelCase> cases : List.of(whole, KernelGrid.quick(2))) {
      assertThat(cases)
          .filteredOn(one -> one.operation() == Operation.ALL_SCORES)
          .containsExactly(beside);
    }
  }

  @Test
  void theCountsOfThreadsGoFromOneToAll() {
    assertThat(KernelGrid.threads(1)).containsExactly(1);
    assertThat(KernelGrid.threads(3)).containsExactly(1, 2, 3);
    assertThat(KernelGrid.threads(8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(KernelGrid.threads(20)).containsExactly(1, 2, 3, 4, 6, 8, 12, 16, 20);
  }

  @Test
  void nothingIsMeasuredTwice() {
    assertThat(whole).doesNotHaveDuplicates();
    assertThat(KernelGrid.quick(1)).doesNotHaveDuplicates();
    assertThat(KernelGrid.quick(2)).doesNotHaveDuplicates().hasSizeLessThan(whole.size() / 2);
  }
}
