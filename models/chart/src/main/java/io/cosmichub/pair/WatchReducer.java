package io.cosmichub.pair;

import io.cosmichub.chart.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what a watch, or its end, means for the two charts of a pair. */
public final class WatchReducer {

  /**
   * What became of a watch or its end.
   *
   * @param outcome how the input ended
   * @param after the watch in force; null if there is none; the same instance if nothing changed
   * @param changes what the charts have to be told, leaves before joins
   */
  public record Applied(
      Outcome outcome, @Nullable WatchEntry after, List<MembershipChange> changes) {

    /** Whether the epoch that the caller offered is in use now. */
    public boolean tookEpoch() {
      return changes.stream().anyMatch(MembershipChange::joined);
    }
  }

  /**
   * Applies a watch. One without revision counts by its order: it takes the place of whatever is in
   * force, unless that names the same charts.
   *
   * @param epoch above every epoch of this pair so far; used if the charts change
   */
  public Applied watch(@Nullable WatchEntry before, PairWatch watch, long epoch) {
    if (before == null) {
      return new Applied(
          Outcome.APPLIED,
          entry(watch, epoch),
          List.of(join(watch, Side.A, epoch), join(watch, Side.B, epoch)));
    }
    boolean sameCharts =
        before.chartA().equals(watch.chartA()) && before.chartB().equals(watch.chartB());
    boolean ordered = watch.revision() != PairWatch.NO_REVISION;
    if (ordered && watch.revision() < before.revision()) {
      return new Applied(Outcome.STALE, before, List.of());
    }
    if (ordered && watch.revision() == before.revision() && !sameCharts) {
      return new Applied(Outcome.CONFLICT, before, List.of());
    }
    if (sameCharts) {
      return watch.revision() > before.revision()
          ? new Applied(Outcome.APPLIED, entry(watch, before.epoch()), List.of())
          : new Applied(Outcome.DUPLICATE, before, List.of());
    }
    return new Applied(
        Outcome.APPLIED,
        entry(watch, epoch),
        List.of(
            leave(before, watch.pairId(), Side.A),
            leave(before, watch.pairId(), Side.B),
            join(watch, Side.A, epoch),
            join(watch, Side.B, epoch)));
  }

  /** Applies the end of a watch: applied if one was in force, else a duplicate. */
  public Applied unwatch(@Nullable WatchEntry before, String pairId) {
    if (before == null) {
      return new Applied(Outcome.DUPLICATE, null, List.of());
    }
    return new Applied(
        Outcome.APPLIED,
        null,
        List.of(leave(before, pairId, Side.A), leave(before, pairId, Side.B)));
  }

  private static WatchEntry entry(PairWatch watch, long epoch) {
    return new WatchEntry(watch.chartA(), watch.chartB(), watch.revision(), epoch);
  }

  private static MembershipChange join(PairWatch watch, Side side, long epoch) {
    String chart = side == Side.A ? watch.chartA() : watch.chartB();
    return new MembershipChange(chart, watch.pairId(), side, true, epoch);
  }

  private static MembershipChange leave(WatchEntry entry, String pairId, Side side) {
    String chart = side == Side.A ? entry.chartA() : entry.chartB();
    return new MembershipChange(chart, pairId, side, false, entry.epoch());
  }
}
