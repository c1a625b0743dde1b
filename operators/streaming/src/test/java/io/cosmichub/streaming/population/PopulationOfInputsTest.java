package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From records to figures: a thousand histories with records that come twice, late, out of order,
 * that end a watch and that erase, each in a cohort of its own and some of them together, most of
 * their pairs in an experiment, against counting everything at once by plain loops.
 */
@Tag("any-jvm")
final class PopulationOfInputsTest {

  private static final int HISTORIES = 1_000;
  private static final int TOGETHER = 40;
  private static final int ROUNDS = 36;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final PaneClock CLOCK = new PaneClock(HOUR, HOUR / 4);
  private static final long SLIDING = 3 * HOUR;

  /** The fewest people that can be asked for, so that nearly everything is published. */
  private static final PopulationConfig CONFIG =
      new PopulationConfig(CLOCK, SLIDING, 2, 8, 0.05, 3);

  private final Map<FigureKind, Integer> checked = new EnumMap<>(FigureKind.class);
  private int twice;
  private int late;
  private int erased;
  private int unwatched;

  @Test
  void everyFigureIsThatOfCountingEverythingAtOnce() throws Exception {
    Set<Integer> histories = new HashSet<>();
    for (int first = 0; first < HISTORIES; first += TOGETHER) {
      try (InputSteps steps = new InputSteps(CONFIG, 1 + first / TOGETHER % 3)) {
        new Group(first, steps).live();
      }
      for (int seed = first; seed < first + TOGETHER; seed++) {
        histories.add(seed);
      }
    }
    assertThat(histories).hasSize(HISTORIES);
    assertThat(checked).containsOnlyKeys(FigureKind.values());
    assertThat(checked.values()).allMatch(count -> count > HISTORIES);
    assertThat(twice).isGreaterThan(5 * HISTORIES);
    assertThat(late).isGreaterThan(HISTORIES);
    assertThat(erased).isGreaterThan(HISTORIES);
    assertThat(unwatched).isGreaterThan(HISTORIES);
  }

  /** A record that may come again or later. */
  private record Waiting(int round, @Nullable ChartInput chart, @Nullable WatchInput watch) {}

  /** Some histories at the same time, each in a cohort of its own. */
  private final class Group {
    private final int first;
    private final InputSteps steps;
    private final CountedWorld world;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Map<String, Long> closed = new TreeMap<>();
    private final Map<WindowId, Recount> recounts = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private int seen;
    private long now = Long.MIN_VALUE;

    Group(int first, InputSteps steps) {
      this.first = first;
      this.steps = steps;
      world = new CountedWorld(time -> CLOCK.isLate(time, now));
    }

    void live() throws Exception {
      List<History> histories = new ArrayList<>();
      for (int seed = first; seed < first + TOGETHER; seed++) {
        histories.add(new History(seed));
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (History history : histories) {
          offer(history.next(round), round, history.random);
        }
        for (Waiting input : List.copyOf(waiting)) {
          if (input.round <= round) {
            waiting.remove(input);
            put(input);
          }
        }
        if (round == ROUNDS / 2) {
          steps.population().restart(1 + first % 3);
        }
        mark(12L * round * MINUTE - HOUR / 2);
      }
      for (Waiting input : waiting) {
        put(input);
      }
      settle(histories);
    }

    /** Everything is in the level of one last window, and then nothing of anybody is left. */
    private void settle(List<History> histories) throws Exception {
      mark(20 * HOUR);
      for (History history : histories) {
        put(new Waiting(0, history.chart("last", 21 * HOUR, true), null));
      }
      mark(30 * HOUR);
      for (String cohort : world.cohorts()) {
        Recount level = new Recount(world.facts(cohort), fact -> true, fact -> false);
        Recount asItStands = new Recount(world.now(cohort), fact -> true, fact -> false);
        assertThat(level.hasLevelOf(asItStands)).as("cohort %s", cohort).isTrue();
      }
      for (History history : histories) {
        for (String chart : history.charts()) {
          put(new Waiting(0, erasure(chart, 31 * HOUR), null));
        }
      }
      mark(Long.MAX_VALUE);
      assertThat(steps.population().leftOver()).containsOnly(0);
    }

    private void offer(@Nullable Waiting input, int round, Random random) throws Exception {
      if (input == null) {
        return;
      }
      if (random.nextInt(6) == 0) {
        waiting.add(new Waiting(round + 1 + random.nextInt(8), input.chart, input.watch));
        return;
      }
      put(input);
      if (random.nextInt(4) == 0) {
        twice++;
        put(input);
      }
      if (random.nextInt(8) == 0) {
        twice++;
        waiting.add(new Waiting(round + 1 + random.nextInt(8), input.chart, input.watch));
      }
    }

    private void put(Waiting input) throws Exception {
      if (input.chart != null) {
        erased += input.chart.update() == null ? 1 : 0;
        world.put(input.chart);
        steps.put(input.chart);
      }
      if (input.watch != null) {
        unwatched += input.watch.watch() == null ? 1 : 0;
        world.put(input.watch);
        steps.put(input.watch);
      }
    }

    /** Time goes on, and windows close. */
    private void mark(long time) throws Exception {
      steps.population().barrier();
      now = Math.max(now, time);
      List<Steps.Sender<?>> senders = new ArrayList<>(steps.population().pairs());
      senders.addAll(steps.population().charts());
      for (Steps.Sender<?> sender : senders) {
        steps.population().watermark(sender, time);
      }
      for (String cohort : world.cohorts()) {
        close(cohort);
      }
      List<PublishedFigure> all = steps.population().published();
      for (PublishedFigure figure : all.subList(seen, all.size())) {
        check(figure);
      }
      seen = all.size();
      recounts.clear();
      late += steps.population().late().size();
      steps.population().late().clear();
    }

