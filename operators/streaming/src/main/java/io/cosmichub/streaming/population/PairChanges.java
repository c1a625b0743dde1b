package io.cosmichub.streaming.population;

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
  private transient @Nullable RuleScorer scorer;

  /** Scores by the rules of {@code policy}; {@code scoredBy} is the arm under which that counts. */
  public PairChanges(PolicySource policy, String scoredBy) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.scoredBy = Objects.requireNonNull(scoredBy, "scoredBy");
  }

  @Override
  public void open() {
    scorer = new RuleScorer(policy.policy());
  }

  @Override
  public void read(PairUpdate update, Changes changes) {
    PairChange change = PairChange.of(update, Objects.requireNonNull(scorer, "not open"), scoredBy);
    if (change == null) {
      return;
    }
    if (change.cohorts().isEmpty()) {
      changes.ofPair(Cohorts.EVERYONE, change);
    } else {
      change.byCohort(changes::ofPair);
    }
  }
}
