package io.cosmichub.history;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Outcome;
import io.cosmichub.chart.Position;
import io.cosmichub.naive.NaiveMatch;
import io.cosmichub.pair.PairWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the inputs of a history come to, one after the other in one thread, in maps, with nothing of
 * the code under test but its value types.
 */
final class NaiveModel {
  private final Map<String, Chart> charts = new HashMap<>();
  private final Map<String, Boolean> erased = new HashMap<>();
  private final Map<String, PairWatch> watches = new TreeMap<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final History history;

  private record Set(long revision, Object content) {}

  private static final class Chart {
    final Map<String, Set> registers = new HashMap<>();
    final Map<Integer, Integer> published = new HashMap<>();
    long time = ChartUpdate.NO_TIME;

    long revision() {
      return registers.values().stream().mapToLong(Set::revision).max().orElse(-1);
    }
  }

  NaiveModel(History history) {
    this.history = history;
    for (Input input : history.inputs()) {
      if (input instanceof Input.Update update) {
        count(update(update.update()));
      } else if (input instanceof Input.Erase erase) {
        boolean known = charts.remove(erase.chartId()) != null;
        boolean marked = erased.put(erase.chartId(), true) != null;
        count(known || !marked ? Outcome.APPLIED : Outcome.DUPLICATE);
      } else if (input instanceof Input.Forget forget) {
        erased.remove(forget.chartId());
      } else if (input instanceof Input.Watch watch) {
        count(watch(watch));
      }
    }
  }

  Map<Outcome, Integer> outcomes() {
    return outcomes;
  }

  /** The aspect set of every pair that is watched and whose charts are known. */
  Map<String, AspectSet> aspects() {
    Map<String, AspectSet> aspects = new TreeMap<>();
    watches.forEach(
        (pair, watch) -> {
          Chart a = charts.get(watch.chartA());
          Chart b = charts.get(watch.chartB());
          if (a != null && b != null) {
            aspects.put(pair, NaiveMatch.all(published(a), published(b), history.policy()));
          }
        });
    return aspects;
  }

  /** The charts that a watched pair is about, A first. */
  Map<String, PairWatch> watches() {
    return watches;
  }

  /** The cohorts of every pair that is watched and whose charts are known: those of both. */
  Map<String, java.util.Set<String>> cohorts() {
    Map<String, java.util.Set<String>> cohorts = new TreeMap<>();
    watches.forEach(
        (pair, watch) -> {
          Chart a = charts.get(watch.chartA());
          Chart b = charts.get(watch.chartB());
          if (a != null && b != null) {
            java.util.Set<String> both = new TreeSet<>(cohorts(a));
            both.retainAll(cohorts(b));
            cohorts.put(pair, both);
          }
        });
    return cohorts;
  }

  private static List<String> cohorts(Chart chart) {
    Set set = chart.registers.get("cohorts");
    List<String> cohorts = new ArrayList<>();
    if (set != null && set.content() instanceof List<?> names) {
      names.forEach(name -> cohorts.add((String) name));
    }
    return cohorts;
  }

  /** What was published of every known chart. */
  Map<String, Longitudes> published() {
    Map<String, Longitudes> all = new TreeMap<>();
    charts.forEach((id, chart) -> all.put(id, published(chart)));
    return all;
  }

  /** The current positions of every known chart by slot. */
  Map<String, Map<Integer, Position>> positions() {
    Map<String, Map<Integer, Position>> all = new TreeMap<>();
    charts.forEach((id, chart) -> all.put(id, positions(chart)));
    return all;
  }

  /** The revision and event time of every known chart. */
  Map<String, String> versions() {
    Map<String, String> all = new TreeMap<>();
    charts.forEach((id, chart) -> all.put(id, chart.revision() + " at " + chart.time));
    return all;
  }

