package io.cosmichub.experiment;

import java.time.Instant;
import java.util.List;

/** Experiments for tests. */
final class Definitions {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant DURING = Instant.parse("2026-02-01T00:00:00Z");

  private Definitions() {}

  static ExperimentDefinition ofArms(String salt, double eligible, Arm... arms) {
    return new ExperimentDefinition(
        "model-against-rules",
        salt,
        ExperimentDefinition.Unit.PAIR,
        List.of(arms),
        eligible,
        "rating",
        0.1,
        List.of(new Guardrail("complaints", Guardrail.Harm.HIGHER, 0.02)),
        START,
        END);
  }

  static ExperimentDefinition even() {
    return ofArms("salt-1", 1, new Arm("control", 1), new Arm("model", 1));
  }
}
