package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.privacy.Anonymity;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories with late, retracted and erased changes, over several tasks with event times of their
 * own, restarts at another parallelism among it, held against everything counted anew at once.
 */
final class PopulationHistoryTest {

  private static final long HOUR = 3_600_000;
  private static final int HISTORIES = 100;
  private static final PopulationConfig CONFIG =
      new PopulationConfig(new PaneClock(HOUR, HOUR / 4), 3 * HOUR, 2, 8, 0.05, 3);

  @Test
  void whatIsPublishedIsWhatCountingAllAtOnceGives() throws Exception {
    int late = 0;
    int figures = 0;
    int checked = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      try (Steps steps = new Steps(CONFIG, 1 + seed % 3, index -> Subtask.ONLY)) {
        checked += new History(seed, steps).run();
        late += steps.late().size();
        figures += steps.published().size();
        assertThat(steps.leftOver()).as("seed %s", seed).containsOnly(0);
      }
    }
    assertThat(checked).isGreaterThan(10 * HISTORIES);
    assertThat(late).isGreaterThan(HISTORIES);
    assertThat(figures).isGreaterThan(100 * HISTORIES);
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
      try (Steps steps = new Steps(CONFIG, 2, rocksDb)) {
        new History(seed, steps).run();
        assertThat(steps.published()).isNotEmpty();
      }
    }
  }

  /** One history and what it must lead to. */
  private static final class History {
    private static final AspectPolicy CLASSIC = AspectPolicy.classic();
    private static final RuleScorer SCORER = new RuleScorer(CLASSIC);
    private static final Anonymity TWO = new Anonymity(2);
    private static final Publication PUBLICATION = new Publication(CLASSIC, TWO);
    private static final TrendPlan PLAN = TrendPlan.of(Duration.ofMillis(HOUR), 8);

    private final int seed;
    private final Steps steps;
    private final Random random;
    private final Couples couples;

    /** What fell into each window that is open, by its start. */
    private final SortedMap<Long, List<Consumer<WindowFigures>>> windows = new TreeMap<>();

    /** What was late, by who has not sent it yet. */
    private final Map<Steps.Sender<?>, List<Consumer<WindowFigures>>> unsent = new HashMap<>();

    private final SortedMap<Long, WindowFigures> closed = new TreeMap<>();
    private final List<PublishedFigure> expected = new ArrayList<>();
    private final Population level = new Population();
    private final Trends trends = new Trends(PLAN, TWO, FalseDiscovery.DEFAULT);
    private final Map<Long, WindowCounts> past = new HashMap<>();
    private int late;
    private int checked;

    History(int seed, Steps steps) {
      this.seed = seed;
      this.steps = steps;
      random = new Random(seed);
      couples = new Couples(this::changed, this::changed);
      steps.onLate(this::sent);
    }

    /** How many levels were counted in the world itself. */
    int run() throws Exception {
      int size = 3 + random.nextInt(8);
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
      assertThat(steps.published()).as("seed %s", seed).isEqualTo(expected);
      return checked;
    }

    private void changed(PairUpdate update) {
      Steps.Sender<PairUpdate> sender = Steps.of(steps.pairs(), update.pairId());
      PairChange change = PairChange.of(update, SCORER, Steps.ARM);
      if (change != null) {
        remember(sender, update.eventTime(), figures -> figures.add(change));
      }
      put(sender, update);
    }

    private void changed(ChartChange change) {
      Steps.Sender<ChartChange> sender = Steps.of(steps.charts(), change.chartId());
      remember(sender, change.eventTime(), figures -> figures.add(change));
      put(sender, change);
    }

    private <I> void put(Steps.Sender<I> sender, I input) {
      try {
        steps.put(sender, input);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private void remember(Steps.Sender<?> sender, long time, Consumer<WindowFigures> change) {
      long start = time / HOUR * HOUR;
      if (start + HOUR + HOUR / 4 <= sender.now) {
        late++;
        unsent.computeIfAbsent(sender, fresh -> new ArrayList<>()).add(change);
      } else {
        windows.computeIfAbsent(start, fresh -> new ArrayList<>()).add(change);
      }
    }

    /** What was late counts from when it is sent, and in no window. */
    private void sent(Steps.Sender<?> sender) {
      WindowFigures all = new WindowFigures();
      Objects.requireNonNull(unsent.remove(sender)).forEach(change -> change.accept(all));
      level.merge(all.net());
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
        close(start, Objects.requireNonNull(windows.remove(start)));
      }
    }

    private void close(long start, List<Consumer<WindowFigures>> changes) {
      WindowFigures within = new WindowFigures();
      changes.forEach(change -> change.accept(within));
      level.merge(within.net());
      closed.put(start, within);
      WindowId window = new WindowId(Steps.COHORT, start, start + HOUR);
      List<Trend> tested = trends.of(start / HOUR, level, within, past::get);
      past.put(start / HOUR, WindowCounts.of(level, within));
      expected.addAll(
          PUBLICATION.tumbling(
              window, level, within, tested, new Insights(CLASSIC, PLAN, 3).of(window, tested)));
      WindowFigures sliding = new WindowFigures();
      closed.tailMap(start - 2 * HOUR).values().forEach(sliding::merge);
      expected.addAll(
          PUBLICATION.sliding(new WindowId(Steps.COHORT, start - 2 * HOUR, start + HOUR), sliding));
    }

    /** The levels of a window that closed after everything was sent are those of the world. */
    private void assertWhole(long start) {
      Map<String, Long> cells = new HashMap<>();
      for (AspectSet set : couples.held()) {
        Set<String> ofPair = new HashSet<>();
        set.forEach(
            (row, col, hit) ->
                ofPair.add(AspectCell.id(AspectCell.of(row, col, Hit.code(hit)), CLASSIC)));
        ofPair.forEach(cell -> cells.merge(cell, 1L, Long::sum));
      }
      for (PublishedFigure figure : steps.published()) {
        if (figure.window().start() != start || figure.sliding()) {
          continue;
        }
        switch (figure.kind()) {
          case HELD -> {
            assertThat(figure.count()).isEqualTo(cells.get(figure.item()));
            assertThat(figure.among()).isEqualTo(couples.held().size());
            checked++;
          }
          case PAIRS -> assertThat(figure.count()).isEqualTo(couples.held().size());
          case CHARTS -> assertThat(figure.count()).isEqualTo(couples.charts());
          default -> {}
        }
      }
    }

    private List<Steps.Sender<?>> all() {
      List<Steps.Sender<?>> all = new ArrayList<>(steps.pairs());
      all.addAll(steps.charts());
      return all;
    }
  }
}
