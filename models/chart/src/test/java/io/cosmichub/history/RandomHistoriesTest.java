package io.cosmichub.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Outcome;
import io.cosmichub.chart.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Thousands of seeded random histories through the reducers, joined by channels that interleave at
 * random, against a single-threaded model. More of them: {@code -Dcosmichub.histories=1000000}; one
 * of them: {@code -Dcosmichub.history.seed=42}.
 */
final class RandomHistoriesTest {
  private static final int COUNT = Integer.getInteger("cosmichub.histories", 20_000);

  @Test
  void everyHistoryEndsWhereTheModelEnds() {
    Long only = Long.getLong("cosmichub.history.seed");
    long first = only == null ? 0 : only;
    long last = only == null ? COUNT : only + 1;
    Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);
    int aspects = 0;
    int lives = 0;
    int cohorts = 0;
    for (long seed = first; seed < last; seed++) {
      History history = History.random(seed);
      Throwable failure = failure(history);
      if (failure != null) {
        throw new AssertionError(report(history), failure);
      }
      NaiveModel model = new NaiveModel(history);
      model.outcomes().forEach((outcome, count) -> seen.merge(outcome, count, Integer::sum));
      aspects += model.aspects().values().stream().mapToInt(AspectSet::size).sum();
      lives += model.aspects().size();
      cohorts += model.cohorts().values().stream().mapToInt(Set::size).sum();
    }
    if (only == null) {
      // Histories in which nothing happens prove nothing.
      assertThat(seen.values()).hasSize(4).allMatch(count -> count > COUNT / 2);
      assertThat(lives).isGreaterThan(COUNT / 2);
      assertThat(aspects).isGreaterThan(COUNT);
      assertThat(cohorts).isGreaterThan(COUNT / 10);
    }
  }

  private static @Nullable Throwable failure(History history) {
    try {
      check(history);
      return null;
    } catch (AssertionError | RuntimeException failure) {
      return failure;
    }
  }

  private static void check(History history) {
    NaiveModel model = new NaiveModel(history);
    SimulatedPipeline pipeline = new SimulatedPipeline(history);
    pipeline.run();

    long records =
        history.inputs().stream().filter(input -> !(input instanceof Input.Forget)).count();
    equal("records accounted for", sum(pipeline.outcomes()), records);
    equal("outcomes", pipeline.outcomes(), model.outcomes());
    equal("published charts", published(pipeline.charts()), model.published());
    equal("current charts", positions(pipeline.charts()), model.positions());
    equal("revisions and times", versions(pipeline.charts()), model.versions());

    Map<String, AspectSet> folded = new TreeMap<>();
    pipeline
        .views()
        .forEach(
            (pair, view) -> {
              if (view.isOpen()) {
                folded.put(pair, view.folded());
              }
            });
    equal("folded aspect sets", folded, model.aspects());
    Map<String, Set<String>> counted = new TreeMap<>();
    Map<String, Set<String>> cohorts = new TreeMap<>(model.cohorts());
    pipeline
        .views()
        .forEach(
            (pair, view) -> {
              if (view.counts()) {
                counted.put(pair, view.cohorts());
              } else {
                cohorts.remove(pair);
              }
            });
    equal("cohorts of pairs", counted, cohorts);
    equal("kept pairs", pipeline.aspects().keySet(), model.aspects().keySet());
    if (history.endsEmpty()) {
      equal("left over", pipeline.leftOver(), List.of());
    }
  }

  // AssertJ's descriptions would show longitudes, and its rendering would cost most of the time.
  private static void equal(String what, Object actual, Object expected) {
    if (!actual.equals(expected)) {
      throw new AssertionError(what + " differ from the model's: " + actual + ", " + expected);
    }
  }

  private static long sum(Map<Outcome, Integer> outcomes) {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static Map<String, Longitudes> published(Map<String, ChartRecord> charts) {
    Map<String, Longitudes> published = new TreeMap<>();
    charts.forEach((id, chart) -> published.put(id, chart.published().longitudes()));
    return published;
  }

  private static Map<String, Map<Integer, Position>> positions(Map<String, ChartRecord> charts) {
    Map<String, Map<Integer, Position>> all = new TreeMap<>();
    charts.forEach(
        (id, chart) -> {
          Map<Integer, Position> positions = new TreeMap<>();
          for (int slot = 0; slot < Body.COUNT; slot++) {
            Position position = chart.position(slot);
            if (position != null) {
              positions.put(slot, position);
            }
          }
          all.put(id, positions);
        });
    return all;
  }

  private static Map<String, String> versions(Map<String, ChartRecord> charts) {
    Map<String, String> versions = new TreeMap<>();
    charts.forEach(
        (id, chart) -> versions.put(id, chart.revision() + " at " + chart.effectiveAt()));
    return versions;
  }

  /** The seed and the shortest history that still fails when single inputs are left out. */
  private static String report(History failing) {
    History shortest = failing;
    boolean shrank = true;
    while (shrank) {
      shrank = false;
      for (int i = shortest.removable() - 1; i >= 0; i--) {
        History shorter = shortest.without(i);
        if (failure(shorter) != null) {
          shortest = shorter;
          shrank = true;
        }
      }
    }
    StringBuilder report = new StringBuilder("history with seed " + failing.seed());
    report.append(", epsilon ").append(failing.epsilon());
    report.append(", pages of ").append(failing.pageSize());
    report.append(", ").append(failing.policy()).append(", shrunk to:");
    for (Input input : shortest.inputs()) {
      report.append("\n  ").append(input);
    }
    return report.append("\n  ").append(failure(shortest)).toString();
  }
}
