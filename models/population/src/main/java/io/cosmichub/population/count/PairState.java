package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import org.jspecify.annotations.Nullable;

/**
 * How a pair stands at one moment.
 *
 * @param aspects the full set
 * @param score its score by the rules
 * @param arm what scores by the rules count under
 * @param inArm how it is served in an experiment; null outside of any
 */
public record PairState(AspectSet aspects, RuleScore score, String arm, @Nullable Served inArm) {

  /** A pair outside of any experiment. */
  public PairState(AspectSet aspects, RuleScore score, String arm) {
    this(aspects, score, arm, null);
  }
}
