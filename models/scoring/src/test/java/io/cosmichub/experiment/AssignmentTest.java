package io.cosmichub.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
  private static final int UNITS = 100_000;

  @Test
  void armsGetUnitsByTheirWeights() {
    Map<String, Integer> counts = new HashMap<>();
    Assignment assignment =
        new Assignment(
            Definitions.ofArms("s", 0.5, new Arm("a", 1), new Arm("b", 2), new Arm("c", 7)));
    for (int i = 0; i < UNITS; i++) {
      Arm arm = assignment.arm("pair-" + i);
      counts.merge(arm == null ? "none" : arm.id(), 1, Integer::sum);
    }

    assertThat(counts.get("none")).isCloseTo(UNITS / 2, within(600));
    assertThat(counts.get("a")).isCloseTo(UNITS / 20, within(300));
    assertThat(counts.get("b")).isCloseTo(UNITS / 10, within(400));
    assertThat(counts.get("c")).isCloseTo(UNITS * 7 / 20, within(600));
  }

  @Test
  void aLargerShareAddsUnitsAndMovesNone() {
    Arm[] arms = {new Arm("a", 1), new Arm("b", 1)};
    Assignment few = new Assignment(Definitions.ofArms("s", 0.05, arms));
    Assignment many = new Assignment(Definitions.ofArms("s", 0.2, arms));
    int in = 0;
    for (int i = 0; i < UNITS; i++) {
      Arm arm = few.arm("pair-" + i);
      if (arm != null) {
        in++;
        assertThat(many.arm("pair-" + i)).isEqualTo(arm);
      }
    }
    assertThat(in).isCloseTo(UNITS / 20, within(300));
  }

  @Test
  void anotherSaltDealsAnewAndIndependently() {
    Assignment one = new Assignment(Definitions.ofArms("s1", 1, new Arm("a", 1), new Arm("b", 1)));
    Assignment two = new Assignment(Definitions.ofArms("s2", 1, new Arm("a", 1), new Arm("b", 1)));
    long same =
        IntStream.range(0, UNITS)
            .filter(i -> Objects.equals(one.arm("pair-" + i), two.arm("pair-" + i)))
            .count();

    assertThat(same).isCloseTo(UNITS / 2, within(700L));
  }

  @Test
  void anAssignmentIsAsItWasInEveryRelease() {
    Assignment assignment = new Assignment(Definitions.even());
    StringBuilder arms = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      arms.append(String.valueOf(assignment.arm("couple-" + i)).contains("control") ? 'c' : 'm');
    }

    assertThat(arms).hasToString("mmmcmcmmcmccmmcmmccccmmm");
  }

  @Test
  void aRolloutGrowsWithoutLosingAnyone() {
    Rollout few = new Rollout(Rollout.Feature.GPU, "gpu-1", 0.05);
    Rollout many = new Rollout(Rollout.Feature.GPU, "gpu-1", 0.2);
    long in = IntStream.range(0, UNITS).filter(i -> few.includes("pair-" + i)).count();

    assertThat(in).isCloseTo(UNITS / 20, within(300L));
    assertThat(IntStream.range(0, UNITS).mapToObj(i -> "pair-" + i).filter(few::includes))
        .allMatch(many::includes);
    assertThat(new Rollout(Rollout.Feature.MODEL, "s", 0).includes("pair-1")).isFalse();
    assertThat(IntStream.range(0, UNITS).mapToObj(i -> "pair-" + i))
        .allMatch(new Rollout(Rollout.Feature.MODEL, "s", 1)::includes);
    assertThatThrownBy(() -> new Rollout(Rollout.Feature.POLICY, "s", Double.NaN))
        .hasMessageContaining("not 0 to 1");
  }
}