  private void count(Outcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private Outcome update(ChartUpdate update) {
    Chart known = charts.get(update.chartId());
    if (known == null && erased.containsKey(update.chartId()) && update.partial()) {
      return Outcome.STALE;
    }
    Chart chart = known == null ? new Chart() : known;
    Map<String, Object> given = covered(update);
    long before = chart.revision();
    boolean seen = false;
    Map<String, Set> newer = new HashMap<>();
    for (Map.Entry<String, Object> register : given.entrySet()) {
      Set held = chart.registers.get(register.getKey());
      if (held == null || update.revision() > held.revision()) {
        newer.put(register.getKey(), new Set(update.revision(), register.getValue()));
      } else if (update.revision() == held.revision()) {
        if (!held.content().equals(register.getValue())) {
          return Outcome.CONFLICT;
        }
        seen = true;
      }
    }
    if (seen || !newer.isEmpty()) {
      if (update.revision() > before) {
        chart.time = update.effectiveAt();
      } else if (update.revision() == before) {
        chart.time = Math.max(chart.time, update.effectiveAt());
      }
    }
    if (newer.isEmpty()) {
      return seen ? Outcome.DUPLICATE : Outcome.STALE;
    }
    chart.registers.putAll(newer);
    publish(chart);
    charts.put(update.chartId(), chart);
    erased.remove(update.chartId());
    return Outcome.APPLIED;
  }

  private static Map<String, Object> covered(ChartUpdate update) {
    Map<String, Object> given = new HashMap<>();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = update.position(slot);
      if (position != null || !update.partial()) {
        given.put("body " + slot, Optional.ofNullable(position));
      }
    }
    int[] cusps = update.cusps();
    if (cusps != null || !update.partial()) {
      given.put("cusps", cusps == null ? "none" : Arrays.toString(cusps));
    }
    if (!update.cohorts().isEmpty() || !update.partial()) {
      given.put("cohorts", update.cohorts());
    }
    return given;
  }

  private void publish(Chart chart) {
    Map<Integer, Position> now = positions(chart);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = now.get(slot);
      Integer was = chart.published.get(slot);
      if (position == null) {
        chart.published.remove(slot);
      } else if (was == null || distance(was, position.longitude()) > history.epsilon()) {
        chart.published.put(slot, position.longitude());
      }
    }
  }

  private static long distance(int a, int b) {
    long forward = Math.floorMod((long) a - b, 360_000_000L);
    return Math.min(forward, 360_000_000L - forward);
  }

  private static Map<Integer, Position> positions(Chart chart) {
    Map<Integer, Position> now = new TreeMap<>();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Set set = chart.registers.get("body " + slot);
      if (set != null && set.content() instanceof Optional<?> held && held.isPresent()) {
        now.put(slot, (Position) held.get());
      }
    }
    return now;
  }

  private static Longitudes published(Chart chart) {
    Longitudes longitudes = Longitudes.NONE;
    for (Map.Entry<Integer, Integer> body : chart.published.entrySet()) {
      longitudes = longitudes.with(body.getKey(), body.getValue());
    }
    return longitudes;
  }

  private Outcome watch(Input.Watch input) {
    PairWatch held = watches.get(input.pairId());
    PairWatch watch = input.watch();
    if (watch == null) {
      watches.remove(input.pairId());
      return held == null ? Outcome.DUPLICATE : Outcome.APPLIED;
    }
    if (held == null) {
      watches.put(input.pairId(), watch);
      return Outcome.APPLIED;
    }
    boolean same =
        Objects.equals(held.chartA(), watch.chartA())
            && Objects.equals(held.chartB(), watch.chartB());
    if (watch.revision() == PairWatch.NO_REVISION) {
      if (same) {
        return Outcome.DUPLICATE;
      }
    } else if (watch.revision() < held.revision()) {
      return Outcome.STALE;
    } else if (watch.revision() == held.revision()) {
      return same ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }
    watches.put(input.pairId(), watch);
    return Outcome.APPLIED;
  }
}
