package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectSet;
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
   * set, is the set before, and {@code scorer} scores that. Null for an update without a delta: one
   * that only scores anew, or that stands where a life without any aspect begins or ends; such a
   * life counts from its first delta on.
   */
  public static @Nullable PairChange of(PairUpdate update, RuleScorer scorer, String arm) {
    if (update.sequence() < FIRST || (update.changes().isEmpty() && !update.closed())) {
      return null;
    }
    boolean begins = update.sequence() == FIRST && !update.closed();
    return new PairChange(
        update.pairId(),
        update.chartA(),
        update.chartB(),
        update.eventTime(),
        begins ? null : before(update, scorer, arm),
        update.score() == null ? null : new PairState(update.aspects(), update.score(), arm));
  }

  private static PairState before(PairUpdate update, RuleScorer scorer, String arm) {
    AspectSet set = AspectDelta.unfold(update.aspects(), update.changes());
    return new PairState(set, scorer.score(set), arm);
  }

  /** Tells of each cell that the pair came to hold or ceased to hold. */
  public void turns(AspectCell.Turn turn) {
    AspectCell.turns(aspects(before), aspects(after), turn);
  }

  private static AspectSet aspects(@Nullable PairState state) {
    return state == null ? AspectSet.EMPTY : state.aspects();
  }
}
