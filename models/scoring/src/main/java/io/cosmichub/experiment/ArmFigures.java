package io.cosmichub.experiment;

import java.util.List;
import java.util.Map;

/**
 * What is known of one arm.
 *
 * @param arm its id
 * @param assigned how many units were assigned to it, with a figure or not
 * @param primary the primary metric
 * @param guardrails the guardrail metrics by name
 * @param lately those of them that are known of the last while alone, too
 * @param heard of those that say whether a unit was heard of: how many units were, since each of
 *     some moments, the latest first
 */
public record ArmFigures(
    String arm,
    long assigned,
    Moments primary,
    Map<String, Moments> guardrails,
    Map<String, Moments> lately,
    Map<String, List<Long>> heard) {
  /** Takes copies of the maps. */
  public ArmFigures {
    guardrails = Map.copyOf(guardrails);
    lately = Map.copyOf(lately);
    heard = Map.copyOf(heard);
  }

  /** Figures of which none is known of the last while alone. */
  public ArmFigures(String arm, long assigned, Moments primary, Map<String, Moments> guardrails) {
    this(arm, assigned, primary, guardrails, Map.of(), Map.of());
  }

  /** The same with how many units were heard of. */
  public ArmFigures withHeard(Map<String, List<Long>> of) {
    return new ArmFigures(arm, assigned, primary, guardrails, lately, of);
  }
}
