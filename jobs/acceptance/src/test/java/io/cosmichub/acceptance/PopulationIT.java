package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.acceptance.Goldens.Couple;
import io.cosmichub.acceptance.Goldens.People;
import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Held;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.BestMatches;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Figures of the population and best matches on a real broker: held against counting the couples
 * and against looking at every pair, through watches that end, a chart that is erased and a move
 * that comes too late; and the lines of the guide.
 */
final class PopulationIT {

  /** What the names of the topics of the population begin with. */
  static final String TOPICS = "cosmichub.population.";

  private static final String TRENDS = "cosmichub.population.trends.v1";
  private static final String PATTERNS = "cosmichub.population.patterns.v1";
  private static final String LATE = "cosmichub.population.late.v1";
  private static final String MATCHES = "cosmichub.chart.matches.v1";
  private static final String CLOCK = "the-clock";
  private static final String PAIRS = "everyone/PT1H/pairs";
  private static final String ADDRESS = "localhost:9092";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final int PEOPLE = 20;

  /** So many people fall on fewer than twenty counters of 128 less than once in a lifetime. */
  private static final int ENOUGH = 60;

  @RegisterExtension private static final Stage stage = new Stage();

  private final Path directory;

  PopulationIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void levelsAreThoseOfTheCouplesThatStand() throws Exception {
    People people = Goldens.people();
    List<Couple> couples = Goldens.couples();
    Map<String, Map<Cell, Held>> standing = new TreeMap<>();
    Instant start = Instant.now();
    List<String> topics = new ArrayList<>(Outputs.SYNASTRY);
    topics.addAll(List.of(TRENDS, PATTERNS, LATE, MATCHES));
    try (Inputs in = stage.inputs(Format.PROTOBUF);
        Outputs out = new Outputs(stage.bootstrapServers(), topics);
        Cluster.Job job =
            stage.submit(
                Format.JSON,
                null,
                "--cosmichub.watermark.idleness=1s",
                "--cosmichub.population.pattern-window=1h",
                "--cosmichub.population.sample-share=1",
                "--cosmichub.matches.every=100ms")) {
      Set<String> charts = new TreeSet<>();
      for (Couple couple : couples) {
        in.watch(couple.pairId(), couple.chartA(), couple.chartB());
        charts.addAll(List.of(couple.chartA(), couple.chartB()));
        standing.put(couple.pairId(), couple.aspects());
      }
      charts.forEach(id -> in.chart(id, revision(start), people.chart(id)));
      in.flush();
      out.await("every couple", LIMIT, () -> out.deltaCount() == couples.size());
      Map<String, Integer> clock = time(in, people, start.plus(Duration.ofHours(3)));
      assertLevels(out, couples, standing);
      assertThat(trend(out.of(TRENDS, "everyone/PT1H/charts").get(0)).getCount())
          .isEqualTo(charts.size());
      assertThat(figure(out, "everyone/PT24H/pairs.changes").getCount()).isEqualTo(couples.size());
      assertPatterns(out, standing);
      assertThat(out.all(LATE)).isEmpty();
      BestMatches list = assertMatches(out, people, charts, clock, start.plus(Duration.ofHours(5)));

      // Half of the watches end, and a chart is erased: their pairs leave every level.
      for (Couple couple : couples.subList(0, couples.size() / 2)) {
        end(in, Inputs.WATCHES, couple.pairId(), start.plus(Duration.ofHours(6)));
        standing.remove(couple.pairId());
      }
      String erased = list.getMatches(0).getChartId();
      end(in, Inputs.CHARTS, erased, start.plus(Duration.ofHours(6)));
      couples.stream()
          .filter(couple -> couple.chartA().equals(erased) || couple.chartB().equals(erased))
          .forEach(couple -> standing.remove(couple.pairId()));
      in.flush();
      out.await(
          "the end of pairs",
          LIMIT,
          () ->
              couples.stream()
                  .filter(couple -> !standing.containsKey(couple.pairId()))
                  .allMatch(couple -> out.erased(Outputs.ASPECTS, couple.pairId())));
      charts.remove(erased);
      assertErased(out, people, charts, erased, clock, list);
      time(in, people, start.plus(Duration.ofHours(9)));
      assertLevels(out, couples, standing);
      assertPatterns(out, standing);
      assertThat(out.all(LATE)).isEmpty();

      // What was long ago changes the level, and no window.
      Couple late =
          couples.subList(couples.size() / 2, couples.size()).stream()
              .filter(couple -> standing.containsKey(couple.pairId()))
              .findFirst()
              .orElseThrow();
      Map<String, Integer> moved = new TreeMap<>(people.chart(late.chartA()));
      int sun = (Objects.requireNonNull(moved.get("sun")) + 90_000_000) % 360_000_000;
      moved.put("sun", sun);
      in.move(late.chartA(), revision(start) + 1, Map.of("sun", sun));
      in.flush();
      for (Couple couple : couples) {
        if (standing.containsKey(couple.pairId())
            && (couple.chartA().equals(late.chartA()) || couple.chartB().equals(late.chartA()))) {
          standing.put(
              couple.pairId(),
              Oracle.aspects(
                  couple.chartA().equals(late.chartA()) ? moved : people.chart(couple.chartA()),
                  couple.chartB().equals(late.chartA()) ? moved : people.chart(couple.chartB())));
        }
      }
      out.await(
          "the pair and the chart that came too late",
          LIMIT,
          () -> !out.of(LATE, late.pairId()).isEmpty() && !out.of(LATE, late.chartA()).isEmpty());
      assertThat(late(out.of(LATE, late.pairId()).get(0)).getKind()).isEqualTo("pair");
      time(in, people, start.plus(Duration.ofHours(13)));
      assertLevels(out, couples, standing);
      assertThat(job.restarts()).isZero();

      theLinesOfTheGuideWork(stage.bootstrapServers());
    }
  }

