package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.Publication;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.trend.FalseDiscovery;
import io.cosmichub.population.trend.Insights;
import io.cosmichub.population.trend.Trend;
import io.cosmichub.population.trend.TrendPlan;
import io.cosmichub.population.trend.Trends;
import io.cosmichub.population.trend.WindowCounts;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.score.RuleScorer;
import io.cosmichub.streaming.given.Subtask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories with late, retracted and erased changes, over several tasks with event times of their
 * own, restarts at another parallelism among it, held against everything counted anew at once.
 */
@Tag("any-jvm")
final class PopulationHistoryTest {

  private static final long HOUR = 3_600_000;
  private static final int HISTORIES = 100;

  private static PopulationConfig config(int seed) {
    return new PopulationConfig(
        new PaneClock(HOUR, HOUR / 4), 3 * HOUR, seed % 4 == 0 ? 5 : 2, 8, 0.05, 3);
  }

  @Test
  void whatIsPublishedIsWhatCountingAllAtOnceGives() throws Exception {
    int late = 0;
    int figures = 0;
    int checked = 0;
    int arms = 0;
    Set<String> cohorts = new HashSet<>();
    for (int seed = 0; seed < HISTORIES; seed++) {
      try (Steps steps = new Steps(config(seed), 1 + seed % 3, index -> Subtask.ONLY)) {
        History history = new History(seed, steps);
        checked += history.run();
        arms += history.arms;
        late += steps.late().size();
        figures += steps.published().size();
        steps.published().forEach(figure -> cohorts.add(figure.window().cohort()));
        assertThat(steps.leftOver()).as("seed %s", seed).containsOnly(0);
      }
    }
    assertThat(checked).isGreaterThan(10 * HISTORIES);
    assertThat(arms).isGreaterThan(HISTORIES);
    assertThat(late).isGreaterThan(HISTORIES);
    assertThat(figures).isGreaterThan(100 * HISTORIES);
    assertThat(cohorts).containsExactlyInAnyOrderElementsOf(Couples.COHORTS);
  }

  @Test
  void soItIsInRocksDb(@TempDir Path folder) throws Exception {
    IntFunction<Subtask> rocksDb =
        index -> {
          EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(false);
          backend.setDbStoragePath(folder.toString());
          return Subtask.in(backend);
        };
    for (int seed = 5_000; seed < 5_005; seed++) {
      try (Steps steps = new Steps(config(seed), 2, rocksDb)) {
        new History(seed, steps).run();
        assertThat(steps.published()).isNotEmpty();
      }
    }
  }

  /** One history and what it must lead to. */
  private static final class History {
    private static final AspectPolicy CLASSIC = AspectPolicy.classic();
    private static final RuleScorer SCORER = new RuleScorer(CLASSIC);
    private static final TrendPlan PLAN = TrendPlan.of(Duration.ofMillis(HOUR), 8);

    /** The time of what belongs to no window. */
    private static final long SETTLED = -1;

    private final int seed;
    private final Anonymity anonymity;
    private final Publication publication;
    private final Trends trends;
    private final Steps steps;
    private final Random random;
    private final Couples couples;

    /** What fell into each window of a cohort that is open, by its start. */
    private final SortedMap<Long, Map<String, List<Consumer<WindowFigures>>>> windows =
        new TreeMap<>();

    /** What was late for a cohort, by who has not sent it yet. */
    private final Map<Steps.Sender<?>, Map<String, List<Consumer<WindowFigures>>>> unsent =
        new HashMap<>();

    private final Map<String, Cohort> cohorts = new TreeMap<>();
    private int late;
    private int checked;
    private int arms;

    /** What is known of a cohort. */
    private static final class Cohort {
      final SortedMap<Long, WindowFigures> closed = new TreeMap<>();
      final List<PublishedFigure> expected = new ArrayList<>();
      final Population level = new Population();
      final Map<Long, WindowCounts> past = new HashMap<>();
    }

    History(int seed, Steps steps) {
      this.seed = seed;
      anonymity = config(seed).anonymity();
      publication = new Publication(CLASSIC, anonymity);
      trends = new Trends(PLAN, anonymity, FalseDiscovery.DEFAULT);
      this.steps = steps;
      random = new Random(seed);
      couples = new Couples(this::changed, this::changed);
      steps.onLate(this::sent);
    }

