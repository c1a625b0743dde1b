package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import java.util.List;
import java.util.Locale;

/**
 * A cell of the population's table as a number: an aspect between two bodies, whichever of them is
 * on which side of a pair. The numbers are stable.
 */
public final class AspectCell {

  private static final int CODES = AspectPolicy.MAX_ASPECTS + 1;

  /** How many cells there are; numbers run from 0. */
  public static final int COUNT = Body.COUNT * (Body.COUNT + 1) / 2 * CODES;

  private AspectCell() {}

  /** The cell of an aspect's code between the bodies of two slots, in either order. */
  public static int of(int slot, int otherSlot, int code) {
    int high = Math.max(slot, otherSlot);
    int low = Math.min(slot, otherSlot);
    return (high * (high + 1) / 2 + low) * CODES + code;
  }

  /** The lower slot of a cell. */
  public static int low(int cell) {
    int high = high(cell);
    return cell / CODES - high * (high + 1) / 2;
  }

  /** The higher slot of a cell. */
  public static int high(int cell) {
    int bodies = cell / CODES;
    return (int) ((Math.sqrt(8.0 * bodies + 1) - 1) / 2);
  }

  /** The aspect's code. */
  public static int code(int cell) {
    return cell % CODES;
  }

  /** What is told of a cell that a pair came to hold, or ceased to hold. */
  @FunctionalInterface
  public interface Turn {
    /** {@code times} is 1 where the pair came to hold the cell, -1 where it ceased to. */
    void accept(int cell, int times);
  }

  /**
   * Tells of each cell that a pair holds with only one of the sets, which differ by {@code
   * changes}, once, whether it is held one way or both.
   */
  static void turns(List<CellChange> changes, AspectSet before, AspectSet after, Turn turn) {
    for (CellChange change : changes) {
      int row = change.row();
      int col = change.col();
      int was = Hit.code(change.before());
      int is = Hit.code(change.after());
      if (was != is) {
        if (isHeldByOne(row, col, was, before, after)) {
          turn.accept(of(row, col, was), -1);
        }
        if (isHeldByOne(row, col, is, after, before)) {
          turn.accept(of(row, col, is), 1);
        }
      }
    }
  }

  /** Where only {@code set} has the code here: whether that is so for the pair, and told here. */
  private static boolean isHeldByOne(int row, int col, int code, AspectSet set, AspectSet other) {
    return code != 0
        && Hit.code(other.hit(/* row= */ col, /* col= */ row)) != code
        && (row <= col || Hit.code(set.hit(/* row= */ col, /* col= */ row)) != code);
  }

  /** Such as {@code venus-mars trine}. */
  public static String id(int cell, AspectPolicy policy) {
    return bodies(cell, Body::id) + " " + policy.aspect(code(cell)).id();
  }

  /** Such as {@code Venus-Mars trines}, for a sentence. */
  public static String plural(int cell, AspectPolicy policy) {
    String aspect = policy.aspect(code(cell)).id().replace('_', '-');
    return bodies(cell, AspectCell::title) + " " + aspect + (aspect.endsWith("x") ? "es" : "s");
  }

  private interface Naming {
    String of(Body body);
  }

  private static String bodies(int cell, Naming naming) {
    return naming.of(Body.ofSlot(low(cell))) + "-" + naming.of(Body.ofSlot(high(cell)));
  }

  private static String title(Body body) {
    String words = body.id().replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
