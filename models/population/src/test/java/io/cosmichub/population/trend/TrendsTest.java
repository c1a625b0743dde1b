package io.cosmichub.population.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.score.RuleScorer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TrendsTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int VENUS = 3;
  private static final int MARS = 4;
  private static final int MOON = 1;
  private static final int TRINE = 4;
  private static final int PAIRS = 2_000;
  private static final TrendPlan DAY = TrendPlan.of(Duration.ofHours(1), 24);

  @Test
  void aRiseIsSaidInOneSentenceWithItsFigures() {
    Past past = new Past(DAY);
    Random random = new Random(1);
    for (int hour = 0; hour < 24; hour++) {
      assertThat(past.next(hour, VENUS, 500 + (int) (10 * random.nextGaussian())))
          .noneMatch(Trend::trending);
    }

    List<Trend> tested = past.next(24, VENUS, 670);

    List<Insight> insights =
        new Insights(AspectPolicy.classic(), DAY, 3)
            .of(new WindowId("people", 24 * HOUR, 25 * HOUR), tested);
    assertThat(insights).hasSize(1);
    Insight insight = insights.get(0);
    assertThat(insight.sentence())
        .matches("Venus-Mars trines are up 3\\d% against the past 24 h, z \\d\\.\\d, 670 pairs");
    assertThat(insight.trend().figure())
        .isEqualTo(new Figure(Figure.Kind.HELD, AspectCell.of(VENUS, MARS, TRINE)));
    assertThat(insight.window().link())
        .isEqualTo("people/1970-01-02T00:00:00Z/1970-01-02T01:00:00Z");
    assertThat(new WindowId("a/b ☽+", 0, HOUR).link())
        .isEqualTo("a%2Fb%20%E2%98%BD%2B/1970-01-01T00:00:00Z/1970-01-01T01:00:00Z");
  }

  @Test
  void nothingIsSaidOfFewPeopleHoweverItRises() {
    Past past = new Past(DAY);
    for (int hour = 0; hour < 24; hour++) {
      past.next(hour, VENUS, 0);
    }

    assertThat(past.next(24, VENUS, 7)).isEmpty();
  }

  @Test
  void theMoonIsComparedWithTheSamePhaseAndNotWithYesterday() {
    TrendPlan plan = new TrendPlan(Duration.ofHours(6), 28, TrendPlan.MONTH, 2, 2);
    Past past = new Past(plan);
    Random random = new Random(2);
    int flagged = 0;
    for (int window = 0; window < 440; window++) {
      double phase = 2 * Math.PI * window * 6 / (TrendPlan.MONTH.toSeconds() / 3600.0);
      int holding = (int) (800 + 500 * Math.sin(phase) + 20 * random.nextGaussian());
      List<Trend> tested = past.next(window * 6, MOON, holding);
      flagged += (int) tested.stream().filter(Trend::trending).count();
    }
    assertThat(flagged).isLessThanOrEqualTo(10);

    List<Trend> unusual = past.next(440 * 6, MOON, 1_900);
    assertThat(unusual).anyMatch(Trend::trending);
    assertThat(
            new Insights(AspectPolicy.classic(), plan, 1)
                .of(new WindowId("people", 440 * 6 * HOUR, 441 * 6 * HOUR), unusual)
                .get(0)
                .sentence())
        .contains("the same days of the past 2 lunar months");
  }

  @Test
  void aWindowsCountsSurviveTheirBytes() {
    Past past = new Past(DAY);
    for (int hour = 3; hour < 40; hour += hour % 5 == 0 ? 3 : 1) {
      past.next(hour, VENUS, 300 + hour);
    }
    Past read = new Past(DAY);
    past.windows.forEach(
        (number, counts) -> read.windows.put(number, WindowCounts.fromBytes(counts.toBytes())));

    assertThat(read.next(50, VENUS, 400)).isEqualTo(past.next(50, VENUS, 400)).isNotEmpty();

    byte[] bytes = WindowCounts.of(level(VENUS, 400), new WindowFigures()).toBytes();
    assertThat(WindowCounts.fromBytes(bytes).toBytes()).isEqualTo(bytes);
    assertThatThrownBy(() -> WindowCounts.fromBytes(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void windowsThatAreMissingAreNotTakenForWindowsOfNothing() {
    Past past = new Past(DAY);
    for (int hour = 0; hour < 12; hour++) {
      past.next(hour, VENUS, 500);
    }

    // Twelve hours without a window, then the same level as before.
    List<Trend> tested = past.next(24, VENUS, 500);

    assertThat(tested).isNotEmpty().allMatch(trend -> trend.deviation().references() == 12);
    assertThat(tested)
        .filteredOn(trend -> trend.figure().kind() == Figure.Kind.HELD)
        .noneMatch(Trend::trending);
  }

  /** The windows of one cohort. */
  private static final class Past {
    private final Map<Long, WindowCounts> windows = new HashMap<>();
    private final TrendPlan plan;
    private final Trends trends;

    Past(TrendPlan plan) {
      this.plan = plan;
      trends = new Trends(plan, Anonymity.DEFAULT, FalseDiscovery.DEFAULT);
    }

    List<Trend> next(int hour, int body, int holding) {
      long number = plan.number(hour * HOUR);
      Population level = level(body, holding);
      WindowFigures within = new WindowFigures();
      List<Trend> tested = trends.of(number, level, within, windows::get);
      windows.put(number, WindowCounts.of(level, within));
      return tested;
    }
  }

  /** A population of which so many pairs hold a trine to Mars. */
  private static Population level(int body, int holding) {
    RuleScorer scorer = new RuleScorer(AspectPolicy.classic());
    AspectSet trine = AspectSet.builder().put(body, MARS, Hit.of(TRINE, 0)).build();
    PairState with = new PairState(trine, scorer.score(trine), "control");
    PairState without = new PairState(AspectSet.EMPTY, scorer.score(AspectSet.EMPTY), "control");
    Population population = new Population();
    for (int pair = 0; pair < PAIRS; pair++) {
      population.apply(
          new PairChange(
              "pair-" + pair, "a" + pair, "b" + pair, 0, null, pair < holding ? with : without));
    }
    return population;
  }
}
