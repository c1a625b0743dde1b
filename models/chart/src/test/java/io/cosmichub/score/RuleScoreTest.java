package io.cosmichub.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleScoreTest {
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final MathContext EXACT = new MathContext(60);

  private static AspectSet random(Random random, AspectPolicy policy, double chance) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      for (int col = 0; col < Body.COUNT; col++) {
        boolean takesPart = (policy.bodyMask() >> row & policy.bodyMask() >> col & 1) != 0;
        if (takesPart && random.nextDouble() < chance) {
          Aspect aspect = policy.aspects().get(random.nextInt(policy.aspects().size()));
          set.put(row, col, Hit.of(aspect.code(), random.nextInt(aspect.maxOrb() + 1)));
        }
      }
    }
    return set.build();
  }

  /** The contribution of one cell without weights, to sixty digits. */
  private static BigDecimal strength(AspectPolicy policy, int hit) {
    Aspect aspect = policy.aspect(Hit.code(hit));
    return BigDecimal.valueOf(aspect.base())
        .multiply(BigDecimal.valueOf((long) aspect.maxOrb() - Hit.orb(hit)))
        .divide(BigDecimal.valueOf(aspect.maxOrb()), EXACT);
  }

  private static BigDecimal total(AspectPolicy policy, AspectSet set) {
    BigDecimal[] total = {BigDecimal.ZERO};
    set.forEach(
        (row, col, hit) -> {
          BigDecimal weight = BigDecimal.valueOf((policy.weight(row) + policy.weight(col)) / 2);
          total[0] = total[0].add(weight.multiply(strength(policy, hit)));
        });
    return total[0];
  }

  private static double area(AspectPolicy policy, AspectSet set, Body... bodies) {
    int mask = Arrays.stream(bodies).mapToInt(Body::bit).sum();
    BigDecimal[] sum = {BigDecimal.ZERO};
    int[] cells = {0};
    set.forEach(
        (row, col, hit) -> {
          if ((mask >> row & mask >> col & 1) != 0) {
            sum[0] = sum[0].add(strength(policy, hit));
            cells[0]++;
          }
        });
    if (cells[0] == 0) {
      return 50;
    }
    return Math.min(
        100,
        Math.max(
            0,
            BigDecimal.valueOf(50)
                .add(sum[0].divide(BigDecimal.valueOf(cells[0]), EXACT))
                .doubleValue()));
  }

  @Test
  void classicScoresAreTheDoublesNearestToTheTruth() {
    assertThat(new RuleScorer(CLASSIC).isExact()).isTrue();
    Random random = new Random(21);
    for (int round = 0; round < 1_000; round++) {
      AspectSet set = random(random, CLASSIC, random.nextDouble());
      RuleScore score = RuleScore.of(set, CLASSIC);
      BigDecimal total = total(CLASSIC, set);
      assertThat(score.rawTotal()).isEqualTo(total.doubleValue());
      BigDecimal overall =
          total
              .add(BigDecimal.valueOf(100))
              .divide(BigDecimal.valueOf(2), EXACT)
              .max(BigDecimal.ZERO)
              .min(BigDecimal.valueOf(100))
              .setScale(1, RoundingMode.HALF_EVEN);
      assertThat(score.overall()).isEqualTo(overall.doubleValue());
      Areas areas = score.areas();
      assertNearest(areas.emotional(), area(CLASSIC, set, Body.SUN, Body.MOON));
      assertNearest(areas.communication(), area(CLASSIC, set, Body.MERCURY, Body.VENUS));
      assertNearest(areas.physical(), area(CLASSIC, set, Body.MARS, Body.VENUS));
      assertNearest(areas.spiritual(), area(CLASSIC, set, Body.JUPITER, Body.NEPTUNE, Body.PLUTO));
      assertNearest(areas.stability(), area(CLASSIC, set, Body.SATURN, Body.JUPITER));
      assertThat(score.harmonious() + score.challenging() + score.neutral()).isEqualTo(set.size());
    }
  }

  // The mean and the sum with 50 round once each.
  private static void assertNearest(double area, double truth) {
    assertThat(Math.abs(area - truth)).isLessThanOrEqualTo(Math.ulp(truth));
  }

  @Test
  void withoutAspectsEverythingIsInTheMiddle() {
    assertThat(RuleScore.of(AspectSet.EMPTY, CLASSIC))
        .isEqualTo(new RuleScore(50, 0, new Areas(50, 50, 50, 50, 50), 0, 0, 0));
  }

  @Test
  void natureCountsAndAreasFollowFromTheCells() {
    AspectSet set =
        AspectSet.builder()
            .put(Body.SUN.slot(), Body.MOON.slot(), Hit.of(4, 4_000_000))
            .put(Body.SUN.slot(), Body.MARS.slot(), Hit.of(3, 0))
            .put(Body.VENUS.slot(), Body.VENUS.slot(), Hit.of(7, 1_000_000))
            .put(Body.NEPTUNE.slot(), Body.NEPTUNE.slot(), Hit.of(1, 10_000_000))
            .build();
    RuleScore score = RuleScore.of(set, CLASSIC);
    // 3 · 3 · ½, 3 · −2, 3 · 1 · ½, and a conjunction at its limit.
    assertThat(score.rawTotal()).isEqualTo(4.5 - 6 + 1.5);
    assertThat(score.areas()).isEqualTo(new Areas(51.5, 50.5, 50.5, 50, 50));
    assertThat(score.harmonious()).isEqualTo(2);
    assertThat(score.challenging()).isEqualTo(1);
    assertThat(score.neutral()).isEqualTo(1);
  }

  @Test
  void theOverallScoreIsClampedAndTheRawTotalIsNot() {
    AspectSet.Builder best = AspectSet.builder();
    AspectSet.Builder worst = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        best.put(row, col, Hit.of(1, 0));
        worst.put(row, col, Hit.of(5, 0));
      }
    }
    RuleScore high = RuleScore.of(best.build(), CLASSIC);
    RuleScore low = RuleScore.of(worst.build(), CLASSIC);
    assertThat(high.overall()).isEqualTo(100);
    assertThat(high.rawTotal()).isEqualTo(820);
    assertThat(low.overall()).isEqualTo(0);
    assertThat(low.rawTotal()).isEqualTo(-615);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, 0.0",
    "1, 2, 0.0", // halfway goes to the even tenth
    "3, 2, 0.2",
    "5, 2, 0.2",
    "7, 3, 0.2",
    "8, 3, 0.3",
    "-1, 2, 0.0",
    "-3, 2, 0.0",
    "1001, 1, 100.0",
  })
  void tenthsAreRoundedHalfEvenAndClamped(long numerator, long denominator, double tenths) {
    assertThat(RuleScorer.tenths(numerator, denominator)).isEqualTo(tenths);
  }

  @Test
  void aPolicyWithoutWholeNumbersIsSummedInRowMajorOrder() {
    double[] weights = new double[Body.COUNT];
    Arrays.setAll(weights, slot -> 0.1 + slot / 3.0);
    AspectPolicy policy =
        AspectPolicy.of(
            "fine",
            List.of(
                new Aspect(9, "quintile", 72_000_000, 1_700_000, Nature.HARMONIOUS, 1.3),
                new Aspect(5, "octile", 45_000_000, 2_300_000, Nature.CHALLENGING, -0.7)),
            Body.ALL_MASK,
            weights);
    assertThat(new RuleScorer(policy).isExact()).isFalse();
    Random random = new Random(22);
    for (int round = 0; round < 500; round++) {
      AspectSet set = random(random, policy, random.nextDouble());
      double[] total = {0};
      set.forEach(
          (row, col, hit) -> {
            Aspect aspect = policy.aspect(Hit.code(hit));
            total[0] +=
                (weights[row] + weights[col])
                    / 2
                    * aspect.base()
                    * (1 - (double) Hit.orb(hit) / aspect.maxOrb());
          });
      RuleScore score = RuleScore.of(set, policy);
      assertThat(score.rawTotal()).isEqualTo(total[0]);
      // Sixteen bodies: 256 cells stand for the 100 of the ten.
      double overall = Math.max(0, Math.min(100, (total[0] + 256) / 512 * 100));
      assertThat(Math.abs(score.overall() - overall)).isLessThan(0.05 + 1e-9);
      assertThat(score.overall() * 10).isEqualTo(Math.rint(score.overall() * 10));
      assertThat(RuleScore.of(set, policy)).isEqualTo(score);
    }
  }

  @Test
  void aPolicyOfWholeNumbersIsExactWhateverItsAngles() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 2.5);
    AspectPolicy policy =
        AspectPolicy.of(
            "whole",
            List.of(new Aspect(1, "quintile", 72_000_000, 1_500_000, Nature.NEUTRAL, -3)),
            Body.SUN.bit() | Body.VERTEX.bit(),
            weights);
    assertThat(new RuleScorer(policy).isExact()).isTrue();
    AspectSet set =
        AspectSet.builder().put(0, 0, Hit.of(1, 0)).put(0, 15, Hit.of(1, 750_000)).build();
    RuleScore score = RuleScore.of(set, policy);
    assertThat(score.rawTotal()).isEqualTo(-7.5 - 3.75);
    // Two bodies: four cells, so −4 is 0 already.
    assertThat(score.overall()).isEqualTo(0);
  }

  @Test
  void sumsThatMightPassWhatALongHoldsExactlyAreNotSummedInWholeNumbers() {
    double[] weights = new double[Body.COUNT];
    Arrays.fill(weights, 1e9);
    AspectPolicy policy =
        AspectPolicy.of(
            "huge",
            List.of(new Aspect(1, "c", 0, 10_000_000, Nature.NEUTRAL, 1e6)),
            Body.ALL_MASK,
            weights);
    assertThat(new RuleScorer(policy).isExact()).isFalse();
    AspectSet set = AspectSet.builder().put(0, 0, Hit.of(1, 0)).build();
    assertThat(RuleScore.of(set, policy).rawTotal()).isEqualTo(1e15);
  }

  @Test
  void anAspectThatThePolicyDoesNotHaveIsRefused() {
    AspectSet set = AspectSet.builder().put(0, 0, Hit.of(8, 0)).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleScore.of(set, CLASSIC))
        .withMessageContaining("code 8");
  }
}
