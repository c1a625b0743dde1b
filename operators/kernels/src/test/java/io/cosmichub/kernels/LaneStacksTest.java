package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every cell has one place, in a lane of cells of its weight. */
final class LaneStacksTest {

  private static final int LANES = ChartBlock.WIDTH;

  @Test
  void everyCellOfTheClassicPolicyHasOnePlaceAmongItsWeight() {
    AspectPolicy policy = AspectPolicy.classic();
    LaneStacks stacks = of(policy);
    List<Integer> cells = new ArrayList<>();
    for (int at = 0; at < LaneStacks.SEVEN * LANES; at++) {
      int row = stacks.rows[at];
      int column = stacks.columns[at];
      if (stacks.nothing[row] == 0) {
        cells.add(row * 10 + column);
        int stack = at / LANES < LaneStacks.FOUR ? 0 : LANES;
        int lane = at % LANES;
        assertThat(stacks.weights[stack + lane % 2 * LANES / 2 + lane / 2])
            .isEqualTo(Math.round(2 * policy.weight(row) + 2 * policy.weight(column)));
      }
    }
    assertThat(stacks.exist).isTrue();
    assertThat(cells).doesNotHaveDuplicates().hasSize(100);
  }

  @Test
  void bodiesWithoutRoomOrWithAWeightBelowZeroHaveNone() {
    double[] weights = {3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(of(AspectKernelContract.classicOfSixteen()).exist).isFalse();
    assertThat(of(ofFour(weights)).exist).isTrue();
    weights[3] = -1;
    assertThat(of(ofFour(weights)).exist).isFalse();
    assertThat(of(AspectKernelContract.oneBody()).exist).isTrue();
  }

  private static AspectPolicy ofFour(double[] weights) {
    return AspectPolicy.of("four", AspectPolicy.classic().aspects(), 0b1111, weights);
  }

  private static LaneStacks of(AspectPolicy policy) {
    PolicyBodies bodies = PolicyBodies.of(policy);
    WholeScore whole = new WholeScore(policy);
    return new LaneStacks(new LanePlan(policy, bodies, whole), bodies, whole);
  }
}
