package io.cosmichub.feature;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Phase;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Houses;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.score.RuleScorer;
import java.util.Arrays;
import java.util.List;

/** Writes the features of a batch of pairs. Immutable and thread-safe. */
public final class FeatureExtractor {
  /*
   * One row of floats a pair, in the schema's order, zeroed when its turn comes, so that it is in the
   * nearest cache. A hit is looked up once, by its two slots and its code, in a table that holds the
   * index of its cell; everything else that a hit adds to is an addition at an offset known before.
   * Whether the schema has a group is the same for every hit, so its branch costs nothing. Whether a
   * cell lies in an area is not: one outside of all adds 0 to its own feature, which costs less than a
   * branch that nobody foresees, and waits for no other hit as an addition to a feature that all share
   * would. Four rows are gone through as one mask: where a loop ends is what the processor does not
   * foresee. Additions to a feature are in row-major order of the hits, a row's before a column's.
   */
  private static final int CODES = AspectPolicy.MAX_ASPECTS + 1;
  private static final int HALF_BITS = 16;
  private static final int HALF = (1 << HALF_BITS) - 1;
  private static final int ROWS = Long.SIZE / Body.COUNT;
  private static final int LAST_SLOT = Body.COUNT - 1;
  private static final int SLOT_BITS = Integer.bitCount(LAST_SLOT);
  private static final int SIGNS = 12;
  private static final int BYTE = 8;
  private static final int PRESENT = 7 * BYTE;
  private static final int ELEMENTS = FeatureSchema.ELEMENTS.size();
  private static final int KINDS = ELEMENTS + FeatureSchema.MODALITIES.size();
  // What a body adds to the counts of its chart, by its sign: eight counts in one long, a byte
  // each.
  private static final long[] COUNTS = counts();

  private final FeatureSchema schema;
  private final int size;
  // By (row * 16 + column) * 32 + code: in the lower half the feature of the cell; in the upper
  // half
  // that of its first area, or its own if it lies in none; -1 where there is no such cell.
  private final int[] targets = new int[Body.COUNT * Body.COUNT * CODES];
  // By the same: the base score within an area, 0 outside.
  private final float[] scores = new float[Body.COUNT * Body.COUNT * CODES];
  // By code.
  private final int[] maxOrbs = new int[CODES];
  private final float[] inverseOrbs = new float[CODES];
  private final float[] bases = new float[CODES];
  private final int[] natures = new int[CODES];
  private final int[] angles = new int[CODES];
  // By slot.
  private final int[] bodies = new int[Body.COUNT];
  // By row * 16 + column: the areas of a cell but for the first.
  private final byte[] otherAreas = new byte[Body.COUNT * Body.COUNT];

  private final int bodyMask;
  private final int balance;
  private final int phases;
  private final int houses;
  private final int area;
  private final boolean ofCells;
  private final boolean ofBodies;
  private final boolean ofNatures;

  /** An extractor of one schema's features. */
  public FeatureExtractor(FeatureSchema schema) {
    this.schema = schema;
    this.size = schema.size();
    this.bodyMask = schema.policy().bodyMask();
    this.balance = schema.offset(FeatureGroup.BALANCE);
    this.phases = schema.offset(FeatureGroup.PHASES);
    this.houses = schema.offset(FeatureGroup.HOUSES);
    this.area = schema.offset(FeatureGroup.AREAS);
    this.ofCells = schema.offset(FeatureGroup.CELLS) >= 0;
    this.ofBodies = schema.offset(FeatureGroup.BODIES) >= 0;
    this.ofNatures = schema.offset(FeatureGroup.NATURES) >= 0;
    fillAspects();
    fillBodies();
  }

  /** The schema. */
  public FeatureSchema schema() {
    return schema;
  }

