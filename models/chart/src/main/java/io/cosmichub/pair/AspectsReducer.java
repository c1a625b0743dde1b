package io.cosmichub.pair;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns computed cells into the pair's full set, its delta and its score. Thread-safe. */
public final class AspectsReducer {
  private final AspectPolicy policy;
  private final RuleScorer scorer;

  /** A reducer of sets that were computed with the policy. */
  public AspectsReducer(AspectPolicy policy) {
    this.policy = policy;
    this.scorer = new RuleScorer(policy);
  }

  /**
   * What became of a work item.
   *
   * @param after the pair's aspects now; null if the pair is closed
   * @param update what to publish; null if nothing changed
   */
  public record Applied(@Nullable PairAspectsRecord after, @Nullable PairUpdate update) {}

  /**
   * Applies a computation or a close; {@code touched} holds the cells of the moved bodies and is
   * not looked at for a close. {@link IllegalStateException} if moved bodies come without a set to
   * stand on, or that set belongs to another policy.
   */
  public Applied apply(@Nullable PairAspectsRecord before, PairWork work, AspectSet touched) {
    return work.kind() == PairWork.Kind.CLOSE
        ? close(before, work)
        : compute(before, work, touched);
  }

  private Applied compute(@Nullable PairAspectsRecord before, PairWork work, AspectSet touched) {
    if (!work.whole() && before == null) {
      throw new IllegalStateException("moved bodies without an aspect set: pair " + work.pairId());
    }
    if (before != null && !before.policyId().equals(policy.id())) {
      throw new IllegalStateException(
          "the aspects of pair "
              + work.pairId()
              + " belong to policy "
              + before.policyId()
              + ", not "
              + policy.id());
    }
    AspectSet held = before == null ? AspectSet.EMPTY : before.aspects();
    AspectSet aspects =
        work.whole() ? touched : held.replaceCells(work.movedA(), work.movedB(), touched);
    List<CellChange> changes = AspectDelta.between(held, aspects);
    long sequence = (before == null ? 0 : before.sequence()) + (changes.isEmpty() ? 0 : 1);
    PairAspectsRecord after =
        new PairAspectsRecord(
            aspects,
            sequence,
            work.revisionA(),
            work.revisionB(),
            work.chartA(),
            work.chartB(),
            policy.id());
    if (changes.isEmpty() && before != null) {
      return new Applied(after, null);
    }
    return new Applied(after, update(work, sequence, changes, aspects, scorer.score(aspects)));
  }

  private Applied close(@Nullable PairAspectsRecord before, PairWork work) {
    if (before == null) {
      return new Applied(null, null);
    }
    List<CellChange> changes = AspectDelta.between(before.aspects(), AspectSet.EMPTY);
    long sequence = before.sequence() == 0 ? 0 : before.sequence() + 1;
    return new Applied(null, update(work, sequence, changes, AspectSet.EMPTY, null));
  }

  private PairUpdate update(
      PairWork work,
      long sequence,
      List<CellChange> changes,
      AspectSet aspects,
      @Nullable RuleScore score) {
    return new PairUpdate(
        work.pairId(),
        work.chartA(),
        work.chartB(),
        work.revisionA(),
        work.revisionB(),
        policy.id(),
        sequence,
        work.eventTime(),
        work.kind() == PairWork.Kind.CLOSE,
        changes,
        aspects,
        score,
        work.ingestedAt());
  }
}