    /** How many levels were counted in the world itself. */
    int run() throws Exception {
      int size = 3 + anonymity.people() + random.nextInt(8);
      long time = 0;
      for (int event = 0; event < 60; event++) {
        time += random.nextInt(20) * 60_000L;
        // Out of order, now and then by more than a window stays open.
        couples.live(random, size, Math.max(0, time - random.nextInt(5) * HOUR / 2));
        if (random.nextInt(3) == 0) {
          mark(all().get(random.nextInt(all().size())), time - HOUR / 2);
        }
        if (random.nextInt(25) == 0) {
          steps.restart(1 + random.nextInt(3));
        }
      }
      steps.restart(2);
      couples.move("someone", time + 10 * HOUR);
      markAll(time + 12 * HOUR);
      assertWhole((time + 10 * HOUR) / HOUR * HOUR);
      couples.end(time + 20 * HOUR);
      markAll(Long.MAX_VALUE);
      assertThat(steps.late()).as("seed %s", seed).hasSize(late);
      Map<String, List<PublishedFigure>> published = new TreeMap<>();
      for (PublishedFigure figure : steps.published()) {
        published.computeIfAbsent(figure.window().cohort(), fresh -> new ArrayList<>()).add(figure);
      }
      Map<String, List<PublishedFigure>> expected = new TreeMap<>();
      cohorts.forEach((name, cohort) -> expected.put(name, cohort.expected));
      expected.values().removeIf(List::isEmpty);
      assertThat(published).as("seed %s", seed).isEqualTo(expected);
      return checked;
    }

    private void changed(PairUpdate update) {
      Steps.Sender<PairUpdate> sender = Steps.of(steps.pairs(), update.pairId());
      PairChange change = PairChange.of(update, SCORER, Steps.ARM);
      if (change != null) {
        change.byCohort(
            (cohort, part) ->
                remember(
                    sender,
                    part.onlySeenOtherwise() ? SETTLED : update.eventTime(),
                    cohort,
                    figures -> figures.add(part)));
      }
      put(sender, update);
    }

    private void changed(ChartChange change) {
      Steps.Sender<ChartChange> sender = Steps.of(steps.charts(), change.chartId());
      change.byCohort(
          (cohort, part) ->
              remember(sender, change.eventTime(), cohort, figures -> figures.add(part)));
      put(sender, change);
    }