  /** What one sends who ends a watch or erases a chart as of a time. */
  private static void end(Inputs in, String topic, String key, Instant time) throws Exception {
    in.deliver(
        topic,
        0,
        key.getBytes(StandardCharsets.UTF_8),
        null,
        List.of(new RecordHeader("ce_time", time.toString().getBytes(StandardCharsets.UTF_8))));
  }

  /** The revision of a chart that is effective then. */
  private static long revision(Instant time) {
    return Duration.between(Inputs.effectiveAt(0), time).toSeconds();
  }

  /** Someone moves, and then again two hours later: the window in between closes. */
  private static Map<String, Integer> time(Inputs in, People people, Instant time) {
    Map<String, Integer> any = people.charts().values().iterator().next();
    Map<String, Integer> moved = new TreeMap<>(any);
    for (Instant at : List.of(time, time.plus(Duration.ofHours(2)))) {
      long revision = revision(at);
      moved.put("moon", (int) (revision / 3_600 % 360) * 1_000_000);
      in.chart(CLOCK, revision, moved);
      in.flush();
    }
    return moved;
  }

  /** Everybody has a list, and that of a chart that came last is the best of all. */
  private static BestMatches assertMatches(
      Outputs out, People people, Set<String> charts, Map<String, Integer> clock, Instant moved) {
    out.await(
        "the list of each chart",
        LIMIT,
        () ->
            charts.stream().allMatch(id -> out.latest(MATCHES, id) != null)
                && !out.of(MATCHES, CLOCK).isEmpty()
                && list(out, CLOCK).getRevision() == revision(moved));
    BestMatches list = list(out, CLOCK);
    assertBest(list, people, charts, clock);
    return list;
  }

  /** A chart is gone, and so is its name from the lists, which are otherwise as they were. */
  private static void assertErased(
      Outputs out,
      People people,
      Set<String> charts,
      String erased,
      Map<String, Integer> clock,
      BestMatches before) {
    out.await(
        "lists without " + erased,
        LIMIT,
        () ->
            out.erased(MATCHES, erased)
                && !names(list(out, CLOCK)).contains(erased)
                && charts.stream().noneMatch(id -> names(list(out, id)).contains(erased)));
    BestMatches after = list(out, CLOCK);
    assertThat(after.getRevision()).isEqualTo(before.getRevision());
    assertBest(after, people, charts, clock);
  }

