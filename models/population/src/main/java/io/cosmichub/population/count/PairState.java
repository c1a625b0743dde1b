package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.score.RuleScore;

/**
 * How a pair stands at one moment.
 *
 * @param aspects the full set
 * @param score the score that was published for it
 * @param arm the arm that scored it
 */
public record PairState(AspectSet aspects, RuleScore score, String arm) {}
