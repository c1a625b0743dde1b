package io.cosmichub.aspect;

/**
 * What changed in one cell of an aspect set.
 *
 * @param row the slot of A's body
 * @param col the slot of B's body
 * @param before what {@link Hit} packs, or 0
 * @param after what {@link Hit} packs, or 0; never equal to {@code before}
 */
public record CellChange(int row, int col, int before, int after) {
  /** Checks the cell; {@link IllegalArgumentException} if nothing changes or it lies outside. */
  public CellChange {
    if ((row | col) >>> 4 != 0 || before == after) {
      throw new IllegalArgumentException("no change in a cell of 16 × 16");
    }
  }

  /** Formed, dissolved, replaced or orb changed. */
  public ChangeKind kind() {
    if (before == Hit.NONE) {
      return ChangeKind.FORMED;
    }
    if (after == Hit.NONE) {
      return ChangeKind.DISSOLVED;
    }
    return Hit.code(before) == Hit.code(after) ? ChangeKind.ORB_CHANGED : ChangeKind.REPLACED;
  }
}