  private static void assertBest(
      BestMatches list, People people, Set<String> charts, Map<String, Integer> chart) {
    Map<String, Double> totals = new TreeMap<>();
    for (String other : charts) {
      totals.put(other, Oracle.rawTotal(Oracle.aspects(chart, people.chart(other))));
    }
    List<Double> best =
        totals.values().stream().sorted(Comparator.reverseOrder()).limit(10).toList();
    assertThat(list.getCompared()).isEqualTo(charts.size());
    assertThat(list.getCohort()).isEqualTo("everyone");
    assertThat(list.getModel()).isEqualTo("rules/classic@1");
    assertThat(names(list)).hasSize(best.size()).doesNotHaveDuplicates();
    for (int rank = 0; rank < best.size(); rank++) {
      ChartMatch match = list.getMatches(rank);
      assertThat(match.getRawTotal()).isCloseTo(best.get(rank), within(1e-6));
      assertThat(totals.get(match.getChartId())).isCloseTo(match.getRawTotal(), within(1e-6));
      assertThat(match.getOverall())
          .isCloseTo(Math.min(100, 50 + match.getRawTotal() / 2), within(0.0501));
    }
  }

  private static List<String> names(BestMatches list) {
    return list.getMatchesList().stream().map(ChartMatch::getChartId).toList();
  }

  private static BestMatches list(Outputs out, String chart) {
    BestMatches.Builder list = BestMatches.newBuilder();
    Messages.merge(Objects.requireNonNull(out.latest(MATCHES, chart), chart), list);
    return list.build();
  }

