package io.cosmichub.population.count;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import java.util.BitSet;
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

  /** The cells that a pair with this set holds; a cell that holds both ways counts once. */
  public static BitSet heldBy(AspectSet set) {
    BitSet held = new BitSet(COUNT);
    set.forEach((row, col, hit) -> held.set(of(row, col, Hit.code(hit))));
    return held;
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
