package io.cosmichub.streaming.population;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.WatchInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Charts and watches as the words of the guides say that they are, fed with the records themselves,
 * and what each record changes in which cohort.
 */
final class CountedWorld {

  private static final String EVERYONE = "everyone";

  private final LongPredicate late;
  private final Map<String, Chart> charts = new TreeMap<>();
  private final Set<String> erased = new HashSet<>();
  private final Map<String, Pair> pairs = new TreeMap<>();
  private final Map<String, List<Fact>> facts = new TreeMap<>();

  /** {@code late} says whether what became true at a time comes too late. */
  CountedWorld(LongPredicate late) {
    this.late = late;
  }

  /** A chart of which something is known. */
  private static final class Chart {
    final int[] values = new int[Body.COUNT];
    final long[] revisions = new long[Body.COUNT];
    List<String> cohorts = List.of();
    long cohortsRevision = -1;

    /** The event time of its highest revision, now and when others last saw it change. */
    long time;

    long seenAt;
    long revision = -1;

    Chart() {
      Arrays.fill(values, MicroDegrees.ABSENT);
      Arrays.fill(revisions, -1);
    }

    void set(ChartUpdate update) {
      boolean sets = false;
      for (int slot = 0; slot < Body.COUNT; slot++) {
        Position position = update.position(slot);
        boolean says = !update.partial() || position != null;
        if (says && update.revision() > revisions[slot]) {
          revisions[slot] = update.revision();
          values[slot] = position == null ? MicroDegrees.ABSENT : position.longitude();
          sets = true;
        }
      }
      if ((!update.partial() || !update.cohorts().isEmpty())
          && update.revision() > cohortsRevision) {
        cohortsRevision = update.revision();
        cohorts = update.cohorts();
        sets = true;
      }
      if (sets && update.revision() > revision) {
        revision = update.revision();
        time = update.effectiveAt();
      }
    }
  }

  /** A chart as others see it. */
  private record Seen(Longitudes longitudes, List<String> cohorts) {}

  /** A pair that is watched. */
  private static final class Pair {
    final String a;
    final String b;
    long timeA;
    long timeB;
    boolean heldOnce;
    @Nullable Standing standing;
    Set<String> cohorts = Set.of();

    Pair(PairWatch watch) {
      a = watch.chartA();
      b = watch.chartB();
    }

    /** A pair is one from its first aspect on. */
    @Nullable Standing in(String cohort) {
      return heldOnce && cohorts.contains(cohort) ? standing : null;
    }
  }

  void put(ChartInput input) {
    String id = input.chartId();
    ChartUpdate update = input.update();
    Seen before = seen(id);
    if (update == null) {
      charts.remove(id);
      erased.add(id);
    } else if (charts.containsKey(id) || !erased.contains(id) || !update.partial()) {
      charts.computeIfAbsent(id, fresh -> new Chart()).set(update);
      erased.remove(id);
    }
    Seen after = seen(id);
    if (Objects.equals(before, after)) {
      return;
    }
    long time = update == null ? input.origin().timestamp() : update.effectiveAt();
    Chart chart = charts.get(id);
    if (chart != null) {
      chart.seenAt = chart.time;
    }
    for (String cohort : both(cohorts(before), cohorts(after))) {
      Longitudes was =
          cohorts(before).contains(cohort) && before != null ? before.longitudes : null;
      Longitudes is = cohorts(after).contains(cohort) && after != null ? after.longitudes : null;
      if (!Objects.equals(was, is)) {
        add(cohort, new Fact(id, time, late.test(time), null, new Fact.Turn<>(was, is)));
      }
    }
    pairs.forEach(
        (pairId, pair) -> {
          if (pair.a.equals(id) || pair.b.equals(id)) {
            long lastTime = Math.max(time, Math.max(pair.timeA, pair.timeB));
            pair.timeA = pair.a.equals(id) ? time(id, time) : pair.timeA;
            pair.timeB = pair.b.equals(id) ? time(id, time) : pair.timeB;
            settle(pairId, pair, true, lastTime);
          }
        });
  }

