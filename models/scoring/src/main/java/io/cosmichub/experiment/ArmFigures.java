package io.cosmichub.experiment;

import java.util.Map;

/**
 * What is known of one arm.
 *
 * @param arm its id
 * @param assigned how many units were assigned to it, with a figure or not
 * @param primary the primary metric
 * @param guardrails the guardrail metrics by name
 */
public record ArmFigures(
    String arm, long assigned, Moments primary, Map<String, Moments> guardrails) {
  /** Takes a copy of the map. */
  public ArmFigures {
    guardrails = Map.copyOf(guardrails);
  }
}
