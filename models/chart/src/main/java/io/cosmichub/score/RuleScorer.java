package io.cosmichub.score;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;

/** Scores aspect sets under one policy. Immutable and thread-safe. */
public final class RuleScorer {
  /*
   * A cell contributes (wi + wj)/2 · base · (1 − orb/max orb). With the whole numbers 2w and
   * m = base · 120·10⁶ / max orb that is 2(wi + wj) · m · (max orb − orb) / (480·10⁶): numerators add
   * up exactly in a long, in any order, and one division rounds once. Of a cell, an area takes
   * m · (max orb − orb) / (120·10⁶), and the mean over its cells. The overall score is
   * 100 · (total + n²) / 2n² for n bodies, clamped and rounded as a fraction of whole numbers.
   *
   * Whatever is summed is a local variable, so nothing but the result is allocated; what an area has
   * no part in adds nothing to it.
   *
   * A policy without such whole numbers, or whose sums might pass 2⁵³, is summed in doubles in
   * row-major order.
   */
  private static final long AREA_SCALE = 120_000_000;
  private static final long SCALE = 4 * AREA_SCALE;
  private static final long EXACT_LIMIT = 1L << 53;

  private static final int EMOTIONAL = 0;
  private static final int COMMUNICATION = 1;
  private static final int PHYSICAL = 2;
  private static final int SPIRITUAL = 3;
  private static final int STABILITY = 4;
  private static final int AREAS = 5;

  /** Of a count of cells, in a long that has one for each area. */
  private static final int AREA_BITS = 10;

  /** Of a count of cells, in a long that has one for each nature. */
  private static final int NATURE_BITS = 16;

  private static final int[] AREAS_OF_SLOT = areasOfSlot();
  private static final long[] CELLS_OF_AREAS = cellsOfAreas();

  private final AspectPolicy policy;
  private final int cells;
  private final boolean exact;
  // By code.
  private final int[] maxOrbs = new int[AspectPolicy.MAX_ASPECTS + 1];
  private final double[] bases = new double[AspectPolicy.MAX_ASPECTS + 1];
  private final long[] multipliers = new long[AspectPolicy.MAX_ASPECTS + 1];
  private final long[] natures = new long[AspectPolicy.MAX_ASPECTS + 1];
  // By slot.
  private final double[] weights = new double[Body.COUNT];
  private final long[] doubledWeights = new long[Body.COUNT];