  /**
   * Writes the features of pair {@code i} to {@code out[i * size]} onwards; {@link
   * IllegalArgumentException} if {@code out} is too small or a set holds a cell that the policy
   * does not have.
   */
  public void extract(PairBatch batch, float[] out) {
    if (out.length < batch.size() * size) {
      throw new IllegalArgumentException(
          batch.size() + " pairs of " + size + " features do not fit " + out.length);
    }
    for (int pair = 0; pair < batch.size(); pair++) {
      int at = pair * size;
      Arrays.fill(out, at, at + size, 0);
      addAspects(batch.aspects(pair), out, at);
      if (balance >= 0) {
        addBalance(batch.a(pair), batch.b(pair), out, at + balance);
      }
      if (phases >= 0) {
        addPhases(batch, pair, out, at + phases);
      }
      if (houses >= 0) {
        addHouses(batch, pair, out, at + houses);
      }
    }
  }

  private void addAspects(AspectSet set, float[] out, int at) {
    int next = 0;
    for (int word = 0; word < Body.COUNT; word += ROWS) {
      for (long mask = fourRows(set, word); mask != 0; mask &= mask - 1) {
        int place = word * Body.COUNT + Long.numberOfTrailingZeros(mask);
        int hit = set.hitAt(next++);
        int code = Hit.code(hit);
        int key = place * CODES + code;
        int target = targets[key];
        if (target < 0) {
          throw unknown(place, code);
        }
        float strength = (maxOrbs[code] - Hit.orb(hit)) * inverseOrbs[code];
        if (ofCells) {
          out[at + (target & HALF)] += strength;
        }
        if (ofBodies) {
          out[at + bodies[place >> SLOT_BITS]] += strength;
          out[at + bodies[place & LAST_SLOT]] += strength;
        }
        if (ofNatures) {
          out[at + natures[code]] += strength;
        }
        if (area >= 0) {
          float scored = scores[key] * strength;
          out[at + (target >>> HALF_BITS)] += scored;
          for (int in = otherAreas[place]; in != 0; in &= in - 1) {
            out[at + area + Integer.numberOfTrailingZeros(in)] += scored;
          }
        }
      }
    }
  }

  private static long fourRows(AspectSet set, int row) {
    return set.rowMask(row)
        | (long) set.rowMask(row + 1) << Body.COUNT
        | (long) set.rowMask(row + 2) << (2 * Body.COUNT)
        | (long) set.rowMask(row + 3) << (3 * Body.COUNT);
  }

  // Shares are of the bodies that a chart has; the mean of both charts, then how far they differ.
  private void addBalance(Longitudes a, Longitudes b, float[] out, int at) {
    long countsA = counts(a);
    long countsB = counts(b);
    float oneA = 1f / Math.max(1, countsA >>> PRESENT);
    float oneB = 1f / Math.max(1, countsB >>> PRESENT);
    for (int kind = 0; kind < KINDS; kind++) {
      float shareA = (countsA >>> (BYTE * kind) & 0xFF) * oneA;
      float shareB = (countsB >>> (BYTE * kind) & 0xFF) * oneB;
      out[at + kind] = (shareA + shareB) / 2;
      out[at + KINDS + kind] = Math.abs(shareA - shareB);
    }
  }

  // How many bodies are in each element and modality, and in the last byte how many there are.
  private long counts(Longitudes chart) {
    long counts = 0;
    for (int mask = bodyMask; mask != 0; mask &= mask - 1) {
      int longitude = chart.at(Integer.numberOfTrailingZeros(mask));
      counts += longitude < 0 ? 0 : COUNTS[longitude / MicroDegrees.SIGN];
    }
    return counts;
  }

  private static long[] counts() {
    long[] counts = new long[SIGNS];
    for (int sign = 0; sign < SIGNS; sign++) {
      counts[sign] =
          (1L << (BYTE * (sign & 3))) + (1L << (BYTE * (ELEMENTS + sign % 3))) + (1L << PRESENT);
    }
    return counts;
  }

