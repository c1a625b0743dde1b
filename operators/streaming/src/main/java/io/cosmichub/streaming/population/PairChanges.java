package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.score.RuleScorer;
import io.cosmichub.streaming.aspect.PolicySource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the published updates of pairs mean for the population. */
public final class PairChanges implements ChangeReader<PairUpdate> {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final PolicySource policy;
  private final String scoredBy;

  // Runtime.
  private transient @Nullable Rules standard;
  private transient @Nullable Rules candidate;

  /**
   * Scores by the rules of {@code policy}; {@code scoredBy} is the arm under which that counts.
   * Under its candidate pairs count in the arm of that one's rules.
   */
  public PairChanges(PolicySource policy, String scoredBy) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.scoredBy = Objects.requireNonNull(scoredBy, "scoredBy");
  }

  @Override
  public void open() {
    standard = Rules.of(policy.policy(), scoredBy);
    AspectPolicy other = policy.candidate();
    candidate = other == null ? null : Rules.of(other, RuleScorer.name(other.id()));
  }

  @Override
  public void read(PairUpdate update, Changes changes) {
    Rules now = rules(update.policy());
    Rules before = update.turned() ? rules(update.policyBefore()) : now;
    PairChange change = PairChange.of(update, before.scorer, before.arm, now.arm);
    if (change == null) {
      return;
    }
    if (change.cohorts().isEmpty()) {
      changes.ofPair(Cohorts.EVERYONE, change);
    } else {
      change.byCohort(changes::ofPair);
    }
  }

  private Rules rules(String policyId) {
    Rules other = candidate;
    return other != null && other.policyId.equals(policyId)
        ? other
        : Objects.requireNonNull(standard, "not open");
  }

  private record Rules(String policyId, RuleScorer scorer, String arm) {

    static Rules of(AspectPolicy policy, String arm) {
      return new Rules(policy.id(), new RuleScorer(policy), arm);
    }
  }
}
