package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScorer;
import org.jspecify.annotations.Nullable;

/**
 * How a pair stood and how it stands, which is all that the figures need to follow it.
 *
 * @param pairId the pair
 * @param chartA the chart on side A
 * @param chartB the chart on side B
 * @param eventTime epoch milliseconds
 * @param before how it stood; null where its life begins
 * @param after how it stands; null where its life has ended
 */
public record PairChange(
    String pairId,
    String chartA,
    String chartB,
    long eventTime,
    @Nullable PairState before,
    @Nullable PairState after) {

  /** The first delta of a life. */
  private static final long FIRST = 1;

  /**
   * What an update means, without anything remembered of the pair: its delta, taken back from its
   * set, is the set before, and both are scored by {@code scorer}, whoever scored what was
   * published. Null for an update without a delta: one that only scores anew, or that stands where
   * a life without any aspect begins or ends; such a life counts from its first delta on.
   */
  public static @Nullable PairChange of(PairUpdate update, RuleScorer scorer, String arm) {
    if (update.sequence() < FIRST || (update.changes().isEmpty() && !update.closed())) {
      return null;
    }
    AspectSet before =
        AspectDelta.fold(
            update.aspects(), update.changes().stream().map(PairChange::backwards).toList());
    boolean begins = update.sequence() == FIRST && !update.closed();
    return new PairChange(
        update.pairId(),
        update.chartA(),
        update.chartB(),
        update.eventTime(),
        begins ? null : new PairState(before, scorer.score(before), arm),
        update.closed()
            ? null
            : new PairState(update.aspects(), scorer.score(update.aspects()), arm));
  }

  private static CellChange backwards(CellChange change) {
    return new CellChange(change.row(), change.col(), change.after(), change.before());
  }
}
