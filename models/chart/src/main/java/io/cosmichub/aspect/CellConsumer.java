package io.cosmichub.aspect;

/** Takes the cells of an aspect set one by one. */
@FunctionalInterface
public interface CellConsumer {
  /** Takes one cell: the slot of A's body, the slot of B's body, and what {@link Hit} packs. */
  void accept(int row, int col, int hit);
}