  /** A scorer of one policy. */
  public RuleScorer(AspectPolicy policy) {
    this.policy = policy;
    int bodies = Integer.bitCount(policy.bodyMask());
    cells = bodies * bodies;
    boolean whole = true;
    double largestWeight = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      weights[slot] = policy.weight(slot);
      doubledWeights[slot] = (long) (2 * weights[slot]);
      whole &= doubledWeights[slot] == 2 * weights[slot];
      largestWeight = Math.max(largestWeight, Math.abs(2 * weights[slot]));
    }
    double largestBase = 0;
    for (Aspect aspect : policy.aspects()) {
      int code = aspect.code();
      maxOrbs[code] = aspect.maxOrb();
      bases[code] = aspect.base();
      natures[code] = 1L << shift(aspect.nature());
      double scaled = aspect.base() * AREA_SCALE;
      multipliers[code] = (long) (scaled / aspect.maxOrb());
      whole &= (double) multipliers[code] * aspect.maxOrb() == scaled;
      largestBase = Math.max(largestBase, Math.abs(scaled));
    }
    double largestSum = Body.COUNT * Body.COUNT * 2 * largestWeight * largestBase;
    exact = whole && largestSum < EXACT_LIMIT;
  }

  /** Who scores by the rules of a policy, as scores say it: {@code rules/classic@1}. */
  public static String name(String policyId) {
    return "rules/" + policyId + "@1";
  }

  /** Whether the score is summed in whole numbers, the same in any order. */
  public boolean isExact() {
    return exact;
  }

  /**
   * The score of a set; {@link IllegalArgumentException} if it holds an aspect that the policy does
   * not have. Allocates nothing but the result.
   */
  public RuleScore score(AspectSet set) {
    return exact ? exactly(set) : inOrder(set);
  }

  private int maxOrb(int code) {
    int maxOrb = maxOrbs[code];
    return maxOrb > 0 ? maxOrb : policy.aspect(code).maxOrb();
  }

  /** The areas that a body bears on: one bit each, in the order of {@link Areas}. */
  public static int areasOf(int slot) {
    return AREAS_OF_SLOT[slot];
  }

  /** 0 to 100 in tenths: the fraction rounded half-even. */
  static double tenths(long numerator, long denominator) {
    long floor = Math.floorDiv(numerator, denominator);
    long twice = 2 * Math.floorMod(numerator, denominator);
    boolean up = twice > denominator || (twice == denominator && (floor & 1) != 0);
    return clamp((up ? floor + 1 : floor) / 10.0);
  }

  private static double clamp(double score) {
    return Math.max(0, Math.min(100, score));
  }

  private static int[] areasOfSlot() {
    int[] areas = new int[Body.COUNT];
    areas[Body.SUN.slot()] = 1 << EMOTIONAL;
    areas[Body.MOON.slot()] = 1 << EMOTIONAL;
    areas[Body.MERCURY.slot()] = 1 << COMMUNICATION;
    areas[Body.VENUS.slot()] = 1 << COMMUNICATION | 1 << PHYSICAL;
    areas[Body.MARS.slot()] = 1 << PHYSICAL;
    areas[Body.JUPITER.slot()] = 1 << SPIRITUAL | 1 << STABILITY;
    areas[Body.SATURN.slot()] = 1 << STABILITY;
    areas[Body.NEPTUNE.slot()] = 1 << SPIRITUAL;
    areas[Body.PLUTO.slot()] = 1 << SPIRITUAL;
    return areas;
  }

  private static long[] cellsOfAreas() {
    long[] cells = new long[1 << AREAS];
    for (int areas = 0; areas < cells.length; areas++) {
      for (int area = 0; area < AREAS; area++) {
        cells[areas] += (areas >> area & 1L) << (area * AREA_BITS);
      }
    }
    return cells;
  }

  private static int shift(Nature nature) {
    return switch (nature) {
      case HARMONIOUS -> 0;
      case CHALLENGING -> NATURE_BITS;
      case NEUTRAL -> 2 * NATURE_BITS;
    };
  }

  private RuleScore exactly(AspectSet set) {
    long total = 0;
    long emotional = 0;
    long communication = 0;
    long physical = 0;
    long spiritual = 0;
    long stability = 0;
    long ofAreas = 0;
    long ofNatures = 0;
    int next = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      int areasOfRow = AREAS_OF_SLOT[row];
      for (int mask = set.rowMask(row); mask != 0; mask &= mask - 1) {
        int col = Integer.numberOfTrailingZeros(mask);
        int hit = set.hitAt(next++);
        int code = Hit.code(hit);
        long scored = multipliers[code] * (maxOrb(code) - Hit.orb(hit));
        total += (doubledWeights[row] + doubledWeights[col]) * scored;
        ofNatures += natures[code];
        int in = areasOfRow & AREAS_OF_SLOT[col];
        if (in != 0) {
          ofAreas += CELLS_OF_AREAS[in];
          emotional += scored & -(in >> EMOTIONAL & 1L);
          communication += scored & -(in >> COMMUNICATION & 1L);
          physical += scored & -(in >> PHYSICAL & 1L);
          spiritual += scored & -(in >> SPIRITUAL & 1L);
          stability += scored & -(in >> STABILITY & 1L);
        }
      }
    }
    long half = cells * SCALE;
    return score(
        tenths((total + half) * 500, half),
        (double) total / SCALE,
        new Areas(
            area((double) emotional, AREA_SCALE, cells(ofAreas, EMOTIONAL)),
            area((double) communication, AREA_SCALE, cells(ofAreas, COMMUNICATION)),
            area((double) physical, AREA_SCALE, cells(ofAreas, PHYSICAL)),
            area((double) spiritual, AREA_SCALE, cells(ofAreas, SPIRITUAL)),
            area((double) stability, AREA_SCALE, cells(ofAreas, STABILITY))),
        ofNatures);
  }

  private RuleScore inOrder(AspectSet set) {
    double total = 0;
    double emotional = 0;
    double communication = 0;
    double physical = 0;
    double spiritual = 0;
    double stability = 0;
    long ofAreas = 0;
    long ofNatures = 0;
    int next = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      int areasOfRow = AREAS_OF_SLOT[row];
      for (int mask = set.rowMask(row); mask != 0; mask &= mask - 1) {
        int col = Integer.numberOfTrailingZeros(mask);
        int hit = set.hitAt(next++);
        int code = Hit.code(hit);
        double strength = 1 - (double) Hit.orb(hit) / maxOrb(code);
        total += (weights[row] + weights[col]) / 2 * bases[code] * strength;
        ofNatures += natures[code];
        int in = areasOfRow & AREAS_OF_SLOT[col];
        if (in != 0) {
          double scored = bases[code] * strength;
          ofAreas += CELLS_OF_AREAS[in];
          emotional += (in >> EMOTIONAL & 1) * scored;
          communication += (in >> COMMUNICATION & 1) * scored;
          physical += (in >> PHYSICAL & 1) * scored;
          spiritual += (in >> SPIRITUAL & 1) * scored;
          stability += (in >> STABILITY & 1) * scored;
        }
      }
    }
    return score(
        Math.rint(clamp((total + cells) / (2.0 * cells) * 100) * 10) / 10,
        total,
        new Areas(
            area(emotional, 1, cells(ofAreas, EMOTIONAL)),
            area(communication, 1, cells(ofAreas, COMMUNICATION)),
            area(physical, 1, cells(ofAreas, PHYSICAL)),
            area(spiritual, 1, cells(ofAreas, SPIRITUAL)),
            area(stability, 1, cells(ofAreas, STABILITY))),
        ofNatures);
  }

  private static RuleScore score(double overall, double rawTotal, Areas areas, long ofNatures) {
    return new RuleScore(
        overall,
        rawTotal,
        areas,
        count(ofNatures, Nature.HARMONIOUS),
        count(ofNatures, Nature.CHALLENGING),
        count(ofNatures, Nature.NEUTRAL));
  }

  private static int count(long ofNatures, Nature nature) {
    return (int) (ofNatures >> shift(nature)) & (1 << NATURE_BITS) - 1;
  }

  private static int cells(long ofAreas, int area) {
    return (int) (ofAreas >> (area * AREA_BITS)) & (1 << AREA_BITS) - 1;
  }

  /** The mean of so many cells, by which 50 is off; a sum is exact in a double. */
  private static double area(double sum, long scale, int count) {
    return count == 0 ? 50 : clamp(50 + sum / (count * scale));
  }
}
