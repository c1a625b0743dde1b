package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
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
 * @param cohorts the cohorts that it counts in; where its life has ended, in which it did
 * @param cells how its aspects before differ from those after
 */
public record PairChange(
    String pairId,
    String chartA,
    String chartB,
    long eventTime,
    @Nullable PairState before,
    @Nullable PairState after,
    PairCohorts cohorts,
    List<CellChange> cells) {

  /** The first delta of a life. */
  private static final long FIRST = 1;

  /** Of a pair that counts in no cohort. */
  public PairChange(
      String pairId,
      String chartA,
      String chartB,
      long eventTime,
      @Nullable PairState before,
      @Nullable PairState after) {
    this(pairId, chartA, chartB, eventTime, before, after, PairCohorts.NONE);
  }

  /** Finds itself how the aspects differ. */
  public PairChange(
      String pairId,
      String chartA,
      String chartB,
      long eventTime,
      @Nullable PairState before,
      @Nullable PairState after,
      PairCohorts cohorts) {
    this(
        pairId,
        chartA,
        chartB,
        eventTime,
        before,
        after,
        cohorts,
        AspectDelta.between(aspects(before), aspects(after)));
  }

  /**
   * What an update means, without anything remembered of the pair: its delta, taken back from its
   * set, is the set before, and {@code scorer} scores that. Null for one that only scores anew by
   * those that scored before, outside of experiments, or that stands where a life without any
   * aspect begins or ends; such a life counts from its first delta on. One that only left or joined
   * cohorts stands as it stood.
   */
  public static @Nullable PairChange of(PairUpdate update, RuleScorer scorer, String arm) {
    return of(update, scorer, arm, arm);
  }

  /**
   * The same of a pair that may have come under another policy: {@code scorer} and {@code
   * armBefore} are those of the policy of before, {@code arm} is that of now.
   */
  public static @Nullable PairChange of(
      PairUpdate update, RuleScorer scorer, String armBefore, String arm) {
    boolean delta = !update.changes().isEmpty();
    Served inArm = inArm(update.served());
    if (update.sequence() < FIRST
        || (!(delta || update.closed() || update.regroups() || update.turned())
            && Objects.equals(inArm, update.was()))) {
      return null;
    }
    boolean begins = update.sequence() == FIRST && delta && !update.closed();
    return new PairChange(
        update.pairId(),
        update.chartA(),
        update.chartB(),
        update.eventTime() == ChartUpdate.NO_TIME ? update.ingestedAt() : update.eventTime(),
        begins ? null : before(update, scorer, armBefore),
        update.score() == null ? null : new PairState(update.aspects(), update.score(), arm, inArm),
        update.cohorts(),
        update.changes());
  }

  /**
   * Tells what it means for each cohort that it means anything for: whoever joins one begins there,
   * and whoever leaves it ends there.
   */
  public void byCohort(BiConsumer<String, PairChange> to) {
    boolean moved = !cohorts.changed() || !Objects.equals(before, after);
    if (moved) {
      to.accept(Cohorts.EVERYONE, this);
      cohorts.kept().forEach(cohort -> tell(cohort, this, to));
    }
    if (before != null) {
      cohorts.left().forEach(cohort -> tell(cohort, of(before, null), to));
    }
    if (after != null) {
      cohorts.joined().forEach(cohort -> tell(cohort, of(null, after), to));
    }
  }

  private static void tell(String cohort, PairChange change, BiConsumer<String, PairChange> to) {
    if (!cohort.equals(Cohorts.EVERYONE)) {
      to.accept(cohort, change);
    }
  }

  private PairChange of(@Nullable PairState then, @Nullable PairState now) {
    return new PairChange(pairId, chartA, chartB, eventTime, then, now, cohorts);
  }

  private static PairState before(PairUpdate update, RuleScorer scorer, String arm) {
    AspectSet set = AspectDelta.unfold(update.aspects(), update.changes());
    return new PairState(set, scorer.score(set), arm, update.was());
  }

  private static @Nullable Served inArm(@Nullable Served served) {
    return served != null && served.inExperiment() ? served : null;
  }

  /**
   * Whether it comes from how the pair is looked at, and is no event of the pair: another policy,
   * or nothing but another part in an experiment.
   */
  public boolean onlySeenOtherwise() {
    if (before == null || after == null) {
      return false;
    }
    return !before.arm().equals(after.arm())
        || (!Objects.equals(before.inArm(), after.inArm())
            && before.aspects().equals(after.aspects()));
  }

  /** Tells of each cell that the pair came to hold or ceased to hold. */
  public void turns(AspectCell.Turn turn) {
    AspectCell.turns(cells, aspects(before), aspects(after), turn);
  }

  private static AspectSet aspects(@Nullable PairState state) {
    return state == null ? AspectSet.EMPTY : state.aspects();
  }
}
