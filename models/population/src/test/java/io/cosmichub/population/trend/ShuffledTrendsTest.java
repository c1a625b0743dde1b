package io.cosmichub.population.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.score.RuleScorer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Windows of a population that lives in waves, shuffled, so that nothing is left to trend, through
 * the tests of windows with the settings that hold where nobody says otherwise.
 */
@Tag("any-jvm")
final class ShuffledTrendsTest {

  private static final TrendPlan DEFAULT = TrendPlan.of(Duration.ofHours(1), 24);
  private static final int HOURS = 240;
  private static final int PAIRS = 900;
  private static final int REPEATS = 1_500;
  private static final RuleScorer SCORER = new RuleScorer(AspectPolicy.classic());

  /** A window as it closed, and what of it is remembered. */
  private static final class Closed {
    private final byte[] level;
    private final byte[] within;
    private final WindowCounts counts;

    Closed(Population level, WindowFigures within) {
      this.level = level.toBytes();
      this.within = within.toBytes();
      counts = WindowCounts.of(level, within);
    }

    Population level() {
      return Population.fromBytes(level);
    }

    WindowFigures within() {
      return WindowFigures.fromBytes(within);
    }
  }

  @Test
  void inAtMostTheStatedShareOfShuffledWindowsAnythingIsFlagged() {
    List<Closed> windows = lived();
    Trends trends = new Trends(DEFAULT, Anonymity.DEFAULT, FalseDiscovery.DEFAULT);
    Random random = new Random(7);
    Set<Figure.Kind> kinds = new HashSet<>();
    long tested = 0;
    int lunar = 0;
    int wrong = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      int now = random.nextInt(HOURS);
      List<Closed> others = new ArrayList<>(windows);
      Closed window = others.remove(now);
      int[] drawn = random.ints(HOURS, 0, others.size()).distinct().toArray();
      int[] next = {0};
      List<Trend> found =
          trends.of(
              1_000_000,
              window.level(),
              window.within(),
              number -> others.get(drawn[next[0]++]).counts);
      assertThat(next[0]).isEqualTo(24 + 2 * 25);
      tested += found.size();
      for (Trend trend : found) {
        kinds.add(trend.figure().kind());
        lunar += trend.figure().isLunar() ? 1 : 0;
        int references = trend.figure().isLunar() ? 50 : 24;
        assertThat(trend.deviation().references()).isEqualTo(references);
      }
      wrong += found.stream().anyMatch(Trend::trending) ? 1 : 0;
    }
    assertThat(kinds).containsExactlyInAnyOrder(Figure.Kind.values());
    assertThat(tested).isGreaterThan(100L * REPEATS);
    assertThat(lunar).isGreaterThan(10 * REPEATS);
    // The share of the repeats, and three standard errors.
    double share = FalseDiscovery.DEFAULT.share();
    assertThat(wrong)
        .isLessThanOrEqualTo(
            (int) (REPEATS * share + 3 * Math.sqrt(REPEATS * share * (1 - share))));
  }

  /** What does rise is flagged among the same windows. */
  @Test
  void aRiseAmongShuffledWindowsIsFlagged() {
    List<Closed> windows = lived();
    Trends trends = new Trends(DEFAULT, Anonymity.DEFAULT, FalseDiscovery.DEFAULT);
    Closed last = windows.get(HOURS - 1);
    Population level = last.level();
    AspectSet trine = AspectSet.builder().put(3, 4, Hit.of(4, 0)).build();
    for (int pair = 0; pair < PAIRS / 2; pair++) {
      PairState state = new PairState(trine, SCORER.score(trine), "rules");
      level.apply(new PairChange("new-" + pair, "na" + pair, "nb" + pair, 0, null, state));
    }
    int[] next = {0};

    List<Trend> found =
        trends.of(1_000_000, level, last.within(), number -> windows.get(next[0]++).counts);

    assertThat(found)
        .filteredOn(Trend::trending)
        .extracting(Trend::figure)
        .contains(new Figure(Figure.Kind.HELD, AspectCell.of(3, 4, 4)));
  }

  private static List<Closed> lived() {
    Random random = new Random(42);
    List<PairState> states = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      AspectSet set = set(random);
      states.add(new PairState(set, SCORER.score(set), "rules"));
    }
    @Nullable PairState[] held = new @Nullable PairState[PAIRS];
    Population level = new Population();
    List<Closed> windows = new ArrayList<>();
    for (int hour = -10; hour < HOURS; hour++) {
      WindowFigures within = new WindowFigures();
      double share = 0.3 + 0.15 * Math.sin(hour * Math.PI / 12) + 0.05 * random.nextGaussian();
      for (int pair = 0; pair < PAIRS; pair++) {
        if (random.nextDouble() < share) {
          boolean ends = held[pair] != null && random.nextInt(10) == 0;
          PairState after = ends ? null : states.get(random.nextInt(states.size()));
          PairState before = held[pair];
          PairChange change =
              new PairChange("pair-" + pair, "a" + pair, "b" + pair, 0, before, after);
          held[pair] = after;
          level.apply(change);
          within.add(change);
        }
      }
      if (hour >= 0) {
        windows.add(new Closed(level, within));
      }
    }
    return windows;
  }

  private static AspectSet set(Random random) {
    int[] a = random.ints(10, 0, MicroDegrees.CIRCLE).toArray();
    int[] b = random.ints(10, 0, MicroDegrees.CIRCLE).toArray();
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = AspectPolicy.classic().match(MicroDegrees.separation(a[row], b[col]));
        if (hit != Hit.NONE) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }
}
