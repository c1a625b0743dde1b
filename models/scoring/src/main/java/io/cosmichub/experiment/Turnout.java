package io.cosmichub.experiment;

import java.util.List;

/**
 * Whether too few, or too many, of those who said something since some moment are of an arm, by a
 * test that holds for any number of units and whatever they have in common.
 */
final class Turnout {
  /*
   * Units get their arms by a hash. Where an arm has no say in who speaks when, those of the arm
   * among n that spoke, each counted once, are as many as n draws from the units of both arms give.
   * With a share p of these in the arm, the chance that k or fewer are is at most
   *
   *   exp(-n · D(k/n, p)),   D(q, p) = q ln(q/p) + (1-q) ln((1-q)/(1-p))   for k/n < p
   *
   * which holds for draws without putting back, too (Hoeffding 1963). Nothing is estimated, and it
   * does not matter how units hang together: a storm in which everybody speaks hits both arms.
   *
   * A look tries every moment for its own; they share the chance of 1e-9, that of six standard
   * deviations.
   */
  private static final double CHANCE = 1e-9;

  private Turnout() {}

  /**
   * Whether an arm is beyond doubt on the side of a share that is harm: {@code share} is the part
   * of those who speak that it would have at the edge of harm; {@code control} and {@code arm} say
   * how many spoke since each of some moments.
   */
  static boolean isHarm(Guardrail.Harm harm, double share, List<Long> control, List<Long> arm) {
    int moments = Math.min(control.size(), arm.size());
    double doubt = Math.log(moments / CHANCE);
    for (int moment = 0; moment < moments; moment++) {
      long all = control.get(moment) + arm.get(moment);
      double part = (double) arm.get(moment) / all;
      boolean isBad = harm == Guardrail.Harm.LOWER ? part < share : part > share;
      if (isBad && surprise(all, part, share) > doubt) {
        return true;
      }
    }
    return false;
  }

  /** The logarithm of how unlikely at least it is that a part of {@code all} is so far off. */
  static double surprise(long all, double part, double share) {
    return all * (of(part, share) + of(1 - part, 1 - share));
  }

  private static double of(double part, double share) {
    return part > 0 ? part * Math.log(part / share) : 0;
  }
}
