package io.cosmichub.contracts;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;

/** Turns slots and packed hits into the names that messages use. */
final class CellNames {
  private final AspectPolicy policy;

  CellNames(AspectPolicy policy) {
    this.policy = policy;
  }

  String body(int slot) {
    return Body.ofSlot(slot).id();
  }

  String aspect(int hit) {
    return policy.aspect(Hit.code(hit)).id();
  }
}