    private void close(String cohort) {
      List<Fact> facts = world.facts(cohort);
      Set<Long> starts = new TreeSet<>();
      for (Fact fact : facts) {
        long start = CLOCK.start(fact.time());
        if (!fact.late()
            && CLOCK.closesAt(start) <= now
            && start > closed.getOrDefault(cohort, Long.MIN_VALUE)) {
          starts.add(start);
        }
      }
      for (long start : starts) {
        closed.put(cohort, start);
        recounts.put(
            new WindowId(cohort, start, start + HOUR),
            new Recount(
                facts,
                fact -> fact.late() || CLOCK.start(fact.time()) <= start,
                fact -> !fact.late() && CLOCK.start(fact.time()) == start));
        recounts.put(
            new WindowId(cohort, start + HOUR - SLIDING, start + HOUR),
            new Recount(
                facts,
                fact -> false,
                fact ->
                    !fact.late()
                        && fact.time() >= start + HOUR - SLIDING
                        && fact.time() < start + HOUR));
      }
    }

    private void check(PublishedFigure figure) {
      Recount recount = recounts.get(figure.window());
      assertThat(recount).as("%s of a window that did not close", figure.metric()).isNotNull();
      String fault = recount == null ? "" : recount.fault(figure);
      assertThat(fault)
          .as("%s in %s of the histories from %s", figure.metric(), figure.window(), first)
          .isEmpty();
      assertThat(published.add(figure.metric() + figure.window().end())).isTrue();
      checked.merge(figure.kind(), 1, Integer::sum);
    }
  }

  /** What happens to some charts and pairs. */
  private static final class History {
    final Random random;
    private final String name;
    private final int size;
    private long revision;

    History(int seed) {
      random = new Random(seed);
      name = "h" + seed;
      size = 4 + random.nextInt(4);
    }

    @Nullable Waiting next(int round) {
      long time = Math.max(0, 12L * round * MINUTE - random.nextInt(150) * MINUTE + 20 * MINUTE);
      String pair = name + "-pair-" + random.nextInt(2 * size);
      String chart = Integer.toString(random.nextInt(size));
      return switch (random.nextInt(14)) {
        case 0 -> new Waiting(0, erasure(id(chart), time), null);
        case 1 -> new Waiting(0, null, watch(pair, null, time));
        case 2, 3, 4, 5, 6 -> {
          // Which charts a pair has is in its name.
          int number = Integer.parseInt(pair.substring(pair.lastIndexOf('-') + 1));
          int a = number % size;
          int b = (a + 1 + number / size) % size;
          PairWatch watch = new PairWatch(pair, id("" + a), id("" + b), PairWatch.NO_REVISION);
          yield new Waiting(0, null, watch(pair, watch, time));
        }
        case 7, 8, 9 -> new Waiting(0, chart(chart, time, random.nextInt(5) > 0), null);
        case 10, 11, 12 -> new Waiting(0, move(chart, time), null);
        default -> null;
      };
    }

    List<String> charts() {
      List<String> charts = new ArrayList<>(List.of(id("last")));
      for (int chart = 0; chart < size; chart++) {
        charts.add(id("" + chart));
      }
      return charts;
    }

    private String id(String chart) {
      return name + "-chart-" + chart;
    }

    /** A full chart, now and then in no cohort. */
    ChartInput chart(String chart, long time, boolean inCohort) {
      ChartUpdate.Builder update = ChartUpdate.builder(id(chart), ++revision);
      for (int slot = 0; slot < 10; slot++) {
        if (random.nextInt(4) > 0) {
          place(update, slot);
        }
      }
      return input(update.cohorts(inCohort ? List.of(name) : List.of()), time);
    }

    private ChartInput move(String chart, long time) {
      ChartUpdate.Builder update = ChartUpdate.builder(id(chart), ++revision).partial(true);
      place(update, random.nextInt(10));
      place(update, random.nextInt(10));
      return input(update.cohorts(random.nextInt(4) == 0 ? List.of(name) : List.of()), time);
    }

    private void place(ChartUpdate.Builder update, int slot) {
      update.position(slot, new Position(random.nextInt(72) * 5_000_000, Position.UNKNOWN_SPEED));
    }
  }

  private static ChartInput input(ChartUpdate.Builder builder, long time) {
    ChartUpdate update = builder.effectiveAt(time).build();
    String topic = update.partial() ? Topics.CHART_MOVES : Topics.CHART_UPDATES;
    String id = update.chartId();
    return new ChartInput(Given.key(id), id, update, record(topic, id, time, "{}"));
  }

  private static ChartInput erasure(String id, long time) {
    return new ChartInput(Given.key(id), id, null, record(Topics.CHART_UPDATES, id, time, null));
  }

  private static WatchInput watch(String pair, @Nullable PairWatch watch, long time) {
    return new WatchInput(
        pair, watch, record(Topics.PAIR_WATCHES, pair, time, watch == null ? null : "{}"));
  }

  private static InputRecord record(String topic, String key, long time, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    return new InputRecord(
        topic, 0, 0, time, key.getBytes(StandardCharsets.UTF_8), bytes, List.of());
  }
}
