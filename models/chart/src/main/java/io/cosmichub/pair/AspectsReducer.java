package io.cosmichub.pair;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Policies;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns computed cells into the pair's full set, its delta and its score. Thread-safe. */
public final class AspectsReducer {
  private static final Applied NOTHING = new Applied(null, null);

  private final Policies policies;
  private final Rules standard;
  private final @Nullable Rules candidate;

  /**
   * A reducer of sets that were computed with the policy; {@code finder}, which must find the same
   * aspects, tells it again what held.
   */
  public AspectsReducer(AspectPolicy policy, AspectFinder finder) {
    this(new Policies(policy, null), Rules.of(policy, finder), null);
  }

  private AspectsReducer(Policies policies, Rules standard, @Nullable Rules candidate) {
    this.policies = policies;
    this.standard = standard;
    this.candidate = candidate;
  }

  /** The same for pairs under another policy as well, whose aspects {@code finder} finds. */
  public AspectsReducer with(AspectPolicy other, AspectFinder finder) {
    return new AspectsReducer(
        new Policies(standard.policy, other), standard, Rules.of(other, finder));
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
   * stand on, a whole set comes over another one, or what is kept belongs to a policy that is not
   * known. A {@link PairWork.Kind#RESCORE} of a pair that is there changes nothing and publishes it
   * again. A {@link PairWork.Kind#REGROUP}, or a computation that changes nothing but cohorts, says
   * in which ones a pair that ever held an aspect counts, which is not published. Whatever comes
   * under another policy than what is kept turns the pair: all of its set is found anew, and the
   * delta leads from the set under the one policy to that under the other.
   */
  public Applied apply(@Nullable PairAspectsRecord before, PairWork work, AspectSet touched) {
    if (before == null) {
      return work.kind() == PairWork.Kind.COMPUTE ? begin(work, touched) : NOTHING;
    }
    if (work.kind() == PairWork.Kind.CLOSE) {
      return close(before, work, ofId(work, before.policyId()));
    }
    if (work.kind() == PairWork.Kind.COMPUTE && work.whole()) {
      throw new IllegalStateException("an aspect set over another one: pair " + work.pairId());
    }
    Rules rules = rules(work);
    if (turns(before, work)) {
      return turn(before, work, ofId(work, before.policyId()), rules);
    }
    return switch (work.kind()) {
      case COMPUTE -> move(before, work, touched, rules);
      case RESCORE -> again(before, work, rules);
      case REGROUP -> regroup(before, work, rules);
      case TURN, TELL, CLOSE -> new Applied(before, null);
    };
  }

  /** Whether work puts a pair that is there under another policy. */
  public boolean turns(PairAspectsRecord before, PairWork work) {
    String now = work.policy().isEmpty() ? standard.policy.id() : work.policy();
    return work.kind() != PairWork.Kind.CLOSE && !before.policyId().equals(now);
  }

  private Applied begin(PairWork work, AspectSet aspects) {
    if (!work.whole()) {
      throw new IllegalStateException("moved bodies without an aspect set: pair " + work.pairId());
    }
    Rules rules = rules(work);
    List<CellChange> changes = AspectDelta.between(AspectSet.EMPTY, aspects);
    long sequence = changes.isEmpty() ? 0 : 1;
    return new Applied(
        new PairAspectsRecord(sequence, rules.policy.id()),
        update(work, sequence, changes, aspects, rules));
  }

  private Applied move(PairAspectsRecord before, PairWork work, AspectSet touched, Rules rules) {
    AspectSet held =
        rules.finder.touched(
            work.movedA() == 0 ? work.a() : work.previous(),
            work.movedB() == 0 ? work.b() : work.previous(),
            work.movedA(),
            work.movedB());
    List<CellChange> changes = AspectDelta.between(held, touched);
    if (changes.isEmpty()) {
      return work.cohorts().changed() ? regroup(before, work, rules) : new Applied(before, null);
    }
    long sequence = before.sequence() + 1;
    return new Applied(
        new PairAspectsRecord(sequence, rules.policy.id()),
        update(work, sequence, changes, rules.all(work), rules));
  }

  private static Applied turn(PairAspectsRecord before, PairWork work, Rules old, Rules rules) {
    AspectSet held =
        old.all(
            work.a().replace(work.movedA(), work.previous()),
            work.b().replace(work.movedB(), work.previous()));
    AspectSet aspects = rules.all(work);
    List<CellChange> changes = AspectDelta.between(held, aspects);
    // A pair that never held an aspect counts from the first one on, whoever finds it.
    long sequence = before.sequence() == 0 && changes.isEmpty() ? 0 : before.sequence() + 1;
    return new Applied(
        new PairAspectsRecord(sequence, rules.policy.id()),
        update(
            work,
            sequence,
            changes,
            aspects,
            rules.scorer.score(aspects),
            rules.policy.id(),
            old.policy.id()));
  }

  private static Applied again(PairAspectsRecord before, PairWork work, Rules rules) {
    return new Applied(before, update(work, before.sequence(), List.of(), rules.all(work), rules));
  }

  private static Applied regroup(PairAspectsRecord before, PairWork work, Rules rules) {
    return before.sequence() == 0 ? new Applied(before, null) : again(before, work, rules);
  }

  private static Applied close(PairAspectsRecord before, PairWork work, Rules rules) {
    List<CellChange> changes = AspectDelta.between(rules.all(work), AspectSet.EMPTY);
    long sequence = before.sequence() == 0 ? 0 : before.sequence() + 1;
    return new Applied(
        null, update(work, sequence, changes, AspectSet.EMPTY, null, rules.policy.id(), ""));
  }

  private Rules rules(PairWork work) {
    return work.policy().isEmpty() ? standard : ofId(work, work.policy());
  }

  private Rules ofId(PairWork work, String policyId) {
    if (policyId.equals(standard.policy.id())) {
      return standard;
    }
    Rules other = candidate;
    if (other != null && policyId.equals(other.policy.id())) {
      return other;
    }
    throw new IllegalStateException(
        "the aspects of pair "
            + work.pairId()
            + " belong to policy "
            + policyId
            + ", and this job has "
            + policies);
  }

  private static PairUpdate update(
      PairWork work, long sequence, List<CellChange> changes, AspectSet aspects, Rules rules) {
    return update(
        work, sequence, changes, aspects, rules.scorer.score(aspects), rules.policy.id(), "");
  }

  private static PairUpdate update(
      PairWork work,
      long sequence,
      List<CellChange> changes,
      AspectSet aspects,
      @Nullable RuleScore score,
      String policy,
      String policyBefore) {
    return new PairUpdate(
        work.pairId(),
        work.chartA(),
        work.chartB(),
        work.revisionA(),
        work.revisionB(),
        policy,
        sequence,
        work.eventTime(),
        work.kind() == PairWork.Kind.CLOSE,
        changes,
        aspects,
        score,
        work.ingestedAt(),
        null,
        work.cohorts(),
        null,
        policyBefore,
        work.kind() == PairWork.Kind.RESCORE && policyBefore.isEmpty());
  }

  /** What finds and scores the aspects of one policy. */
  private record Rules(AspectPolicy policy, RuleScorer scorer, AspectFinder finder) {

    static Rules of(AspectPolicy policy, AspectFinder finder) {
      return new Rules(policy, new RuleScorer(policy), finder);
    }

    AspectSet all(PairWork work) {
      return all(work.a(), work.b());
    }

    AspectSet all(Longitudes a, Longitudes b) {
      return finder.touched(a, b, policy.bodyMask(), policy.bodyMask());
    }
  }
}
