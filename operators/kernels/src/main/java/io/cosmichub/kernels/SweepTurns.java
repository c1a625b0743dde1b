package io.cosmichub.kernels;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import java.util.Arrays;

/**
 * Where the lines turn of what a few charts, side by side, add round the circle; by ascending
 * longitude. Of one thread.
 */
final class SweepTurns {

  /*
   * A turn is a long: its longitude, the lane of its chart, the slot of its body, and its number among the bends of the plan.
   * Two passes sort them: into as many buckets as there are turns, and then to where they belong among the few of a bucket.
   */
  private static final int SLOT_AT = 8;
  private static final int LANE_AT = SLOT_AT + 4;
  private static final int LONGITUDE_AT = LANE_AT + 4;
  private static final int BUCKET_AT = LONGITUDE_AT + 17;
  private static final int BUCKETS = (MicroDegrees.CIRCLE >> (BUCKET_AT - LONGITUDE_AT)) + 1;

  /** Stands after the last turn. */
  private static final long END = (long) Integer.MAX_VALUE << LONGITUDE_AT;

  private final PolicyBodies bodies;
  private final SweepPlan plan;
  private final int lanes;
  private final double[] lines;
  private final long[] drawn;
  private final long[] sorted;
  private final int[] ends = new int[BUCKETS + 1];
  private int count;

  SweepTurns(PolicyBodies bodies, SweepPlan plan, int lanes) {
    this.bodies = bodies;
    this.plan = plan;
    this.lanes = lanes;
    lines = new double[4 * lanes];
    drawn = new long[lanes * bodies.count() * plan.bends.length];
    sorted = new long[drawn.length + 1];
  }

  /** The turns, and one after the last at a longitude beyond all. */
  long[] sorted() {
    return sorted;
  }

  /**
   * The lines before the first turn, lane by lane: their slopes, their values at 0°, and both once
   * more weighed by 2w.
   */
  double[] lines() {
    return lines;
  }

  static int longitude(long turn) {
    return (int) (turn >> LONGITUDE_AT);
  }

  static int lane(long turn) {
    return (int) turn >> LANE_AT & 15;
  }

  static int slot(long turn) {
    return (int) turn >> SLOT_AT & 15;
  }

  static int bend(long turn) {
    return (int) turn & (1 << SLOT_AT) - 1;
  }

  /** Takes as many charts as there are lanes, {@code first} in the lowest. */
  void take(ChartBlock charts, int first) {
    Arrays.fill(lines, 0);
    Arrays.fill(ends, 0);
    count = 0;
    for (int lane = 0; lane < lanes; lane++) {
      for (int index = 0; index < bodies.count(); index++) {
        int slot = bodies.slot(index);
        int longitude = charts.lines()[(first + lane) * Body.COUNT + slot];
        if (longitude != ChartBlock.ABSENT) {
          draw(longitude, lane, slot);
        }
      }
    }
    sort();
  }

  private void draw(int longitude, int lane, int slot) {
    for (int triangle = 0; triangle < plan.starts.length; triangle++) {
      int orb = plan.orbs[triangle];
      int at = longitude + plan.starts[triangle];
      at -= at >= MicroDegrees.CIRCLE ? MicroDegrees.CIRCLE : 0;
      boolean seam = at + 2 * orb >= MicroDegrees.CIRCLE;
      for (int turn = 0; turn < SweepPlan.TURNS; turn++) {
        int bend = SweepPlan.TURNS * triangle + turn;
        int where = at + turn * orb;
        if (where >= MicroDegrees.CIRCLE) {
          where -= MicroDegrees.CIRCLE;
        } else if (seam) {
          begin(lane, slot, plan.bends[bend], where - MicroDegrees.CIRCLE);
        }
        long key = (long) where << LONGITUDE_AT | lane << LANE_AT | slot << SLOT_AT | bend;
        drawn[count++] = key;
        ends[(int) (key >> BUCKET_AT) + 1]++;
      }
    }
  }

  /** A line that turned before 0°. */
  private void begin(int lane, int slot, double bend, int where) {
    double weighed = bend * plan.weights[slot];
    lines[lane] += bend;
    lines[lanes + lane] -= bend * where;
    lines[2 * lanes + lane] += weighed;
    lines[3 * lanes + lane] -= weighed * where;
  }

  private void sort() {
    for (int bucket = 1; bucket <= BUCKETS; bucket++) {
      ends[bucket] += ends[bucket - 1];
    }
    for (int turn = 0; turn < count; turn++) {
      sorted[ends[(int) (drawn[turn] >> BUCKET_AT)]++] = drawn[turn];
    }
    for (int turn = 1; turn < count; turn++) {
      long one = sorted[turn];
      int at = turn;
      for (; at > 0 && longitude(sorted[at - 1]) > longitude(one); at--) {
        sorted[at] = sorted[at - 1];
      }
      sorted[at] = one;
    }
    sorted[count] = END;
  }
}
