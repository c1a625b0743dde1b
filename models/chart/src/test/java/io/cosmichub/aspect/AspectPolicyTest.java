package io.cosmichub.aspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.naive.NaiveMatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AspectPolicyTest {
  private static final double[] WEIGHTS = new double[Body.COUNT];

  private static Aspect aspect(int code, int angle, int orb) {
    return new Aspect(code, "a" + code, angle, orb, Nature.NEUTRAL, 1);
  }

  private static AspectPolicy policy(Aspect... aspects) {
    return AspectPolicy.of("test", List.of(aspects), Body.ALL_MASK, WEIGHTS);
  }

  @Test
  void classicIsWhatStateAndMessagesWereWrittenWith() {
    AspectPolicy classic = AspectPolicy.classic();
    assertThat(classic.id()).isEqualTo("classic");
    assertThat(classic.bodyMask()).isEqualTo(0x3FF);
    assertThat(classic.aspects())
        .containsExactly(
            new Aspect(1, "conjunction", 0, 10_000_000, Nature.HARMONIOUS, 4),
            new Aspect(2, "sextile", 60_000_000, 6_000_000, Nature.HARMONIOUS, 2),
            new Aspect(3, "square", 90_000_000, 8_000_000, Nature.CHALLENGING, -2),
            new Aspect(4, "trine", 120_000_000, 8_000_000, Nature.HARMONIOUS, 3),
            new Aspect(5, "opposition", 180_000_000, 10_000_000, Nature.CHALLENGING, -3),
            new Aspect(6, "quincunx", 150_000_000, 3_000_000, Nature.CHALLENGING, -1),
            new Aspect(7, "semi_sextile", 30_000_000, 2_000_000, Nature.NEUTRAL, 1));
    assertThat(IntStream.range(0, 10).mapToDouble(classic::weight).toArray())
        .containsExactly(3, 3, 2, 3, 3, 2, 1.5, 1, 1, 1);
    assertThat(classic.aspectOfId("trine")).isEqualTo(classic.aspect(4));
    assertThat(classic.aspectOfId("Trine")).isNull();
  }

  @Test
  void anAspectHoldsUpToItsMaxOrbAndNotAMicroDegreeBeyond() {
    AspectPolicy classic = AspectPolicy.classic();
    for (Aspect aspect : classic.aspects()) {
      for (int side : new int[] {-1, 1}) {
        int limit = aspect.angle() + side * aspect.maxOrb();
        if (limit < 0 || limit > MicroDegrees.HALF) {
          continue;
        }
        assertThat(classic.match(limit)).isEqualTo(Hit.of(aspect.code(), aspect.maxOrb()));
        assertThat(classic.match(limit + side)).as("%s beyond", aspect.id()).isEqualTo(Hit.NONE);
        assertThat(classic.match(limit - side))
            .isEqualTo(Hit.of(aspect.code(), aspect.maxOrb() - 1));
      }
      assertThat(classic.match(aspect.angle())).isEqualTo(Hit.of(aspect.code(), 0));
    }
  }

  @Test
  void everyLimitAndEveryHalfwayPointOfRandomPoliciesIsAsTheRuleSays() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      AspectPolicy policy = random(random);
      List<Integer> separations = new ArrayList<>();
      for (Aspect one : policy.aspects()) {
        for (int near = -2; near <= 2; near++) {
          separations.add(one.angle() + near);
          separations.add(one.angle() + one.maxOrb() + near);
          separations.add(one.angle() - one.maxOrb() + near);
          for (Aspect other : policy.aspects()) {
            separations.add((one.angle() + other.angle()) / 2 + near);
          }
        }
      }
      for (int separation : separations) {
        if (separation >= 0 && separation <= MicroDegrees.HALF) {
          assertThat(policy.match(separation)).isEqualTo(NaiveMatch.match(0, separation, policy));
        }
      }
    }
  }

  private static AspectPolicy random(Random random) {
    int[] codes = random.ints(1, 32).distinct().limit(1 + random.nextInt(12)).toArray();
    List<Aspect> aspects = new ArrayList<>();
    for (int code : codes) {
      int angle = Math.min(MicroDegrees.HALF, 7_500_000 * random.nextInt(25) + code % 3);
      if (aspects.stream().noneMatch(aspect -> aspect.angle() == angle)) {
        aspects.add(aspect(code, angle, 1 + random.nextInt(90_000_000)));
      }
    }
    return AspectPolicy.of("random", aspects, Body.ALL_MASK, WEIGHTS);
  }

  @Test
  void whereSeveralHoldTheSmallestOrbWinsThenTheSmallerAngle() {
    // Given with the larger angle first: the order of the table does not matter.
    AspectPolicy policy = policy(aspect(1, 50, 40), aspect(2, 30, 40));
    assertThat(policy.match(39)).isEqualTo(Hit.of(2, 9));
    assertThat(policy.match(40)).isEqualTo(Hit.of(2, 10));
    assertThat(policy.match(41)).isEqualTo(Hit.of(1, 9));
    AspectPolicy narrow = policy(aspect(1, 50, 5), aspect(2, 30, 40));
    assertThat(narrow.match(42)).isEqualTo(Hit.of(2, 12));
    assertThat(narrow.match(45)).isEqualTo(Hit.of(1, 5));
  }

  @Test
  void aPolicyMayHave31AspectsAnd16Bodies() {
    Aspect[] aspects =
        IntStream.rangeClosed(1, 31)
            .mapToObj(code -> aspect(code, 5_000_000 * code, 2_000_000))
            .toArray(Aspect[]::new);
    AspectPolicy policy = policy(aspects);
    int hit = policy.match(155_000_001);
    assertThat(hit).isNegative();
    assertThat(Hit.code(hit)).isEqualTo(31);
    assertThat(Hit.orb(hit)).isEqualTo(1);
    assertThat(policy.bodyMask()).isEqualTo(0xFFFF);
  }

  static Stream<Arguments> refusals() {
    Aspect good = aspect(1, 0, 1);
    double[] infinite = WEIGHTS.clone();
    infinite[Body.MARS.slot()] = Double.POSITIVE_INFINITY;
    List<Aspect> tooMany =
        IntStream.rangeClosed(1, 32).mapToObj(code -> aspect(code, code, 1)).toList();
    return Stream.of(
        refusal("a policy has no id", " ", List.of(good), 1, WEIGHTS),
        refusal("has 0 aspects, not 1 to 31", "p", List.of(), 1, WEIGHTS),
        refusal("has 32 aspects, not 1 to 31", "p", tooMany, 1, WEIGHTS),
        refusal(
            "has an aspect with code 0, not 1 to 31", "p", List.of(aspect(0, 0, 1)), 1, WEIGHTS),
        refusal(
            "has an aspect with code 32, not 1 to 31", "p", List.of(aspect(32, 0, 1)), 1, WEIGHTS),
        refusal(
            "has an aspect without id, code 2",
            "p",
            List.of(new Aspect(2, "", 0, 1, Nature.NEUTRAL, 1)),
            1,
            WEIGHTS),
        refusal("has an angle outside 0..180°: a2", "p", List.of(aspect(2, -1, 1)), 1, WEIGHTS),
        refusal(
            "has an angle outside 0..180°: a2",
            "p",
            List.of(aspect(2, 180_000_001, 1)),
            1,
            WEIGHTS),
        refusal(
            "has an orb that is not above 0 and up to 90°: a2",
            "p",
            List.of(aspect(2, 0, 0)),
            1,
            WEIGHTS),
        refusal(
            "has an orb that is not above 0 and up to 90°: a2",
            "p",
            List.of(aspect(2, 0, 90_000_001)),
            1,
            WEIGHTS),
        refusal(
            "has a base that is not finite: x",
            "p",
            List.of(new Aspect(2, "x", 0, 1, Nature.NEUTRAL, Double.NaN)),
            1,
            WEIGHTS),
        refusal(
            "has two aspects with code 1",
            "p",
            List.of(good, new Aspect(1, "b", 5, 1, Nature.NEUTRAL, 1)),
            1,
            WEIGHTS),
        refusal(
            "has two aspects with id a1",
            "p",
            List.of(good, new Aspect(2, "a1", 5, 1, Nature.NEUTRAL, 1)),
            1,
            WEIGHTS),
        refusal("has two aspects at 0.0°", "p", List.of(good, aspect(2, 0, 2)), 1, WEIGHTS),
        refusal("names no body, or one beyond slot 15", "p", List.of(good), 0, WEIGHTS),
        refusal("names no body, or one beyond slot 15", "p", List.of(good), 0x10001, WEIGHTS),
        refusal("has 10 weights, not 16", "p", List.of(good), 1, new double[10]),
        refusal("has a weight that is not finite: mars", "p", List.of(good), 1, infinite));
  }

  private static Arguments refusal(
      String why, String id, List<Aspect> aspects, int bodies, double[] weights) {
    return Arguments.of(why, id, aspects, bodies, weights);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whatCannotWorkIsRefusedWithTheReason(
      String why, String id, List<Aspect> aspects, int bodies, double[] weights) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AspectPolicy.of(id, aspects, bodies, weights))
        .withMessage(id.isBlank() ? why : "aspect policy p " + why);
  }

  @Test
  void anUnknownCodeIsRefused() {
    for (int code : new int[] {-1, 0, 8, 31, 32}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AspectPolicy.classic().aspect(code))
          .withMessageContaining("code " + code);
    }
  }

  @Test
  void aPolicyDoesNotChangeWithTheArrayThatItWasMadeFrom() {
    double[] weights = WEIGHTS.clone();
    AspectPolicy policy = AspectPolicy.of("p", List.of(aspect(1, 0, 1)), 1, weights);
    Arrays.fill(weights, 9);
    assertThat(policy.weight(0)).isZero();
  }
}