  void put(WatchInput input) {
    PairWatch watch = input.watch();
    long time = input.origin().timestamp();
    Pair known = pairs.get(input.pairId());
    if (watch == null && known != null) {
      settle(input.pairId(), known, false, Math.max(time, Math.max(known.timeA, known.timeB)));
      pairs.remove(input.pairId());
    } else if (watch != null && known == null) {
      Pair pair = new Pair(watch);
      pair.timeA = time(pair.a, time);
      pair.timeB = time(pair.b, time);
      pairs.put(input.pairId(), pair);
      settle(input.pairId(), pair, true, time);
    }
  }

  /** What became of everything in a cohort, in the order in which it came. */
  List<Fact> facts(String cohort) {
    return facts.getOrDefault(cohort, List.of());
  }

  Set<String> cohorts() {
    return facts.keySet();
  }

  /** The world of a cohort as it stands, as if all of it had just begun. */
  List<Fact> now(String cohort) {
    List<Fact> now = new ArrayList<>();
    for (String id : charts.keySet()) {
      Seen seen = Objects.requireNonNull(seen(id));
      if (cohorts(seen).contains(cohort)) {
        now.add(new Fact(id, 0, true, null, new Fact.Turn<>(null, seen.longitudes)));
      }
    }
    pairs.forEach(
        (id, pair) -> {
          Standing standing = pair.in(cohort);
          if (standing != null) {
            now.add(new Fact(id, 0, true, new Fact.Turn<>(null, standing), null));
          }
        });
    return now;
  }

  private void settle(String id, Pair pair, boolean stays, long lastTime) {
    Seen a = seen(pair.a);
    Seen b = seen(pair.b);
    boolean lives = stays && a != null && b != null;
    Map<String, Standing> before = new HashMap<>();
    for (String cohort : pair.cohorts) {
      Standing standing = pair.in(cohort);
      if (standing != null) {
        before.put(cohort, standing);
      }
    }
    Set<String> was = pair.cohorts;
    // Where no aspect changes a model is asked again if a sign does.
    pair.standing =
        lives && a != null && b != null ? Standing.of(id, a.longitudes, b.longitudes) : null;
    pair.heldOnce = pair.standing != null && (pair.heldOnce || !pair.standing.cells().isEmpty());
    pair.cohorts = lives ? new TreeSet<>(cohorts(a)) : Set.of();
    if (lives) {
      pair.cohorts.retainAll(cohorts(b));
    }
    long time = lives ? Math.max(pair.timeA, pair.timeB) : lastTime;
    for (String cohort : both(was, pair.cohorts)) {
      Fact.Turn<Standing> turn = new Fact.Turn<>(before.get(cohort), pair.in(cohort));
      Standing then = turn.before();
      Standing now = turn.after();
      if (then == null ? now != null : now == null || !then.set().equals(now.set())) {
        add(cohort, new Fact(id, time, late.test(time), turn, null));
      } else if (then != null && now != null && !Objects.equals(then.served(), now.served())) {
        add(cohort, new Fact(id, time, true, turn, null)); // counts in the level alone
      }
    }
  }

  /** The time of a chart, or of what says that there is none. */
  private long time(String id, long otherwise) {
    Chart chart = charts.get(id);
    return chart == null ? otherwise : chart.seenAt;
  }

  private void add(String cohort, Fact fact) {
    facts.computeIfAbsent(cohort, fresh -> new ArrayList<>()).add(fact);
  }

  private @Nullable Seen seen(String id) {
    Chart chart = charts.get(id);
    return chart == null ? null : new Seen(Longitudes.of(chart.values), chart.cohorts);
  }

  private static List<String> cohorts(@Nullable Seen seen) {
    if (seen == null) {
      return List.of();
    }
    List<String> cohorts = new ArrayList<>(seen.cohorts);
    cohorts.add(EVERYONE);
    return List.copyOf(cohorts);
  }

  private static Set<String> both(Collection<String> one, Collection<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
