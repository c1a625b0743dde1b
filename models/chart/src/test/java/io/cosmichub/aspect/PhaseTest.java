package io.cosmichub.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhaseTest {
  @ParameterizedTest
  @CsvSource({
    // longitude and speed of A, of B, the angle, the phase
    "85, 1, 180, 0, 90, APPLYING", // A runs towards B: 95° becomes less
    "95, 1, 180, 0, 90, SEPARATING", // 85° becomes less still
    "95, -1, 180, 0, 90, APPLYING", // A is retrograde
    "85, -1, 180, 0, 90, SEPARATING",
    "100, 0, 180, 1, 90, APPLYING",
    "100, 0, 180, -1, 90, SEPARATING", // B is retrograde
    "355, 1, 5, 0, 0, APPLYING",
    "5, 0, 355, 1, 0, APPLYING",
    "5, 1, 355, 0, 0, SEPARATING",
    "5, -1, 355, 0, 0, APPLYING", // retrograde across 0°
    "0, 0, 177, 1, 180, APPLYING",
    "0, 0, 183, 1, 180, SEPARATING",
    "0, 0, 183, -1, 180, APPLYING",
    "10, 2, 20, 2, 0, STEADY",
    "10, -2, 20, -1, 0, SEPARATING", // both retrograde, A faster
    "10, -1, 20, -2, 0, APPLYING",
    "10, 1, 70, 5, 60, EXACT",
    "0, 1, 0, 1, 0, EXACT",
    "7, 1, 7, 2, 30, APPLYING", // from one point they can only part
    "7, 1, 7, 1, 30, STEADY",
    "0, 1, 180, 2, 150, APPLYING", // from opposite points they can only come closer
  })
  void thePhaseFollowsFromBothSpeeds(
      int lonA, int speedA, int lonB, int speedB, int angle, Phase phase) {
    Position a = new Position(lonA * 1_000_000, speedA * 1_000);
    Position b = new Position(lonB * 1_000_000, speedB * 1_000);
    assertThat(Phase.of(a, b, angle * 1_000_000)).isEqualTo(phase);
    assertThat(Phase.of(b, a, angle * 1_000_000)).isEqualTo(phase);
  }

  @Test
  void withoutASpeedThePhaseIsNotKnown() {
    Position still = new Position(0, 0);
    assertThat(Phase.of(Position.of(0), still, 0)).isEqualTo(Phase.UNKNOWN);
    assertThat(Phase.of(still, Position.of(0), 0)).isEqualTo(Phase.UNKNOWN);
  }

  @Test
  void aSmallStepInTimeShowsThePhase() {
    Random random = new Random(12);
    for (int round = 0; round < 20_000; round++) {
      int angle = 30_000_000 * random.nextInt(7);
      Position a = random(random);
      Position b = random(random);
      Phase phase = Phase.of(a, b, angle);
      int now = orb(a, b, angle, 0);
      int soon = orb(a, b, angle, 1);
      if (now > 40) {
        Phase seen = soon < now ? Phase.APPLYING : soon > now ? Phase.SEPARATING : Phase.STEADY;
        int separation = MicroDegrees.separation(a.longitude(), b.longitude());
        if (separation > 40 && separation < MicroDegrees.HALF - 40) {
          assertThat(phase).isEqualTo(seen);
        }
      }
    }
  }

  private static Position random(Random random) {
    int longitude =
        Math.floorMod(15_000_000 * random.nextInt(24) + random.nextInt(200) - 100, 360_000_000);
    return new Position(longitude, random.nextInt(21) - 10);
  }

  private static int orb(Position a, Position b, int angle, int days) {
    int lonA = Math.floorMod(a.longitude() + days * a.speed(), MicroDegrees.CIRCLE);
    int lonB = Math.floorMod(b.longitude() + days * b.speed(), MicroDegrees.CIRCLE);
    return Math.abs(MicroDegrees.separation(lonA, lonB) - angle);
  }
}
