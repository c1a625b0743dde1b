package io.cosmichub.kernels;

/** Ranks tiles of all against all for one thread, in one call. */
@FunctionalInterface
interface TileRanker {

  /** Takes each pair (a, b) of a tile with a &lt; b into a ranking. */
  void rank(ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn, Ranking into);
}
