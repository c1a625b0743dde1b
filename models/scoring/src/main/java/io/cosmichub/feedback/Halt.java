package io.cosmichub.feedback;

import java.util.Map;

/**
 * That an arm was paused, and the sums by metric of the moment when it was.
 *
 * @param reason why
 * @param control the sums of the control
 * @param arm its own
 */
public record Halt(String reason, Map<String, Sums> control, Map<String, Sums> arm) {
  /** Takes copies. */
  public Halt {
    control = Map.copyOf(control);
    arm = Map.copyOf(arm);
  }
}
