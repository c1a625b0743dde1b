package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.CellChange;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.Served;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Charts that move and are erased, and pairs that are watched and are not, and what is said of it.
 */
final class Couples {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final ReferenceKernel KERNEL = new ReferenceKernel(CLASSIC);
  private static final RuleScorer SCORER = new RuleScorer(CLASSIC);
  private static final int ALL = (1 << Body.COUNT) - 1;

  /** Cohorts that charts have, gain and lose; one means nothing, for everybody is in it. */
  static final List<String> COHORTS = List.of("blue", "everyone", "red");

  private final Map<String, Longitudes> charts = new TreeMap<>();
  private final Map<String, List<String>> cohorts = new TreeMap<>();
  private final Map<String, List<String>> counted = new TreeMap<>();
  private final Map<String, Served> served = new TreeMap<>();
  private int choices;
  private final Map<String, List<String>> watched = new TreeMap<>();
  private final Map<String, AspectSet> held = new TreeMap<>();
  private final Map<String, Long> sequences = new TreeMap<>();
  private final Consumer<ChartChange> ofCharts;
  private final Consumer<PairUpdate> ofPairs;

  Couples(Consumer<ChartChange> ofCharts, Consumer<PairUpdate> ofPairs) {
    this.ofCharts = ofCharts;
    this.ofPairs = ofPairs;
  }

  /** Something happens at a time. */
  void live(Random random, int size, long time) {
    String chart = "chart-" + random.nextInt(size);
    switch (random.nextInt(11)) {
      case 0 -> erase(chart, time);
      case 1 -> unwatch("pair-" + random.nextInt(2 * size), time);
      case 2, 3, 4 -> {
        int other = random.nextInt(size);
        String b = "chart-" + other;
        if (!b.equals(chart)) {
          watch("pair-" + random.nextInt(2 * size), chart, b, time);
        }
      }
      case 6 -> rescore("pair-" + random.nextInt(2 * size), time);
      case 5 -> {
        Longitudes stays = charts.get(chart);
        List<String> others = some(random);
        if (stays != null && !others.equals(in(chart))) {
          publish(chart, stays, others, time);
        }
      }
      default -> {
        Longitudes before = charts.get(chart);
        Longitudes now = before == null ? Longitudes.NONE : before;
        for (int bodies = before == null ? 6 : 1; bodies > 0; bodies--) {
          now = now.with(random.nextInt(10), random.nextInt(72) * 5_000_000);
        }
        publish(chart, now, random.nextInt(3) == 0 ? some(random) : in(chart), time);
      }
    }
  }

  void end(long time) {
    List.copyOf(charts.keySet()).forEach(chart -> erase(chart, time));
  }

  /** A chart that nobody watches, and that is in every cohort, moves. */
  void move(String chart, long time) {
    publish(chart, Longitudes.NONE.with(0, 1), COHORTS, time);
  }

  /**
   * A pair that ever held an aspect.
   *
   * @param aspects what it holds
   * @param people whose it is
   * @param served how it was served when it was published last; null outside of experiments
   */
  record Held(AspectSet aspects, List<String> people, @Nullable Served served) {}

  /** Those of a cohort: both charts are in it. */
  List<Held> held(String cohort) {
    return held.entrySet().stream()
        .filter(pair -> sequences.getOrDefault(pair.getKey(), 0L) > 0)
        .map(
            pair ->
                new Held(
                    pair.getValue(),
                    Objects.requireNonNull(watched.get(pair.getKey())),
                    served.get(pair.getKey())))
        .filter(pair -> pair.people().stream().allMatch(chart -> isIn(chart, cohort)))
        .toList();
  }

  /** How many charts are in a cohort. */
  long charts(String cohort) {
    return charts.keySet().stream().filter(chart -> isIn(chart, cohort)).count();
  }

  private boolean isIn(String chart, String cohort) {
    return cohort.equals(Steps.COHORT) || in(chart).contains(cohort);
  }

  private List<String> in(String chart) {
    return cohorts.getOrDefault(chart, List.of());
  }

  private static List<String> some(Random random) {
    return COHORTS.stream().filter(cohort -> random.nextBoolean()).toList();
  }

  private void erase(String chart, long time) {
    if (charts.containsKey(chart)) {
      publish(chart, null, List.of(), time);
    }
  }

