package io.cosmichub.kernels;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the aspects of a policy with one body add round the circle, without weights: a triangle for
 * each, made of straight lines that turn three times.
 */
final class SweepPlan {

  /** How often a triangle turns: where it starts, at its tip, and where it ends. */
  static final int TURNS = 3;

  /** Whole numbers below this, and the score that they are added to, have exact sums as doubles. */
  private static final double LIMIT = 1L << 51;

  /** Of each triangle: how far after the body it starts, 0 to 360°. */
  final int[] starts;

  /** From its start to its tip, and from there to its end. */
  final int[] orbs;

  /** How much steeper each of its lines is than the one before, three a triangle. */
  final double[] bends;

  /** By slot, 2w. */
  final double[] weights;

  /** Whether all that is added up stays exact. */
  final boolean exists;

  /** Of a policy whose aspects keep clear of each other. */
  SweepPlan(AspectPolicy policy, PolicyBodies bodies, WholeScore whole) {
    List<Integer> from = new ArrayList<>();
    List<Aspect> of = new ArrayList<>();
    for (Aspect aspect : policy.aspects()) {
      from.add(Math.floorMod(aspect.angle() - aspect.maxOrb(), MicroDegrees.CIRCLE));
      of.add(aspect);
      if (aspect.angle() % MicroDegrees.HALF != 0) {
        from.add(MicroDegrees.CIRCLE - aspect.angle() - aspect.maxOrb());
        of.add(aspect);
      }
    }
    starts = from.stream().mapToInt(Integer::intValue).toArray();
    orbs = of.stream().mapToInt(Aspect::maxOrb).toArray();
    bends = new double[TURNS * starts.length];
    double steepest = 0;
    for (int triangle = 0; triangle < starts.length; triangle++) {
      double slope = whole.multiplier(of.get(triangle).code());
      bends[TURNS * triangle] = slope;
      bends[TURNS * triangle + 1] = -2 * slope;
      bends[TURNS * triangle + 2] = slope;
      steepest = Math.max(steepest, Math.abs(slope));
    }
    weights = IntStream.range(0, Body.COUNT).mapToDouble(whole::doubledWeight).toArray();
    double heaviest = 0;
    for (int index = 0; index < bodies.count(); index++) {
      heaviest = Math.max(heaviest, Math.abs(weights[bodies.slot(index)]));
    }
    // A line stands as its slope and its value at 0°. Of a body no more than two triangles have
    // begun and not ended; each slopes by at most twice its own and turns within a circle of 0°.
    double ofBody = 2 * 2 * steepest * 2 * MicroDegrees.CIRCLE;
    exists = whole.exists() && ofBody * bodies.count() * 2 * heaviest < LIMIT;
  }
}
