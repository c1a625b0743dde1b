package io.cosmichub.feature;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import java.util.Arrays;

/** Pairs whose features are wanted at once. Reusable; not thread-safe. */
public final class PairBatch {
  private static final int[] NONE = {};

  private final AspectSet[] aspects;
  private final Longitudes[] a;
  private final Longitudes[] b;
  private final Extras[] extrasA;
  private final Extras[] extrasB;
  private int size;

  /**
   * What a chart may have besides longitudes; both arrays are empty where it is not known.
   *
   * @param speeds micro-degrees a day of sixteen slots, {@link Position#UNKNOWN_SPEED} where
   *     unknown
   * @param cusps twelve longitudes in micro-degrees
   */
  @SuppressWarnings("ArrayRecordComponent") // read cell by cell for every pair
  public record Extras(int[] speeds, int[] cusps) {
    /** Nothing is known but the longitudes. */
    public static final Extras UNKNOWN = new Extras(NONE, NONE);
  }

  /** An empty batch of at most {@code capacity} pairs. */
  public PairBatch(int capacity) {
    aspects = new AspectSet[capacity];
    a = new Longitudes[capacity];
    b = new Longitudes[capacity];
    extrasA = new Extras[capacity];
    extrasB = new Extras[capacity];
    Arrays.fill(aspects, AspectSet.EMPTY);
    Arrays.fill(a, Longitudes.NONE);
    Arrays.fill(b, Longitudes.NONE);
    Arrays.fill(extrasA, Extras.UNKNOWN);
    Arrays.fill(extrasB, Extras.UNKNOWN);
  }

  /** Adds a pair of which the longitudes and their aspects are known. */
  public PairBatch add(AspectSet set, Longitudes sideA, Longitudes sideB) {
    return add(set, sideA, sideB, Extras.UNKNOWN, Extras.UNKNOWN);
  }

  /** Adds a pair; {@link IllegalStateException} if the batch is full. */
  public PairBatch add(AspectSet set, Longitudes sideA, Longitudes sideB, Extras ofA, Extras ofB) {
    if (size == aspects.length) {
      throw new IllegalStateException("a batch of " + size + " pairs is full");
    }
    aspects[size] = set;
    a[size] = sideA;
    b[size] = sideB;
    extrasA[size] = ofA;
    extrasB[size] = ofB;
    size++;
    return this;
  }

  /** How many pairs there are. */
  public int size() {
    return size;
  }

  /** Forgets the pairs. */
  public void clear() {
    size = 0;
  }

  AspectSet aspects(int pair) {
    return aspects[pair];
  }

  Longitudes a(int pair) {
    return a[pair];
  }

  Longitudes b(int pair) {
    return b[pair];
  }

  Extras extrasA(int pair) {
    return extrasA[pair];
  }

  Extras extrasB(int pair) {
    return extrasB[pair];
  }
}