  private void publish(String chart, @Nullable Longitudes after, List<String> groups, long time) {
    Longitudes before = after == null ? charts.remove(chart) : charts.put(chart, after);
    List<String> groupsBefore = in(chart);
    cohorts.put(chart, groups);
    ofCharts.accept(new ChartChange(chart, 1, time, before, after, groupsBefore, groups));
    watched.forEach(
        (pair, sides) -> {
          if (sides.contains(chart)) {
            follow(pair, sides, true, time);
          }
        });
  }

  private void watch(String pair, String a, String b, long time) {
    if (watched.putIfAbsent(pair, List.of(a, b)) == null) {
      follow(pair, List.of(a, b), true, time);
    }
  }

  private void unwatch(String pair, long time) {
    List<String> sides = watched.remove(pair);
    if (sides != null) {
      follow(pair, sides, false, time);
    }
  }

  private void follow(String pair, List<String> sides, boolean stays, long time) {
    Longitudes a = charts.get(sides.get(0));
    Longitudes b = charts.get(sides.get(1));
    boolean lives = stays && a != null && b != null;
    AspectSet before = held.get(pair);
    if (!lives && before == null) {
      return;
    }
    AspectSet after =
        lives
            ? KERNEL.aspects(Objects.requireNonNull(a), Objects.requireNonNull(b), ALL, ALL)
            : AspectSet.EMPTY;
    List<CellChange> changes =
        AspectDelta.between(before == null ? AspectSet.EMPTY : before, after);
    long last = sequences.getOrDefault(pair, 0L);
    PairCohorts groups = groups(pair, sides, before == null, lives);
    if (lives && before != null && changes.isEmpty() && (last == 0 || !groups.changed())) {
      return;
    }
    long sequence = lives ? (changes.isEmpty() ? last : last + 1) : (last == 0 ? 0 : last + 1);
    if (lives) {
      held.put(pair, after);
      sequences.put(pair, sequence);
    } else {
      held.remove(pair);
      sequences.remove(pair);
    }
    Served was = served.get(pair);
    boolean regroups = lives && before != null && changes.isEmpty();
    Served is = regroups ? was : lives ? choose() : null;
    remember(pair, is);
    tell(pair, sides, time, sequence, changes, after, lives, is, groups, was);
  }

  /** It is published again, and may have come to be in another arm, or in none. */
  private void rescore(String pair, long time) {
    AspectSet set = held.get(pair);
    if (set != null) {
      Served was = served.get(pair);
      Served is = choose();
      remember(pair, is);
      PairCohorts groups =
          new PairCohorts(counted.getOrDefault(pair, List.of()), List.of(), List.of());
      tell(
          pair,
          Objects.requireNonNull(watched.get(pair)),
          time,
          sequences.getOrDefault(pair, 0L),
          List.of(),
          set,
          true,
          is,
          groups,
          was);
    }
  }

  private @Nullable Served choose() {
    choices++;
    return switch (choices % 7) {
      case 0, 1, 2 -> new Served("", 0, "trial", "control");
      case 3, 4, 5 -> new Served("m@1", choices % 10 / 8.0, "trial", "model");
      default -> null;
    };
  }

  private void remember(String pair, @Nullable Served is) {
    if (is == null) {
      served.remove(pair);
    } else {
      served.put(pair, is);
    }
  }

  private void tell(
      String pair,
      List<String> sides,
      long time,
      long sequence,
      List<CellChange> changes,
      AspectSet after,
      boolean lives,
      @Nullable Served is,
      PairCohorts groups,
      @Nullable Served was) {
    ofPairs.accept(
        new PairUpdate(
            pair,
            sides.get(0),
            sides.get(1),
            1,
            1,
            CLASSIC.id(),
            sequence,
            time,
            !lives,
            new ArrayList<>(changes),
            after,
            lives ? SCORER.score(after) : null,
            0,
            is,
            groups,
            was,
            "",
            false));
  }

  private PairCohorts groups(String pair, List<String> sides, boolean begins, boolean lives) {
    List<String> was = counted.getOrDefault(pair, List.of());
    List<String> both =
        in(sides.get(0)).stream().filter(cohort -> in(sides.get(1)).contains(cohort)).toList();
    if (!lives) {
      counted.remove(pair);
      return new PairCohorts(was, List.of(), List.of());
    }
    counted.put(pair, both);
    return begins
        ? new PairCohorts(both, List.of(), List.of())
        : new PairCohorts(
            both.stream().filter(was::contains).toList(),
            was.stream().filter(cohort -> !both.contains(cohort)).toList(),
            both.stream().filter(cohort -> !was.contains(cohort)).toList());
  }
}
