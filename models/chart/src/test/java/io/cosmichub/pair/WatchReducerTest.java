package io.cosmichub.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.chart.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WatchReducerTest {
  private static final WatchReducer REDUCER = new WatchReducer();
  private static final WatchEntry X_Y_AT_5 = new WatchEntry("x", "y", 5, 10);

  private static PairWatch watch(String a, String b, long revision) {
    return new PairWatch("p", a, b, revision);
  }

  @Test
  void aFirstWatchMakesBothChartsJoin() {
    WatchReducer.Applied applied = REDUCER.watch(null, watch("x", "y", -1), 3);
    assertThat(applied)
        .isEqualTo(
            new WatchReducer.Applied(
                Outcome.APPLIED,
                new WatchEntry("x", "y", -1, 3),
                List.of(
                    new MembershipChange("x", "p", Side.A, true, 3),
                    new MembershipChange("y", "p", Side.B, true, 3))));
    assertThat(applied.tookEpoch()).isTrue();
  }

  @Test
  void otherChartsMakeTheOldOnesLeaveAndTheNewOnesJoinUnderANewEpoch() {
    WatchReducer.Applied applied = REDUCER.watch(X_Y_AT_5, watch("y", "z", 6), 11);
    assertThat(applied.after()).isEqualTo(new WatchEntry("y", "z", 6, 11));
    assertThat(applied.changes())
        .containsExactly(
            new MembershipChange("x", "p", Side.A, false, 10),
            new MembershipChange("y", "p", Side.B, false, 10),
            new MembershipChange("y", "p", Side.A, true, 11),
            new MembershipChange("z", "p", Side.B, true, 11));
  }

  @Test
  void theSameChartsAtAHigherRevisionOnlyRaiseTheRevision() {
    WatchReducer.Applied applied = REDUCER.watch(X_Y_AT_5, watch("x", "y", 8), 11);
    assertThat(applied)
        .isEqualTo(
            new WatchReducer.Applied(Outcome.APPLIED, new WatchEntry("x", "y", 8, 10), List.of()));
    assertThat(applied.tookEpoch()).isFalse();
  }

  @Test
  void olderRepeatedAndContradictingWatchesChangeNothing() {
    assertThat(REDUCER.watch(X_Y_AT_5, watch("x", "z", 4), 11))
        .isEqualTo(new WatchReducer.Applied(Outcome.STALE, X_Y_AT_5, List.of()));
    assertThat(REDUCER.watch(X_Y_AT_5, watch("x", "y", 5), 11))
        .isEqualTo(new WatchReducer.Applied(Outcome.DUPLICATE, X_Y_AT_5, List.of()));
    assertThat(REDUCER.watch(X_Y_AT_5, watch("y", "x", 5), 11))
        .isEqualTo(new WatchReducer.Applied(Outcome.CONFLICT, X_Y_AT_5, List.of()));
  }

  @Test
  void withoutRevisionTheOrderCounts() {
    assertThat(REDUCER.watch(X_Y_AT_5, watch("x", "y", -1), 11))
        .isEqualTo(new WatchReducer.Applied(Outcome.DUPLICATE, X_Y_AT_5, List.of()));
    WatchReducer.Applied applied = REDUCER.watch(X_Y_AT_5, watch("x", "z", -1), 11);
    assertThat(applied.outcome()).isEqualTo(Outcome.APPLIED);
    assertThat(applied.after()).isEqualTo(new WatchEntry("x", "z", -1, 11));
  }

  @Test
  void theEndOfAWatchMakesBothChartsLeaveOnce() {
    assertThat(REDUCER.unwatch(X_Y_AT_5, "p"))
        .isEqualTo(
            new WatchReducer.Applied(
                Outcome.APPLIED,
                null,
                List.of(
                    new MembershipChange("x", "p", Side.A, false, 10),
                    new MembershipChange("y", "p", Side.B, false, 10))));
    assertThat(REDUCER.unwatch(null, "p"))
        .isEqualTo(new WatchReducer.Applied(Outcome.DUPLICATE, null, List.of()));
  }

  @Test
  void aChartDoesNotPairWithItself() {
    assertThatIllegalArgumentException().isThrownBy(() -> watch("x", "x", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> watch("x", "y", -2));
  }
}
