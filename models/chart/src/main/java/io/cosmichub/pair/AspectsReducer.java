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
  private final AspectFinder finder;

  /**
   * A reducer of sets that were computed with the policy; {@code finder}, which must find the same
   * aspects, tells it again what held.
   */
  public AspectsReducer(AspectPolicy policy, AspectFinder finder) {
    this.policy = policy;
    this.scorer = new RuleScorer(policy);
    this.finder = finder;
  }

  /**
   * What became of a work item.
   *
   * @param after what is kept now; the same instance if nothing changed; null if the pair is closed
   * @param update what to publish; null if nothing changed
   */
  public record Applied(@Nullable PairAspectsRecord after, @Nullable PairUpdate update) {}

  /**
   * Applies a computation or a close; {@code touched} holds the cells of the moved bodies and is
   * not looked at for a close. {@link IllegalStateException} if moved bodies come without a set to
   * stand on, a whole set comes over another one, or what is kept belongs to another policy. A
   * {@link PairWork.Kind#RESCORE} of a pair that is there changes nothing and publishes it again. A
   * {@link PairWork.Kind#REGROUP}, or a computation that changes nothing but cohorts, says in which
   * ones a pair that ever held an aspect counts, which is not published.
   */
  public Applied apply(@Nullable PairAspectsRecord before, PairWork work, AspectSet touched) {
    if (before != null && !before.policyId().equals(policy.id())) {
      throw new IllegalStateException(
          "the aspects of pair "
              + work.pairId()
              + " belong to policy "
              + before.policyId()
              + ", not "
              + policy.id());
    }
    if (work.kind() == PairWork.Kind.CLOSE) {
      return close(before, work);
    }
    if (work.kind() == PairWork.Kind.RESCORE) {
      return again(before, work);
    }
    if (work.kind() == PairWork.Kind.REGROUP) {
      return regroup(before, work);
    }
    return work.whole() ? begin(before, work, touched) : move(before, work, touched);
  }

  private Applied begin(@Nullable PairAspectsRecord before, PairWork work, AspectSet aspects) {
    if (before != null) {
      throw new IllegalStateException("an aspect set over another one: pair " + work.pairId());
    }
    List<CellChange> changes = AspectDelta.between(AspectSet.EMPTY, aspects);
    long sequence = changes.isEmpty() ? 0 : 1;
    return new Applied(
        new PairAspectsRecord(sequence, policy.id()),
        update(work, sequence, changes, aspects, scorer.score(aspects)));
  }

  private Applied move(@Nullable PairAspectsRecord before, PairWork work, AspectSet touched) {
    if (before == null) {
      throw new IllegalStateException("moved bodies without an aspect set: pair " + work.pairId());
    }
    AspectSet held =
        finder.touched(
            work.movedA() == 0 ? work.a() : work.previous(),
            work.movedB() == 0 ? work.b() : work.previous(),
            work.movedA(),
            work.movedB());
    List<CellChange> changes = AspectDelta.between(held, touched);
    if (changes.isEmpty()) {
      return work.cohorts().changed() ? regroup(before, work) : new Applied(before, null);
    }
    long sequence = before.sequence() + 1;
    AspectSet aspects = all(work);
    return new Applied(
        new PairAspectsRecord(sequence, policy.id()),
        update(work, sequence, changes, aspects, scorer.score(aspects)));
  }

  private Applied again(@Nullable PairAspectsRecord before, PairWork work) {
    if (before == null) {
      return new Applied(null, null);
    }
    AspectSet aspects = all(work);
    return new Applied(
        before, update(work, before.sequence(), List.of(), aspects, scorer.score(aspects)));
  }

  private Applied regroup(@Nullable PairAspectsRecord before, PairWork work) {
    return before == null || before.sequence() == 0
        ? new Applied(before, null)
        : again(before, work);
  }

  private Applied close(@Nullable PairAspectsRecord before, PairWork work) {
    if (before == null) {
      return new Applied(null, null);
    }
    List<CellChange> changes = AspectDelta.between(all(work), AspectSet.EMPTY);
    long sequence = before.sequence() == 0 ? 0 : before.sequence() + 1;
    return new Applied(null, update(work, sequence, changes, AspectSet.EMPTY, null));
  }

  private AspectSet all(PairWork work) {
    return finder.touched(work.a(), work.b(), policy.bodyMask(), policy.bodyMask());
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
        work.ingestedAt(),
        null,
        work.cohorts(),
        null);
  }
}
