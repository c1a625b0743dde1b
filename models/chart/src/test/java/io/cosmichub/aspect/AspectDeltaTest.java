package io.cosmichub.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AspectDeltaTest {
  private static final int TRINE = Hit.of(4, 100);
  private static final int TRINE_CLOSER = Hit.of(4, 99);
  private static final int SQUARE = Hit.of(3, 100);

  @Test
  void aDeltaNamesEveryCellThatDiffersInRowMajorOrder() {
    AspectSet before =
        AspectSet.builder()
            .put(0, 1, TRINE)
            .put(0, 2, TRINE)
            .put(1, 0, SQUARE)
            .put(9, 9, TRINE)
            .build();
    AspectSet after =
        AspectSet.builder()
            .put(0, 0, SQUARE)
            .put(0, 2, TRINE_CLOSER)
            .put(1, 0, TRINE)
            .put(9, 9, TRINE)
            .build();
    List<CellChange> changes = AspectDelta.between(before, after);
    assertThat(changes)
        .containsExactly(
            new CellChange(0, 0, Hit.NONE, SQUARE),
            new CellChange(0, 1, TRINE, Hit.NONE),
            new CellChange(0, 2, TRINE, TRINE_CLOSER),
            new CellChange(1, 0, SQUARE, TRINE));
    assertThat(changes)
        .extracting(CellChange::kind)
        .containsExactly(
            ChangeKind.FORMED, ChangeKind.DISSOLVED, ChangeKind.ORB_CHANGED, ChangeKind.REPLACED);
  }

  @Test
  void theCodesOfChangesAreStable() {
    assertThat(ChangeKind.values()).extracting(ChangeKind::code).containsExactly(1, 2, 3, 4);
  }

  @Test
  void foldingADeltaGivesTheSetThatItLedToAndUnfoldingTheOneBefore() {
    Random random = new Random(8);
    for (int round = 0; round < 1_000; round++) {
      AspectSet before = AspectSetTest.random(random, random.nextDouble());
      AspectSet after = AspectSetTest.random(random, random.nextDouble());
      List<CellChange> changes = AspectDelta.between(before, after);
      assertThat(AspectDelta.fold(before, changes)).isEqualTo(after);
      assertThat(AspectDelta.unfold(after, changes)).isEqualTo(before);
      assertThat(changes.isEmpty()).isEqualTo(before.equals(after));
    }
    assertThat(AspectDelta.between(AspectSet.EMPTY, AspectSet.EMPTY)).isEmpty();
  }

  @Test
  void aChangeThatDoesNotFitIsRefused() {
    AspectSet before = AspectSet.builder().put(4, 5, TRINE).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.fold(before, List.of(new CellChange(4, 5, SQUARE, Hit.NONE))))
        .withMessageContaining("(4, 5)");
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.fold(before, List.of(new CellChange(4, 5, Hit.NONE, TRINE))));
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.fold(before, List.of(new CellChange(4, 6, TRINE, Hit.NONE))));
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.unfold(before, List.of(new CellChange(4, 5, TRINE, SQUARE))));
  }

  @Test
  void changesThatAreNotInRowMajorOrderAreRefused() {
    CellChange later = new CellChange(4, 5, Hit.NONE, TRINE);
    CellChange earlier = new CellChange(4, 4, Hit.NONE, TRINE);
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.fold(AspectSet.EMPTY, List.of(later, earlier)))
        .withMessageContaining("order");
    assertThatIllegalStateException()
        .isThrownBy(() -> AspectDelta.fold(AspectSet.EMPTY, List.of(later, later)));
  }

  @Test
  void aChangeChangesSomethingInsideTheMatrix() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CellChange(0, 0, TRINE, TRINE));
    assertThatIllegalArgumentException().isThrownBy(() -> new CellChange(16, 0, 0, TRINE));
    assertThatIllegalArgumentException().isThrownBy(() -> new CellChange(0, -1, 0, TRINE));
  }
}