  private void addPhases(PairBatch batch, int pair, float[] out, int at) {
    int[] speedsA = batch.extrasA(pair).speeds();
    int[] speedsB = batch.extrasB(pair).speeds();
    if (speedsA.length == 0 || speedsB.length == 0) {
      return;
    }
    out[at] = 1;
    AspectSet set = batch.aspects(pair);
    int next = 0;
    for (int row = 0; row < Body.COUNT; row++) {
      for (int mask = set.rowMask(row); mask != 0; mask &= mask - 1) {
        int col = Integer.numberOfTrailingZeros(mask);
        int hit = set.hitAt(next++);
        int code = Hit.code(hit);
        float strength = (maxOrbs[code] - Hit.orb(hit)) * inverseOrbs[code];
        Phase phase =
            Phase.of(
                new Position(batch.a(pair).at(row), speedsA[row]),
                new Position(batch.b(pair).at(col), speedsB[col]),
                angles[code]);
        if (phase == Phase.APPLYING) {
          out[at + 1] += strength;
        } else if (phase == Phase.SEPARATING) {
          out[at + 2] += strength;
        }
      }
    }
  }

  private void addHouses(PairBatch batch, int pair, float[] out, int at) {
    addOverlay(batch.a(pair), batch.extrasB(pair).cusps(), out, at);
    addOverlay(batch.b(pair), batch.extrasA(pair).cusps(), out, at);
  }

  private void addOverlay(Longitudes guest, int[] cusps, float[] out, int at) {
    if (cusps.length == 0) {
      return;
    }
    out[at] += 0.5f;
    Longitudes counted = guest.only(bodyMask);
    float one = 0.5f / Math.max(1, Integer.bitCount(counted.presentMask()));
    for (int house : Houses.overlay(counted, cusps)) {
      if (house > 0) {
        out[at + house] += one;
      }
    }
  }

  private void fillAspects() {
    int nature = Math.max(0, schema.offset(FeatureGroup.NATURES));
    for (Aspect aspect : schema.policy().aspects()) {
      int code = aspect.code();
      maxOrbs[code] = aspect.maxOrb();
      inverseOrbs[code] = 1f / aspect.maxOrb();
      bases[code] = (float) aspect.base();
      angles[code] = aspect.angle();
      natures[code] =
          nature
              + switch (aspect.nature()) {
                case HARMONIOUS -> 0;
                case CHALLENGING -> 1;
                case NEUTRAL -> 2;
              };
    }
  }

  private void fillBodies() {
    Arrays.fill(targets, -1);
    List<Body> taking = FeatureSchema.bodies(schema.policy());
    int body = Math.max(0, schema.offset(FeatureGroup.BODIES));
    int cell = Math.max(0, schema.offset(FeatureGroup.CELLS));
    for (int i = 0; i < taking.size(); i++) {
      int first = taking.get(i).slot();
      bodies[first] = body + i;
      for (int j = i; j < taking.size(); j++) {
        int second = taking.get(j).slot();
        for (Aspect aspect : schema.policy().aspects()) {
          fillCell(first, second, aspect.code(), cell);
          fillCell(second, first, aspect.code(), cell);
          cell++;
        }
      }
    }
  }

  private void fillCell(int row, int col, int code, int cell) {
    int place = row * Body.COUNT + col;
    int key = place * CODES + code;
    int in = RuleScorer.areasOf(row) & RuleScorer.areasOf(col);
    int first = ofCells ? cell : Math.max(0, area);
    if (in != 0) {
      first = Math.max(0, area) + Integer.numberOfTrailingZeros(in);
      scores[key] = bases[code];
    }
    targets[key] = first << HALF_BITS | cell;
    otherAreas[place] = (byte) (in & (in - 1));
  }

  private static IllegalArgumentException unknown(int place, int code) {
    return new IllegalArgumentException(
        "the policy has no aspect %d between slots %d and %d"
            .formatted(code, place >> SLOT_BITS, place & LAST_SLOT));
  }
}