  private static void assertLevels(
      Outputs out, List<Couple> couples, Map<String, Map<Cell, Held>> standing) throws IOException {
    out.await("the level of " + standing.size() + " pairs", LIMIT, () -> levelled(out, standing));
    out.drain(LIMIT);
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Set<String>> people = new TreeMap<>();
    Map<String, Set<String>> others = new TreeMap<>();
    items(couples, standing, counts, people, others);
    String end = figure(out, PAIRS).getWindowEnd().toString();
    Set<String> published = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : out.all(TRENDS)) {
      PopulationTrend trend = trend(record);
      if (!trend.getFigure().equals("aspect.held")
          || !trend.getWindowEnd().toString().equals(end)) {
        continue;
      }
      published.add(trend.getItem());
      assertThat(trend.getCount())
          .as(trend.getItem())
          .isEqualTo((long) counts.getOrDefault(trend.getItem(), 0));
      assertThat(trend.getAmong()).isEqualTo(standing.size());
      assertThat(people.get(trend.getItem())).hasSizeGreaterThanOrEqualTo(PEOPLE);
    }
    assertThat(published).isNotEmpty();
    people.forEach(
        (item, in) -> {
          if (!isOfOneBody(item)
              && in.size() >= ENOUGH
              && others.getOrDefault(item, Set.of()).size() >= ENOUGH) {
            assertThat(published).contains(item);
          }
        });
  }

  /**
   * Of these aspects some are withheld that others would tell: a pair holds one of them at most.
   */
  private static boolean isOfOneBody(String item) {
    return item.matches("(\\w+)-\\1 .*");
  }

  /** The newest level counts what stands, in a window whose aspects have come, too. */
  private static boolean levelled(Outputs out, Map<String, Map<Cell, Held>> standing) {
    List<PopulationTrend> pairs = out.of(TRENDS, PAIRS).stream().map(PopulationIT::trend).toList();
    if (pairs.isEmpty() || pairs.get(pairs.size() - 1).getCount() != standing.size()) {
      return false;
    }
    return sameAspects(out, pairs.get(pairs.size() - 1), standing);
  }

  private static boolean sameAspects(
      Outputs out, PopulationTrend pairs, Map<String, Map<Cell, Held>> standing) {
    Map<String, Integer> counts = new TreeMap<>();
    items(List.of(), standing, counts, new TreeMap<>(), new TreeMap<>());
    List<PopulationTrend> held =
        out.all(TRENDS).stream()
            .map(PopulationIT::trend)
            .filter(trend -> trend.getFigure().equals("aspect.held"))
            .filter(trend -> trend.getWindowEnd().equals(pairs.getWindowEnd()))
            .toList();
    return !held.isEmpty()
        && held.stream()
            .allMatch(trend -> trend.getCount() == counts.getOrDefault(trend.getItem(), 0));
  }

  /** The newest patterns are those of the couples that stand, counted one by one. */
  private static void assertPatterns(Outputs out, Map<String, Map<Cell, Held>> standing)
      throws IOException {
    List<Set<String>> held = new ArrayList<>();
    for (Map<Cell, Held> aspects : standing.values()) {
      Set<String> items = new HashSet<>();
      aspects.forEach((cell, holds) -> items.add(item(cell, holds)));
      held.add(items);
    }
    out.await(
        "patterns of " + standing.size() + " pairs",
        LIMIT,
        () -> newest(out).stream().anyMatch(pattern -> pattern.getAmong() == standing.size()));
    out.drain(LIMIT);
    List<PopulationPattern> patterns = newest(out);
    assertThat(patterns).anyMatch(pattern -> pattern.getThen().equals("t_square"));
    for (PopulationPattern pattern : patterns) {
      if (pattern.getGroup().equals("pairs")) {
        assertThat(pattern.getAmong()).isEqualTo(standing.size());
      }
      if (pattern.getGroup().equals("pairs") && pattern.hasRule()) {
        long given = held.stream().filter(in -> in.containsAll(pattern.getGivenList())).count();
        long both =
            held.stream()
                .filter(in -> in.containsAll(pattern.getGivenList()))
                .filter(in -> in.contains(pattern.getThen()))
                .count();
        assertThat(pattern.getCount()).as(pattern.getPattern()).isEqualTo(both);
        assertThat(pattern.getRule().getConfidence()).isEqualTo((double) both / given);
      }
    }
    assertThat(patterns).extracting(PopulationPattern::getGroup).contains("pairs", "charts");
  }

  private static List<PopulationPattern> newest(Outputs out) {
    List<PopulationPattern> all = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : out.all(PATTERNS)) {
      PopulationPattern.Builder pattern = PopulationPattern.newBuilder();
      Messages.merge(record, pattern);
      all.add(pattern.build());
    }
    long end = all.stream().mapToLong(each -> each.getWindowEnd().getSeconds()).max().orElse(0);
    return all.stream().filter(each -> each.getWindowEnd().getSeconds() == end).toList();
  }

  private static void items(
      List<Couple> couples,
      Map<String, Map<Cell, Held>> standing,
      Map<String, Integer> counts,
      Map<String, Set<String>> people,
      Map<String, Set<String>> others) {
    Map<String, Set<String>> itemsOf = new TreeMap<>();
    standing.forEach(
        (pair, aspects) -> {
          Set<String> items = new TreeSet<>();
          aspects.forEach((cell, held) -> items.add(item(cell, held)));
          items.forEach(item -> counts.merge(item, 1, Integer::sum));
          itemsOf.put(pair, items);
        });
    for (Couple couple : couples) {
      Set<String> items = itemsOf.get(couple.pairId());
      if (items != null) {
        for (String item : counts.keySet()) {
          (items.contains(item) ? people : others)
              .computeIfAbsent(item, fresh -> new TreeSet<>())
              .addAll(List.of(couple.chartA(), couple.chartB()));
        }
      }
    }
  }

  private static String item(Cell cell, Held held) {
    int a = Bodies.ALL.indexOf(cell.bodyA());
    int b = Bodies.ALL.indexOf(cell.bodyB());
    return Bodies.ALL.get(Math.min(a, b))
        + "-"
        + Bodies.ALL.get(Math.max(a, b))
        + " "
        + held.aspect();
  }

  private static PopulationTrend figure(Outputs out, String metric) {
    List<ConsumerRecord<byte[], byte[]>> records = out.of(TRENDS, metric);
    assertThat(records).as(metric).isNotEmpty();
    return trend(records.get(records.size() - 1));
  }

  private static PopulationTrend trend(ConsumerRecord<byte[], byte[]> record) {
    PopulationTrend.Builder trend = PopulationTrend.newBuilder();
    Messages.merge(record, trend);
    return trend.build();
  }

  private static PopulationLate late(ConsumerRecord<byte[], byte[]> record) {
    PopulationLate.Builder late = PopulationLate.newBuilder();
    Messages.merge(record, late);
    return late.build();
  }

  private void theLinesOfTheGuideWork(String bootstrapServers) throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(Checkout.file("docs/population.md")));
    int lines = 0;
    while (matcher.find()) {
      if (matcher.group(1).contains("kcat ")) {
        assertThat(matcher.group(1)).contains(ADDRESS);
        String printed =
            Child.run(
                List.of(
                    "bash",
                    "-euo",
                    "pipefail",
                    "-c",
                    matcher.group(1).replace(ADDRESS, bootstrapServers)),
                Checkout.root(),
                Map.of(),
                directory.resolve("guide.txt"),
                LIMIT);
        assertThat(printed)
            .as(matcher.group(1))
            .contains(matcher.group(1).contains("python3") ? " pairs " : "{");
        lines++;
      }
    }
    assertThat(lines).isEqualTo(5);
  }
}
