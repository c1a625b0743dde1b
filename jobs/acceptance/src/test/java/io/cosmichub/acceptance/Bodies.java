package io.cosmichub.acceptance;

import java.util.List;

/**
 * Body ids in the order of the contract, written out once more so that a reordering in the code is
 * noticed.
 */
final class Bodies {

  /** The sixteen bodies of a chart. */
  static final List<String> ALL =
      List.of(
          "sun",
          "moon",
          "mercury",
          "venus",
          "mars",
          "jupiter",
          "saturn",
          "uranus",
          "neptune",
          "pluto",
          "north_node",
          "chiron",
          "lilith",
          "ascendant",
          "midheaven",
          "vertex");

  /** The ten bodies of the policy {@code classic}. */
  static final List<String> CLASSIC = ALL.subList(0, 10);

  private Bodies() {}
}
