package io.cosmichub.pair;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.score.RuleScore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a pair: what changed, and how it stands now.
 *
 * @param pairId the pair
 * @param chartA the chart on side A
 * @param chartB the chart on side B
 * @param revisionA the published revision of A that this describes
 * @param revisionB the published revision of B
 * @param policy the id of the aspect policy; of a close, of that under which the pair was
 * @param sequence counts the deltas of a life from 1; 0 if there has been none
 * @param eventTime epoch milliseconds, or {@link io.cosmichub.chart.ChartUpdate#NO_TIME}
 * @param closed whether the pair's life ends with this
 * @param changes the delta in row-major order; empty only at the start or the end of a life, where
 *     the pair was only scored again, and where another policy finds the same
 * @param aspects the full set; empty if closed
 * @param score the rule-based score; null if closed
 * @param ingestedAt epoch milliseconds of the input record that caused it; 0 unknown
 * @param served how a model and an experiment had a part in the score; null if none had
 * @param cohorts in which the pair counts; of a close, in which it counted
 * @param was how it was served when it was published before; null where that was in no experiment
 * @param policyBefore the id of the policy under which the pair was before; empty where that is the
 *     same, or there was nothing before
 * @param rescored whether the pair was only scored again
 */
public record PairUpdate(
    String pairId,
    String chartA,
    String chartB,
    long revisionA,
    long revisionB,
    String policy,
    long sequence,
    long eventTime,
    boolean closed,
    List<CellChange> changes,
    AspectSet aspects,
    @Nullable RuleScore score,
    long ingestedAt,
    @Nullable Served served,
    PairCohorts cohorts,
    @Nullable Served was,
    String policyBefore,
    boolean rescored) {

  /** An update in whose score neither a model nor an experiment had a part. */
  public PairUpdate(
      String pairId,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      String policy,
      long sequence,
      long eventTime,
      boolean closed,
      List<CellChange> changes,
      AspectSet aspects,
      @Nullable RuleScore score,
      long ingestedAt) {
    this(
        pairId,
        chartA,
        chartB,
        revisionA,
        revisionB,
        policy,
        sequence,
        eventTime,
        closed,
        changes,
        aspects,
        score,
        ingestedAt,
        null,
        PairCohorts.NONE,
        null,
        "",
        false);
  }

  /** Whether the pair only left or joined cohorts: nothing that its consumers are told of. */
  public boolean regroups() {
    return changes.isEmpty() && !closed && cohorts.changed() && !turned();
  }

  /** Whether the pair is under another policy than before. */
  public boolean turned() {
    return !policyBefore.isEmpty();
  }

  /** The same, served so. */
  public PairUpdate with(@Nullable Served other) {
    return new PairUpdate(
        pairId,
        chartA,
        chartB,
        revisionA,
        revisionB,
        policy,
        sequence,
        eventTime,
        closed,
        changes,
        aspects,
        score,
        ingestedAt,
        other,
        cohorts,
        was,
        policyBefore,
        rescored);
  }

  /** The same of a pair that was served so before. */
  public PairUpdate after(@Nullable Served before) {
    return before == null
        ? this
        : new PairUpdate(
            pairId,
            chartA,
            chartB,
            revisionA,
            revisionB,
            policy,
            sequence,
            eventTime,
            closed,
            changes,
            aspects,
            score,
            ingestedAt,
            served,
            cohorts,
            before,
            policyBefore,
            rescored);
  }
}
