package io.cosmichub.experiment;

import java.util.Map;

/**
 * What is known of one arm.
 *
 * @param arm its id
 * @param assigned how many units were assigned to it, with a figure or not
 * @param primary the primary metric
 * @param guardrails the guardrail metrics by name
 * @param lately those of them that are known of the last while alone, too
 */
public record ArmFigures(
    String arm,
    long assigned,
    Moments primary,
    Map<String, Moments> guardrails,
    Map<String, Moments> lately) {
  /** Takes copies of the maps. */
  public ArmFigures {
    guardrails = Map.copyOf(guardrails);
    lately = Map.copyOf(lately);
  }

  /** Figures of which none is known of the last while alone. */
  public ArmFigures(String arm, long assigned, Moments primary, Map<String, Moments> guardrails) {
    this(arm, assigned, primary, guardrails, Map.of());
  }
}
