package io.cosmichub.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded experiments the whole way of a job: units get their arms by the salt, what is known is
 * reported again and again, and a verdict falls. People say yes or no, and no arm has an effect.
 */
@Tag("any-jvm")
final class PlayedExperimentTest {
  private static final int RUNS = 500;
  private static final double YES = 0.3;
  private static final double COMPLAINTS = 0.05;
  private static final Arm[] UNEVEN = {new Arm("control", 3), new Arm("model", 1)};
  private static final Arm[] THREE = {
    new Arm("control", 5), new Arm("model", 2), new Arm("other", 3)
  };

  @Test
  void withoutAnEffectFewWithUnevenArmsEverShipOrStopThoughLookedAtAfterEveryUnit() {
    Set<Verdict> ends = EnumSet.of(Verdict.SHIP, Verdict.STOP);
    for (Arm[] arms : List.of(UNEVEN, THREE)) {
      Simulation.Share ever = ever(ends, arms, 2_000, 1, 0);

      assertThat(ever.hits()).as("else nothing is looked at").isPositive();
      assertThat(ever.of()).isLessThanOrEqualTo(Evaluation.ALPHA);
    }
  }

  @Test
  void aPartOfOneOfThreeUnevenArmsThatIsLostIsAlwaysCaughtAndSoundArmsSeldomBlamed() {
    Set<Verdict> blame = EnumSet.of(Verdict.INVALID);

    assertThat(ever(blame, THREE, 20_000, 20, 0.15).hits()).isEqualTo(RUNS);
    assertThat(ever(blame, THREE, 5_000, 20, 0).hits()).isLessThanOrEqualTo(3);
    assertThat(ever(blame, UNEVEN, 2_000, 20, 0).hits()).isLessThanOrEqualTo(3);
  }

  /**
   * How often one of some verdicts ever falls; {@code lost} is the part of the last arm's units
   * that nobody counts.
   */
  private static Simulation.Share ever(
      Set<Verdict> verdicts, Arm[] arms, int units, int lookEvery, double lost) {
    long hits =
        LongStream.range(0, RUNS)
            .parallel()
            .filter(run -> new Played(run, arms).ever(verdicts, units, lookEvery, lost))
            .count();
    return new Simulation.Share((int) hits, RUNS);
  }

  /** One experiment. */
  private static final class Played {
    private final Random random;
    private final ExperimentDefinition experiment;
    private final long[] assigned;
    private final Moments[] ratings;
    private final Moments[] complaints;

    Played(long run, Arm[] arms) {
      random = new Random(run);
      experiment = Definitions.ofArms("salt-" + run, 1, arms);
      assigned = new long[arms.length];
      ratings = new Moments[arms.length];
      complaints = new Moments[arms.length];
      Arrays.fill(ratings, Moments.EMPTY);
      Arrays.fill(complaints, Moments.EMPTY);
    }

    boolean ever(Set<Verdict> verdicts, int units, int lookEvery, double lost) {
      Assignment assignment = new Assignment(experiment);
      Evaluation evaluation = new Evaluation(experiment);
      int last = assigned.length - 1;
      for (int unit = 0; unit < units; unit++) {
        Arm arm = Objects.requireNonNull(assignment.arm("pair-" + unit));
        int at = experiment.arms().indexOf(arm);
        if (at < last || random.nextDouble() >= lost) {
          assigned[at]++;
          ratings[at] = ratings[at].with(random.nextDouble() < YES ? 1 : 0);
          complaints[at] = complaints[at].with(random.nextDouble() < COMPLAINTS ? 1 : 0);
        }
        if (unit % lookEvery == 0
            && verdicts.contains(evaluation.report(figures(), Definitions.DURING).verdict())) {
          return true;
        }
      }
      return false;
    }

    private List<ArmFigures> figures() {
      List<ArmFigures> figures = new ArrayList<>();
      for (int at = 0; at < assigned.length; at++) {
        figures.add(
            new ArmFigures(
                experiment.arms().get(at).id(),
                assigned[at],
                ratings[at],
                Map.of("complaints", complaints[at])));
      }
      return figures;
    }
  }
}
