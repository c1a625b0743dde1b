package io.cosmichub.streaming.matches;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Charts that come, change and go, and what their lists must be, by looking at every pair. */
final class Crowd {

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final ReferenceKernel KERNEL = new ReferenceKernel(CLASSIC);
  private static final RuleScorer SCORER = new RuleScorer(CLASSIC);

  private final Map<String, MatchedChart> charts = new TreeMap<>();
  private final Map<String, MatchList> published = new HashMap<>();
  private final Set<String> waiting = new TreeSet<>();
  private final String cohort;
  private final MatchConfig config;

  Crowd(String cohort, MatchConfig config) {
    this.cohort = cohort;
    this.config = config;
  }

  /** Somebody of {@code size} people comes or changes; every fourth time someone goes. */
  ChartChange live(Random random, int size) {
    String id = "chart-" + random.nextInt(size);
    return random.nextInt(4) == 0 ? erase(id) : put(id, chart(random));
  }

  ChartChange put(String id, Longitudes longitudes) {
    MatchedChart before = charts.get(id);
    long revision = before == null ? 1 : before.revision() + 1;
    charts.put(id, new MatchedChart(revision, longitudes));
    waiting.add(id);
    return new ChartChange(
        id, revision, 0, before == null ? null : before.longitudes(), longitudes);
  }

  ChartChange erase(String id) {
    MatchedChart before = charts.remove(id);
    waiting.remove(id);
    published.forEach(
        (other, list) -> {
          if (charts.containsKey(other) && names(list).contains(id)) {
            waiting.add(other);
          }
        });
    return new ChartChange(id, 0, 0, before == null ? null : before.longitudes(), null);
  }

  /** The tombstone that the erasure of a chart gives at once; null if nothing was published. */
  @Nullable MatchList tombstone(String id, long now) {
    return published.remove(id) == null ? null : MatchList.erased(id, cohort, now);
  }

  List<String> charts() {
    return List.copyOf(charts.keySet());
  }

  Set<String> waiting() {
    return waiting;
  }

  /** Whether a published list names a chart that is gone. */
  boolean anyNames(Set<String> gone) {
    return published.values().stream()
        .flatMap(list -> names(list).stream())
        .anyMatch(gone::contains);
  }

  /** When the latest list of a chart was published; null if none was. */
  @Nullable Long listedAt(String id) {
    MatchList list = published.get(id);
    return list == null ? null : list.at();
  }

  /** How many charts a chart is compared with, itself among them if it is one. */
  int candidates() {
    return Math.min(charts.size(), config.candidates());
  }

  /** The list of a chart if it is computed now; it counts as published. */
  MatchList list(String id, long now) {
    MatchedChart chart = chart(id);
    List<String> among = new ArrayList<>(charts.keySet());
    among.sort(Comparator.comparingLong(SampleShare::hash));
    among = new ArrayList<>(among.subList(0, candidates()));
    among.remove(id);
    Map<String, Long> totals = new HashMap<>();
    among.forEach(other -> totals.put(other, total(chart, chart(other))));
    List<Match> matches =
        among.stream()
            .sorted(
                Comparator.<String>comparingLong(totals::get)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder()))
            .limit(config.best())
            .map(other -> match(other, chart))
            .toList();
    MatchList list = new MatchList(id, chart.revision(), cohort, now, among.size(), matches);
    waiting.remove(id);
    published.put(id, list);
    return list;
  }

  private MatchedChart chart(String id) {
    return Objects.requireNonNull(charts.get(id), id);
  }

  private Match match(String other, MatchedChart chart) {
    RuleScore score =
        SCORER.score(
            KERNEL.aspects(
                chart.longitudes(), chart(other).longitudes(), Body.ALL_MASK, Body.ALL_MASK));
    return new Match(other, score.overall(), score.rawTotal());
  }

  private static long total(MatchedChart a, MatchedChart b) {
    return KERNEL.score(
        ChartBlock.of(List.of(a.longitudes())), 0, ChartBlock.of(List.of(b.longitudes())), 0);
  }

  private static List<String> names(MatchList list) {
    List<Match> matches = list.matches();
    return matches == null ? List.of() : matches.stream().map(Match::chartId).toList();
  }

  /** Often with few bodies, and in few places, so that many score alike. */
  static Longitudes chart(Random random) {
    Longitudes chart = Longitudes.NONE;
    int places = random.nextBoolean() ? 4 : 360;
    for (int bodies = random.nextInt(5); bodies >= 0; bodies--) {
      chart = chart.with(random.nextInt(12), random.nextInt(places) * (360_000_000 / places));
    }
    return chart;
  }
}
