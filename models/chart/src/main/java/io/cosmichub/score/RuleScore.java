package io.cosmichub.score;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;

/**
 * The rule-based compatibility of a pair, a pure function of its aspect set and the policy.
 *
 * @param overall 0 to 100, rounded half-even to one decimal
 * @param rawTotal the sum of all contributions, before it is scaled and clamped
 * @param areas the five areas
 * @param harmonious how many aspects are harmonious
 * @param challenging how many are challenging
 * @param neutral how many are neither
 */
public record RuleScore(
    double overall, double rawTotal, Areas areas, int harmonious, int challenging, int neutral) {

  /**
   * The score of a set. Whoever scores many sets under one policy keeps a {@link RuleScorer};
   * {@link IllegalArgumentException} if the set holds an aspect that the policy does not have.
   */
  public static RuleScore of(AspectSet set, AspectPolicy policy) {
    return new RuleScorer(policy).score(set);
  }
}
