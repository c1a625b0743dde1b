package io.cosmichub.population.pattern;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.population.count.AspectCell;
import java.util.BitSet;

/** The items of a pair: the cells that it holds. */
public final class HeldCells {

  private HeldCells() {}

  /** By {@link AspectCell}; a cell that holds both ways is there once. */
  public static BitSet of(AspectSet set) {
    BitSet held = new BitSet(AspectCell.COUNT);
    set.forEach((row, col, hit) -> held.set(AspectCell.of(row, col, Hit.code(hit))));
    return held;
  }
}
