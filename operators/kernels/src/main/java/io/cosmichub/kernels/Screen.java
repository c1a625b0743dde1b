package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Says which charts of a block may score highly with one chart, for a fraction of what their scores
 * cost: the rest provably do not. Of one thread.
 */
public final class Screen {

  private final PolicyBodies bodies;
  private final ScreenPlan plan;
  private final @Nullable ScreenTable table;
  private char[] entries = new char[0];
  // Each chart's own threshold: none here, one for all is what counts.
  private int[] own = new int[0];

  /** Of charts under a policy; where that one gives no bounds, every chart may score highly. */
  public Screen(AspectPolicy policy) {
    this(PolicyBodies.of(policy), policy);
  }

  private Screen(PolicyBodies bodies, AspectPolicy policy) {
    this(bodies, new ScreenPlan(policy, bodies, new WholeScore(policy)));
  }

  private Screen(PolicyBodies bodies, ScreenPlan plan) {
    this.bodies = bodies;
    this.plan = plan;
    table = plan.exists() ? new ScreenTable(plan, bodies) : null;
  }

  /**
   * Another one under the same policy, which has taken no chart; what follows from the policy alone
   * is shared.
   */
  public Screen empty() {
    return new Screen(bodies, plan);
  }

  /** Takes chart {@code number} of a block as it stands there now. */
  public void take(ChartBlock block, int number) {
    if (table == null) {
      return;
    }
    if (number >= own.length) {
      int charts = own.length;
      own = Arrays.copyOf(own, Math.max(number + 1, 2 * charts));
      Arrays.fill(own, charts, own.length, Integer.MAX_VALUE);
      entries = Arrays.copyOf(entries, own.length * bodies.count());
    }
    ScreenTable.enter(plan, bodies, block, number, entries);
  }

  /** From now on it is about scores with chart {@code one} of {@code a}. */
  public void against(ChartBlock a, int one) {
    if (table != null) {
      table.of(a, one);
    }
  }

  /**
   * Writes the numbers of the charts {@code from} to {@code to} that may score {@code least} or
   * more, as {@link BatchKernel#score} scores, in ascending order; how many. All of them must have
   * been taken.
   */
  public int reach(int from, int to, long least, int[] into) {
    if (table == null) {
      for (int number = from; number < to; number++) {
        into[number - from] = number;
      }
      return to - from;
    }
    return table.reach(entries, from, to, Ranking.coarse(least), own, into);
  }
}