    private <I> void put(Steps.Sender<I> sender, I input) {
      try {
        steps.put(sender, input);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private void remember(
        Steps.Sender<?> sender, long time, String cohort, Consumer<WindowFigures> change) {
      long start = time / HOUR * HOUR;
      Map<String, List<Consumer<WindowFigures>>> into;
      if (time == SETTLED || start + HOUR + HOUR / 4 <= sender.now) {
        late += time == SETTLED ? 0 : 1;
        into = unsent.computeIfAbsent(sender, fresh -> new HashMap<>());
      } else {
        into = windows.computeIfAbsent(start, fresh -> new HashMap<>());
      }
      into.computeIfAbsent(cohort, fresh -> new ArrayList<>()).add(change);
    }

    /** What was late counts from when it is sent, and in no window. */
    private void sent(Steps.Sender<?> sender, String cohort) {
      WindowFigures all = new WindowFigures();
      Objects.requireNonNull(Objects.requireNonNull(unsent.get(sender)).remove(cohort))
          .forEach(change -> change.accept(all));
      cohort(cohort).level.merge(all.net());
    }

    private Cohort cohort(String name) {
      return cohorts.computeIfAbsent(name, fresh -> new Cohort());
    }

    private void markAll(long time) throws Exception {
      for (Steps.Sender<?> sender : all()) {
        mark(sender, time);
      }
    }

    private void mark(Steps.Sender<?> sender, long time) throws Exception {
      steps.watermark(sender, time);
      while (!windows.isEmpty() && windows.firstKey() + HOUR + HOUR / 4 <= steps.now()) {
        long start = windows.firstKey();
        Objects.requireNonNull(windows.remove(start))
            .forEach((cohort, changes) -> close(cohort, start, changes));
      }
    }

    private void close(String name, long start, List<Consumer<WindowFigures>> changes) {
      Cohort cohort = cohort(name);
      WindowFigures within = new WindowFigures();
      changes.forEach(change -> change.accept(within));
      cohort.level.merge(within.net());
      cohort.closed.put(start, within);
      WindowId window = new WindowId(name, start, start + HOUR);
      List<Trend> tested = trends.of(start / HOUR, cohort.level, within, cohort.past::get);
      cohort.past.put(start / HOUR, WindowCounts.of(cohort.level, within));
      cohort.expected.addAll(
          publication.tumbling(
              window,
              cohort.level,
              within,
              tested,
              new Insights(CLASSIC, PLAN, 3).of(window, tested)));
      WindowFigures sliding = new WindowFigures();
      cohort.closed.tailMap(start - 2 * HOUR).values().forEach(sliding::merge);
      cohort.expected.addAll(
          publication.sliding(new WindowId(name, start - 2 * HOUR, start + HOUR), sliding));
    }

    /**
     * The levels of a window that closed after everything was sent are those of the world, in each
     * cohort, and each that is published rests on enough people there, and so does what it leaves.
     */
    private void assertWhole(long start) {
      for (PublishedFigure figure : steps.published()) {
        if (figure.window().start() != start || figure.sliding()) {
          continue;
        }
        String cohort = figure.window().cohort();
        List<Couples.Held> pairs = couples.held(cohort);
        switch (figure.kind()) {
          case HELD -> {
            assertThat(figure.among()).isEqualTo(pairs.size());
            List<Couples.Held> having =
                pairs.stream()
                    .filter(pair -> cells(pair.aspects()).contains(figure.item()))
                    .toList();
            assertThat(figure.count()).isEqualTo(having.size());
            assertThat(people(having)).isGreaterThanOrEqualTo(anonymity.people());
            List<Couples.Held> others = new ArrayList<>(pairs);
            having.forEach(others::remove);
            assertThat(others.isEmpty() || people(others) >= anonymity.people()).isTrue();
            checked++;
          }
          case PAIRS -> {
            assertThat(figure.count()).isEqualTo(pairs.size());
            assertThat(people(pairs)).isGreaterThanOrEqualTo(anonymity.people());
          }
          case CHARTS -> {
            assertThat(figure.count()).isEqualTo(couples.charts(cohort));
            assertThat(figure.count()).isGreaterThanOrEqualTo(anonymity.people());
          }
          case ARM_MEAN, ARM_MODEL_MEAN -> assertArm(figure, pairs);
          default -> {}
        }
      }
    }

    private void assertArm(PublishedFigure figure, List<Couples.Held> pairs) {
      boolean byModel = figure.kind() == FigureKind.ARM_MODEL_MEAN;
      List<Couples.Held> ofArm = new ArrayList<>();
      double sum = 0;
      for (Couples.Held pair : pairs) {
        Served served = pair.served();
        if (served != null && figure.item().equals("trial " + served.arm())) {
          ofArm.add(pair);
          sum += byModel ? served.score() : SCORER.score(pair.aspects()).overall();
        }
      }
      double mean = sum / ofArm.size();
      assertThat(figure.value()).isCloseTo(mean, within(byModel ? 6e-5 : 6e-3));
      assertThat(figure.count()).isEqualTo(ofArm.size());
      assertThat(people(ofArm)).isGreaterThanOrEqualTo(anonymity.people());
      List<Couples.Held> others = new ArrayList<>(pairs);
      ofArm.forEach(others::remove);
      assertThat(byModel || others.isEmpty() || people(others) >= anonymity.people()).isTrue();
      arms++;
    }

    private static long people(List<Couples.Held> pairs) {
      return pairs.stream().flatMap(pair -> pair.people().stream()).distinct().count();
    }

    private static Set<String> cells(AspectSet set) {
      Set<String> cells = new HashSet<>();
      set.forEach(
          (row, col, hit) ->
              cells.add(AspectCell.id(AspectCell.of(row, col, Hit.code(hit)), CLASSIC)));
      return cells;
    }

    private List<Steps.Sender<?>> all() {
      List<Steps.Sender<?>> all = new ArrayList<>(steps.pairs());
      all.addAll(steps.charts());
      return all;
    }
  }
}
