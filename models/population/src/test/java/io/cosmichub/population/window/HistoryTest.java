package io.cosmichub.population.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import io.cosmichub.population.count.Element;
import io.cosmichub.population.count.Modality;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.count.ScoreCounts;
import io.cosmichub.population.count.Sign;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Histories with late, duplicate, retracted and erased inputs, in which charts have, gain and lose
 * cohorts, counted again by plain loops for each cohort.
 */
final class HistoryTest {

  private static final int HISTORIES = 1_000;
  private static final long HOUR = 3_600_000;
  private static final List<String> COHORTS = List.of(Cohorts.EVERYONE, "blue", "red");
  private static final RuleScorer SCORER = new RuleScorer(AspectPolicy.classic());

  @Test
  void thePopulationIsThatOfTheWorldAsItStandsWhateverCameBefore() {
    int inCohorts = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      World world = World.lived(seed);
      for (String cohort : COHORTS) {
        checkLevel(seed, world, cohort);
        inCohorts += cohort.equals(Cohorts.EVERYONE) ? 0 : world.pairs(cohort).size();
      }
    }
    assertThat(inCohorts).isGreaterThan(HISTORIES / 4);
  }

  private static void checkLevel(int seed, World world, String cohort) {
    List<PairChange> pairChanges = world.pairChanges(cohort);
    List<ChartChange> chartChanges = world.chartChanges(cohort);
    Random random = new Random(seed);

    Population level = new Population();
    pairChanges.forEach(level::apply);
    chartChanges.forEach(level::apply);

    check(seed, level, world.charts(cohort), world.pairs(cohort));
    List<Population> parts = List.of(new Population(), new Population(), new Population());
    List<PairChange> shuffled = new ArrayList<>(pairChanges);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(change -> parts.get(random.nextInt(parts.size())).apply(change));
    chartChanges.forEach(change -> parts.get(random.nextInt(parts.size())).apply(change));
    Population merged = new Population();
    parts.forEach(part -> merged.merge(Population.fromBytes(part.toBytes())));
    assertThat(merged.toBytes()).as("history %d", seed).isEqualTo(level.toBytes());
  }

  @Test
  void nothingIsLeftOfAWorldThatWasErased() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      World world = World.lived(seed);
      world.eraseAll();

      for (String cohort : COHORTS) {
        Population level = new Population();
        world.pairChanges(cohort).forEach(level::apply);
        world.chartChanges(cohort).forEach(level::apply);

        assertThat(level.toBytes()).as("history %d", seed).isEqualTo(new Population().toBytes());
      }
    }
  }

  @Test
  void windowsCountWhatFellIntoThemAndSumUpToTheLevel() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      World world = World.lived(seed);
      String cohort = COHORTS.get(seed % COHORTS.size());
      List<PairChange> pairChanges = world.pairChanges(cohort);
      List<ChartChange> chartChanges = world.chartChanges(cohort);
      Random random = new Random(-seed);
      long size = HOUR * (1 + random.nextInt(3));
      // Sliding windows; every size-th of them tumbles.
      SortedMap<Long, List<WindowFigures>> windows = new TreeMap<>();
      pairChanges.forEach(
          change ->
              starts(change.eventTime(), size)
                  .forEach(start -> part(windows, start, random).add(change)));
      chartChanges.forEach(
          change ->
              starts(change.eventTime(), size)
                  .forEach(start -> part(windows, start, random).add(change)));

      Population level = new Population();
      for (Map.Entry<Long, List<WindowFigures>> window : windows.entrySet()) {
        WindowFigures figures = new WindowFigures();
        window.getValue().forEach(part -> figures.merge(WindowFigures.fromBytes(part.toBytes())));
        checkWindow(seed, pairChanges, chartChanges, window.getKey(), size, figures);
        if (Math.floorMod(window.getKey(), size) == 0) {
          level.merge(figures.net());
        }
      }
      check(seed, level, world.charts(cohort), world.pairs(cohort));
    }
  }

  private static List<Long> starts(long time, long size) {
    long last = Math.floorDiv(time, HOUR) * HOUR;
    return IntStream.range(0, (int) (size / HOUR)).mapToObj(i -> last - i * HOUR).toList();
  }

  private static WindowFigures part(
      SortedMap<Long, List<WindowFigures>> windows, long start, Random random) {
    List<WindowFigures> parts =
        windows.computeIfAbsent(start, fresh -> List.of(new WindowFigures(), new WindowFigures()));
    return parts.get(random.nextInt(parts.size()));
  }

  private static void checkWindow(
      int seed,
      List<PairChange> pairChanges,
      List<ChartChange> chartChanges,
      long start,
      long size,
      WindowFigures figures) {
    long[] formed = new long[AspectCell.COUNT];
    long[] dissolved = new long[AspectCell.COUNT];
    Set<String> pairs = new HashSet<>();
    long updates = 0;
    for (PairChange change : pairChanges) {
      if (change.eventTime() < start || change.eventTime() >= start + size) {
        continue;
      }
      pairs.add(change.pairId());
      Set<Integer> before = naiveCells(change.before());
      Set<Integer> after = naiveCells(change.after());
      after.stream().filter(cell -> !before.contains(cell)).forEach(cell -> formed[cell]++);
      before.stream().filter(cell -> !after.contains(cell)).forEach(cell -> dissolved[cell]++);
      updates++;
    }
    Set<String> charts = new HashSet<>();
    chartChanges.stream()
        .filter(change -> change.eventTime() >= start && change.eventTime() < start + size)
        .forEach(change -> charts.add(change.chartId()));
    assertThat(counts(figures.formed())).as("history %d", seed).isEqualTo(formed);
    assertThat(counts(figures.dissolved())).as("history %d", seed).isEqualTo(dissolved);
    assertThat(Math.rint(figures.pairs().estimate())).isEqualTo(pairs.size());
    assertThat(Math.rint(figures.charts().estimate())).isEqualTo(charts.size());
    assertThat(figures.changes().count(0)).isEqualTo(updates);
  }

  private static void check(
      int seed, Population level, Collection<Longitudes> charts, Collection<HeldPair> pairs) {
    long[] cells = new long[AspectCell.COUNT];
    SortedMap<Integer, Set<String>> people = new TreeMap<>();
    long[] tenths = new long[ScoreCounts.TENTHS];
    double stability = 0;
    for (HeldPair pair : pairs) {
      for (int cell : naiveCells(pair.state())) {
        cells[cell]++;
        people.computeIfAbsent(cell, fresh -> new TreeSet<>()).addAll(List.of(pair.a(), pair.b()));
      }
      tenths[(int) Math.rint(pair.state().score().overall() * 10)]++;
      stability += pair.state().score().areas().stability();
    }
    assertThat(level.pairs()).as("history %d", seed).isEqualTo(pairs.size());
    assertThat(counts(level.aspects())).as("history %d", seed).isEqualTo(cells);
    people.forEach(
        (cell, resting) -> assertThat(level.aspects().people(cell)).isBetween(1, resting.size()));
    level.aspects().forEach(cell -> assertThat(people).as("history %d", seed).containsKey(cell));
    ScoreCounts scores = level.arms().get("control");
    assertThat(scores == null).isEqualTo(pairs.isEmpty());
    if (scores != null) {
      List<Double> sorted =
          pairs.stream().map(pair -> pair.state().score().overall()).sorted().toList();
      assertThat(IntStream.range(0, ScoreCounts.TENTHS).mapToLong(scores::tenth).toArray())
          .as("history %d", seed)
          .isEqualTo(tenths);
      assertThat(scores.quantile(0.5)).isEqualTo(sorted.get((sorted.size() + 1) / 2 - 1));
      assertThat(Math.abs(scores.areaMean(4) - stability / pairs.size())).isLessThan(1e-6);
      double mean = sorted.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      assertThat(Math.abs(scores.mean() - mean)).isLessThan(1e-9);
    }
    checkCharts(level, charts);
  }

  private static void checkCharts(Population level, Collection<Longitudes> charts) {
    assertThat(level.charts().charts()).isEqualTo(charts.size());
    for (int slot = 0; slot < Body.COUNT; slot++) {
      double x = 0;
      double y = 0;
      long[] signs = new long[Sign.COUNT];
      long fire = 0;
      long fixed = 0;
      for (Longitudes chart : charts) {
        if (chart.has(slot)) {
          double degrees = chart.at(slot) / 1e6;
          x += Math.cos(Math.toRadians(degrees));
          y += Math.sin(Math.toRadians(degrees));
          int sign = (int) Math.floor(degrees / 30);
          signs[sign]++;
          fire += sign % 4 == 0 ? 1 : 0;
          fixed += sign == 1 || sign == 4 || sign == 7 || sign == 10 ? 1 : 0;
        }
      }
      long having = IntStream.range(0, Sign.COUNT).mapToLong(sign -> signs[sign]).sum();
      for (int sign = 0; sign < Sign.COUNT; sign++) {
        assertThat(level.charts().sign(slot, sign)).isEqualTo(signs[sign]);
      }
      assertThat(level.charts().element(slot, Element.FIRE)).isEqualTo(fire);
      assertThat(level.charts().modality(slot, Modality.FIXED)).isEqualTo(fixed);
      assertThat(level.charts().mean(slot).charts()).isEqualTo(having);
      if (having > 0) {
        double length = Math.hypot(x, y) / having;
        assertThat(Math.abs(level.charts().mean(slot).concentration() - length)).isLessThan(1e-6);
        if (length > 1e-3) {
          double degrees = (Math.toDegrees(Math.atan2(y, x)) + 360) % 360;
          double off = Math.abs(level.charts().mean(slot).degrees() - degrees);
          assertThat(Math.min(off, 360 - off)).isLessThan(1e-3);
        }
      }
    }
  }

  private static long[] counts(CellCounts counts) {
    return IntStream.range(0, counts.cells()).mapToLong(counts::count).toArray();
  }

  private static Set<Integer> naiveCells(@Nullable PairState state) {
    Set<Integer> cells = new TreeSet<>();
    if (state != null) {
      for (int row = 0; row < Body.COUNT; row++) {
        for (int col = 0; col < Body.COUNT; col++) {
          int hit = state.aspects().hit(row, col);
          if (hit != Hit.NONE) {
            cells.add(AspectCell.of(row, col, Hit.code(hit)));
          }
        }
      }
    }
    return cells;
  }

  private record HeldPair(String a, String b, PairState state) {}

  /** Charts and watches, fed with whatever comes, that tells the figures what changed. */
  private static final class World {
    private final Map<String, Longitudes> charts = new TreeMap<>();
    private final Map<String, List<String>> cohorts = new TreeMap<>();
    private final Map<String, List<String>> counted = new TreeMap<>();
    private final Map<String, long[]> revisions = new TreeMap<>();
    private final Map<String, List<String>> watches = new TreeMap<>();
    private final Map<String, PairState> held = new TreeMap<>();
    private final List<PairChange> pairChanges = new ArrayList<>();
    private final List<ChartChange> chartChanges = new ArrayList<>();
    private long time;

    static World lived(int seed) {
      Random random = new Random(seed);
      World world = new World();
      int size = 2 + random.nextInt(5);
      for (int event = 0; event < 30; event++) {
        // Out of order: event time jumps back and forth.
        world.time = Math.max(0, event * HOUR / 3 + random.nextInt(4) * HOUR - 2 * HOUR);
        String chart = "chart-" + random.nextInt(size);
        switch (random.nextInt(9)) {
          case 0 -> world.erase(chart);
          case 1 -> world.unwatch("pair-" + random.nextInt(size));
          case 2, 3 ->
              world.watch("pair-" + random.nextInt(size), chart, other(chart, size, random));
          case 4 -> world.grouped(chart, random);
          default -> world.moved(chart, random);
        }
      }
      return world;
    }

    private static String other(String chart, int size, Random random) {
      String other;
      do {
        other = "chart-" + random.nextInt(size);
      } while (other.equals(chart));
      return other;
    }

    /** A body moves to a revision that may be old (late) or the last one (a duplicate). */
    private void moved(String chart, Random random) {
      int slot = random.nextInt(10);
      long[] of = revisions.computeIfAbsent(chart, fresh -> new long[Body.COUNT]);
      long revision = of[slot] + random.nextInt(4) - 1;
      if (revision <= of[slot]) {
        return;
      }
      of[slot] = revision;
      Longitudes before = charts.get(chart);
      Longitudes base = before == null ? Longitudes.NONE : before;
      List<String> groups = before == null || random.nextInt(3) == 0 ? some(random) : in(chart);
      publish(chart, before, base.with(slot, random.nextInt(360_000_000)), groups);
    }

    /** Nothing moves, but the cohorts may be others. */
    private void grouped(String chart, Random random) {
      Longitudes stays = charts.get(chart);
      List<String> groups = some(random);
      if (stays != null && !groups.equals(in(chart))) {
        publish(chart, stays, stays, groups);
      }
    }

    private static List<String> some(Random random) {
      return COHORTS.stream().filter(cohort -> random.nextInt(4) > 0).toList();
    }

    private List<String> in(String chart) {
      return cohorts.getOrDefault(chart, List.of());
    }

    private boolean isIn(String chart, String cohort) {
      return cohort.equals(Cohorts.EVERYONE) || in(chart).contains(cohort);
    }

    Collection<Longitudes> charts(String cohort) {
      return charts.entrySet().stream()
          .filter(chart -> isIn(chart.getKey(), cohort))
          .map(Map.Entry::getValue)
          .toList();
    }

    List<PairChange> pairChanges(String cohort) {
      List<PairChange> changes = new ArrayList<>();
      pairChanges.forEach(
          change ->
              change.byCohort(
                  (name, part) -> {
                    if (name.equals(cohort)) {
                      changes.add(part);
                    }
                  }));
      return changes;
    }

    List<ChartChange> chartChanges(String cohort) {
      List<ChartChange> changes = new ArrayList<>();
      chartChanges.forEach(
          change ->
              change.byCohort(
                  (name, part) -> {
                    if (name.equals(cohort)) {
                      changes.add(part);
                    }
                  }));
      return changes;
    }

    private void erase(String chart) {
      Longitudes before = charts.get(chart);
      if (before != null) {
        revisions.remove(chart);
        publish(chart, before, null, List.of());
      }
    }

    void eraseAll() {
      List.copyOf(charts.keySet()).forEach(this::erase);
    }

    private void publish(
        String chart,
        @Nullable Longitudes before,
        @Nullable Longitudes after,
        List<String> groups) {
      List<String> groupsBefore = in(chart);
      cohorts.put(chart, groups);
      if (after == null) {
        charts.remove(chart);
      } else {
        charts.put(chart, after);
      }
      chartChanges.add(new ChartChange(chart, 1, time, before, after, groupsBefore, groups));
      watches.forEach(
          (pair, sides) -> {
            if (sides.contains(chart)) {
              follow(pair, sides);
            }
          });
    }

    private void watch(String pair, String a, String b) {
      if (watches.putIfAbsent(pair, List.of(a, b)) == null) {
        follow(pair, List.of(a, b));
      }
    }

    private void unwatch(String pair) {
      List<String> sides = watches.remove(pair);
      if (sides != null) {
        follow(pair, sides);
      }
    }

    private void follow(String pair, List<String> sides) {
      Longitudes a = charts.get(sides.get(0));
      Longitudes b = charts.get(sides.get(1));
      PairState before = held.get(pair);
      if (a == null || b == null || !watches.containsKey(pair)) {
        if (before != null) {
          held.remove(pair);
          change(pair, sides, before, null, groups(counted.remove(pair), null));
        }
        return;
      }
      AspectSet set = set(a, b);
      List<String> both =
          in(sides.get(0)).stream().filter(cohort -> in(sides.get(1)).contains(cohort)).toList();
      PairCohorts groups = groups(before == null ? null : counted.get(pair), both);
      if (before == null || !before.aspects().equals(set) || groups.changed()) {
        PairState after = new PairState(set, SCORER.score(set), "control");
        held.put(pair, after);
        counted.put(pair, both);
        change(pair, sides, before, after, groups);
      }
    }

    private void change(
        String pair,
        List<String> sides,
        @Nullable PairState before,
        @Nullable PairState after,
        PairCohorts groups) {
      pairChanges.add(
          new PairChange(pair, sides.get(0), sides.get(1), time, before, after, groups));
    }

    /** Where a pair begins or ends there is nothing to leave or join. */
    private static PairCohorts groups(@Nullable List<String> was, @Nullable List<String> is) {
      if (was == null || is == null) {
        return new PairCohorts(
            was == null ? Objects.requireNonNull(is) : was, List.of(), List.of());
      }
      return new PairCohorts(
          is.stream().filter(was::contains).toList(),
          was.stream().filter(cohort -> !is.contains(cohort)).toList(),
          is.stream().filter(cohort -> !was.contains(cohort)).toList());
    }

    Collection<HeldPair> pairs(String cohort) {
      List<HeldPair> pairs = new ArrayList<>();
      held.forEach(
          (pair, state) -> {
            List<String> sides = Objects.requireNonNull(watches.get(pair));
            if (isIn(sides.get(0), cohort) && isIn(sides.get(1), cohort)) {
              pairs.add(new HeldPair(sides.get(0), sides.get(1), state));
            }
          });
      return pairs;
    }

    private static AspectSet set(Longitudes a, Longitudes b) {
      AspectSet.Builder set = AspectSet.builder();
      for (int row = 0; row < Body.COUNT; row++) {
        for (int col = 0; col < Body.COUNT; col++) {
          if (a.has(row) && b.has(col)) {
            int arc = Math.abs(a.at(row) - b.at(col));
            int hit = AspectPolicy.classic().match(Math.min(arc, 360_000_000 - arc));
            if (hit != Hit.NONE) {
              set.put(row, col, hit);
            }
          }
        }
      }
      return set.build();
    }
  }
}
