package io.cosmichub.streaming.population;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.window.Panes;
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
  public @Nullable Late read(PairUpdate update, Panes panes, long now) {
    PairChange change = PairChange.of(update, Objects.requireNonNull(scorer, "not open"), scoredBy);
    if (change == null) {
      return null;
    }
    long eventTime =
        update.eventTime() == ChartUpdate.NO_TIME ? update.ingestedAt() : update.eventTime();
    return panes.add(change, eventTime, now) ? new Late(true, update.pairId(), eventTime) : null;
  }
}
