package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.HeldCells;
import io.cosmichub.population.shape.ShapeFinder;
import io.cosmichub.score.RuleScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PopulationScanTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final int CHARTS = 260;
  private static final int BEST = 5;

  @TempDir Path directory;

  @Test
  void everyFigureIsThatOfLookingAtEveryPair() throws IOException {
    List<Longitudes> charts = Given.charts(CHARTS, 11);
    Path out = directory.resolve("out");

    Given.Run run =
        Given.scan(
            "--charts",
            Given.csv(directory.resolve("charts.csv"), charts),
            "--out",
            out,
            "--best",
            BEST,
            "--people",
            2);

    assertThat(run.exit()).as(run.said()).isZero();
    assertThat(run.said()).contains("260 charts", "33,670 pairs in 3 blocks", "report.html");
    AspectSet[][] sets = new AspectSet[CHARTS][CHARTS];
    for (int a = 0; a < CHARTS; a++) {
      for (int b = 0; b < CHARTS; b++) {
        sets[a][b] = set(charts.get(a), charts.get(b));
      }
    }
    checkMatches(out, sets);
    checkDistribution(out, sets);
    checkPrevalence(out, sets);
    checkPatterns(out, sets);
    checkShapes(out, charts);
    assertThat(out.resolve("blocks")).doesNotExist();
    assertThat(out.resolve("left-out.jsonl")).isEmptyFile();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("260 charts, 33,670 pairs", "<svg", "Patterns among best matches")
        .contains("The vector kernel scored 33,670 pairs", "an orb of 1° or less would take")
        .doesNotContain("chart-", "http");
  }

  @Test
  void whatRestsOnFewPeopleIsNotWritten() throws IOException {
    List<Longitudes> charts = new ArrayList<>(Given.charts(40, 5));
    Path out = directory.resolve("out");

    Given.scan(
        "--charts", Given.csv(directory.resolve("few.csv"), charts), "--out", out, "--people", 41);

    for (String file : List.of("distribution", "prevalence", "patterns", "shapes")) {
      assertThat(out.resolve(file + ".jsonl")).as(file).isEmptyFile();
    }
    assertThat(json(out, "matches.jsonl")).hasSize(40);
  }

  @Test
  void everyFigureAndWhatItLeavesOfItsWholeRestsOnEnoughPeople() throws IOException {
    List<Longitudes> charts = Given.charts(60, 17);
    Path out = directory.resolve("out");

    Given.scan("--charts", Given.csv(directory.resolve("some.csv"), charts), "--out", out);

    List<JsonNode> prevalence = json(out, "prevalence.jsonl");
    assertThat(prevalence).isNotEmpty();
    for (JsonNode line : prevalence) {
      int low = slot(line.get("body"));
      int high = slot(line.get("other"));
      Aspect aspect = Objects.requireNonNull(CLASSIC.aspectOfId(line.get("aspect").textValue()));
      assertEnough(
          charts,
          (a, b) ->
              holds(charts.get(a), low, charts.get(b), high, aspect)
                  || holds(charts.get(a), high, charts.get(b), low, aspect));
    }
    List<List<Set<String>>> ids = new ArrayList<>();
    for (Longitudes a : charts) {
      ids.add(charts.stream().map(b -> ids(a, b)).toList());
    }
    List<JsonNode> patterns = json(out, "patterns.jsonl");
    assertThat(patterns).isNotEmpty();
    for (JsonNode line : patterns) {
      if (line.get("among").textValue().equals("all")) {
        Set<String> given = new HashSet<>();
        line.get("given").forEach(item -> given.add(item.textValue()));
        String then = line.get("then").textValue();
        PairTest hasGiven = (a, b) -> ids.get(a).get(b).containsAll(given);
        PairTest hasThen = (a, b) -> ids.get(a).get(b).contains(then);
        assertEnough(charts, (a, b) -> hasGiven.test(a, b) && hasThen.test(a, b));
        assertEnoughOrNone(charts, (a, b) -> hasGiven.test(a, b) && !hasThen.test(a, b));
        assertEnoughOrNone(charts, (a, b) -> !hasGiven.test(a, b) && hasThen.test(a, b));
      }
    }
    for (JsonNode line : json(out, "distribution.jsonl")) {
      // n people make n(n - 1)/2 pairs.
      assertThat(line.get("pairs").longValue()).isGreaterThan(19 * 18 / 2);
    }
  }

  /** Whether something holds in a pair of charts, by their numbers. */
  @FunctionalInterface
  private interface PairTest {
    boolean test(int a, int b);
  }

  private static void assertEnough(List<Longitudes> charts, PairTest pair) {
    assertThat(people(charts, pair)).isGreaterThanOrEqualTo(20);
  }

  private static void assertEnoughOrNone(List<Longitudes> charts, PairTest pair) {
    int people = people(charts, pair);
    assertThat(people == 0 || people >= 20).isTrue();
  }

  private static int people(List<Longitudes> charts, PairTest pair) {
    BitSet people = new BitSet();
    for (int a = 0; a < charts.size(); a++) {
      for (int b = a + 1; b < charts.size(); b++) {
        if (pair.test(a, b)) {
          people.set(a);
          people.set(b);
        }
      }
    }
    return people.cardinality();
  }

  private static boolean holds(
      Longitudes a, int slotOfA, Longitudes b, int slotOfB, Aspect aspect) {
    return a.has(slotOfA)
        && b.has(slotOfB)
        && Math.abs(MicroDegrees.separation(a.at(slotOfA), b.at(slotOfB)) - aspect.angle())
            <= aspect.maxOrb();
  }

  private static Set<String> ids(Longitudes a, Longitudes b) {
    Set<String> ids = new HashSet<>();
    HeldCells.of(set(a, b)).stream().forEach(cell -> ids.add(AspectCell.id(cell, CLASSIC)));
    return ids;
  }

  private static int slot(JsonNode body) {
    return Objects.requireNonNull(Body.ofId(body.textValue())).slot();
  }

  @Test
  void rowsThatCannotBeUsedAreListedWithoutTheirLongitudes() throws IOException {
    Path charts =
        Files.writeString(
            directory.resolve("charts.csv"),
            """
            chart_id,sun,moon,notes
            a,10.5,20,x
            b,361.25,20,x
            ,1,2,x
            c,,,x
            d,12,north,x
            e,130.5,,x
            """);
    Path out = directory.resolve("out");

    Given.Run run = Given.scan("--charts", charts, "--out", out);

    assertThat(run.exit()).as(run.said()).isZero();
    assertThat(run.said()).contains("2 charts", "4 cannot be used, the first line 3 of " + charts);
    assertThat(json(out, "left-out.jsonl").stream().map(row -> row.get("line").intValue()))
        .containsExactly(3, 4, 5, 6);
    assertThat(json(out, "left-out.jsonl").stream().map(row -> row.get("why").textValue()))
        .containsExactly(
            "sun is not a number of degrees in [0, 360)",
            "there is no chart_id",
            "there is no body",
            "moon is not a number of degrees in [0, 360)");
  }

  @Test
  void mistakesAreSaidAndNothingIsWritten() throws IOException {
    Path charts = Given.csv(directory.resolve("charts.csv"), Given.charts(5, 1));
    Path twice = Files.writeString(directory.resolve("twice.csv"), "chart_id,sun\na,1\na,2\n");
    Path alone = Files.writeString(directory.resolve("alone.csv"), "chart_id,sun\na,1\n");
    Path none = directory.resolve("none.csv");
    Path out = directory.resolve("out");

    assertThat(Given.scan("--charts", none, "--out", out))
        .isEqualTo(new Given.Run(2, "scan: there is no file " + none + "\n"));
    assertThat(Given.scan("--charts", twice, "--out", out).said())
        .contains("line 3: chart_id a is on line 2 already");
    assertThat(Given.scan("--charts", alone, "--out", out).said())
        .contains("fewer than two charts");
    assertThat(Given.scan("--charts", charts, "--out", out, "--kernel", "abacus").said())
        .contains("Unknown kernel 'abacus'");
    assertThat(Given.scan("--charts", charts, "--out", out, "--people", 1))
        .isEqualTo(
            new Given.Run(2, "scan: --people: figures rest on 2 to 64 people at least, not 1\n"));
    assertThat(Given.scan("--charts", charts, "--out", out, "--format", "xml").said())
        .contains("--format: ");
    assertThat(Given.scan("--charts", charts, "--out", out, "--best", 0).exit()).isEqualTo(2);
    Given.Run many = Given.scan("--charts", charts, "--out", out, "--best", 2_000_000_000);
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.said()).contains("--best 2000000000 of 5 charts, --parallelism 1: takes about");
    assertThat(out).doesNotExist();
  }

  @Test
  void filesThatCannotBeReadOrWrittenAreNamedInOneLine() throws IOException {
    Path charts = Given.csv(directory.resolve("charts.csv"), Given.charts(5, 1));
    Path folder = Files.createDirectories(directory.resolve("folder"));
    Path file = Files.writeString(directory.resolve("file"), "");
    byte[] torn = {(byte) 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3};
    Path broken = Files.write(directory.resolve("broken.csv.gz"), torn);

    for (Given.Run run :
        List.of(
            Given.scan("--charts", folder, "--out", directory.resolve("out")),
            Given.scan("--charts", broken, "--out", directory.resolve("out")),
            Given.scan("--charts", charts, "--out", file))) {
      assertThat(run.exit()).as(run.said()).isNotZero();
      assertThat(run.said().lines().filter(line -> line.startsWith("scan: "))).hasSize(1);
      assertThat(run.said()).doesNotContain("\tat ");
    }
  }

  @Test
  void whatBestMatchesLeaveOfAllPairsRestsOnEnoughPeople() throws IOException {
    List<Longitudes> charts = Given.charts(250, 18);
    Path out = directory.resolve("out");

    Given.scan("--charts", Given.csv(directory.resolve("many.csv"), charts), "--out", out);

    Set<Set<String>> best = new HashSet<>();
    for (JsonNode line : json(out, "matches.jsonl")) {
      best.add(
          Set.of(
              line.get("chartId").textValue(),
              line.get("matches").get(0).get("chartId").textValue()));
    }
    Map<String, BitSet> holders = new HashMap<>();
    List<int[]> rest = new ArrayList<>();
    for (int a = 0; a < charts.size(); a++) {
      for (int b = a + 1; b < charts.size(); b++) {
        if (!best.contains(Set.of(Given.id(a), Given.id(b)))) {
          int row = rest.size();
          rest.add(new int[] {a, b});
          ids(charts.get(a), charts.get(b))
              .forEach(id -> holders.computeIfAbsent(id, fresh -> new BitSet()).set(row));
        }
      }
    }
    List<JsonNode> patterns =
        json(out, "patterns.jsonl").stream()
            .filter(line -> line.get("among").textValue().equals("best"))
            .toList();
    assertThat(patterns).isNotEmpty();
    for (JsonNode line : patterns) {
      BitSet having = new BitSet();
      having.set(0, rest.size());
      line.get("given")
          .forEach(item -> having.and(holders.getOrDefault(item.textValue(), new BitSet())));
      assertEnoughOrNone(having, rest);
      having.and(holders.getOrDefault(line.get("then").textValue(), new BitSet()));
      assertEnoughOrNone(having, rest);
    }
  }

  private static void assertEnoughOrNone(BitSet rows, List<int[]> pairs) {
    BitSet people = new BitSet();
    rows.stream()
        .forEach(
            row -> {
              people.set(pairs.get(row)[0]);
              people.set(pairs.get(row)[1]);
            });
    assertThat(people.isEmpty() || people.cardinality() >= 20).isTrue();
  }

  private static void checkMatches(Path out, AspectSet[][] sets) throws IOException {
    List<JsonNode> lines = json(out, "matches.jsonl");
    assertThat(lines).hasSize(CHARTS);
    for (int a = 0; a < CHARTS; a++) {
      int self = a;
      List<Integer> order =
          IntStream.range(0, CHARTS)
              .filter(b -> b != self)
              .boxed()
              .sorted(
                  Comparator.comparingLong((Integer b) -> -total(sets[self][b]))
                      .thenComparing(b -> b))
              .limit(BEST)
              .toList();
      JsonNode matches = lines.get(a).get("matches");
      assertThat(lines.get(a).get("chartId").textValue()).isEqualTo(Given.id(a));
      assertThat(matches).hasSize(BEST);
      for (int place = 0; place < BEST; place++) {
        RuleScore score = RuleScore.of(sets[a][order.get(place)], CLASSIC);
        assertThat(matches.get(place).get("chartId").textValue())
            .isEqualTo(Given.id(order.get(place)));
        assertThat(matches.get(place).get("overall").doubleValue()).isEqualTo(score.overall());
        assertThat(matches.get(place).get("rawTotal").doubleValue()).isEqualTo(score.rawTotal());
      }
    }
  }

  private static void checkDistribution(Path out, AspectSet[][] sets) throws IOException {
    Map<Integer, Long> bins = new HashMap<>();
    for (int a = 0; a < CHARTS; a++) {
      for (int b = a + 1; b < CHARTS; b++) {
        // A point is 2 of the raw total, from -100 on.
        long point = Math.floorDiv(total(sets[a][b]) + 100 * 480_000_000L, 2 * 480_000_000L);
        bins.merge((int) Math.max(0, Math.min(99, point)), 1L, Long::sum);
      }
    }
    Map<Integer, Long> written = new HashMap<>();
    json(out, "distribution.jsonl")
        .forEach(bin -> written.put(bin.get("from").intValue(), bin.get("pairs").longValue()));
    assertThat(written).isEqualTo(bins);
  }

  private static void checkPrevalence(Path out, AspectSet[][] sets) throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (int a = 0; a < CHARTS; a++) {
      for (int b = a + 1; b < CHARTS; b++) {
        sets[a][b].forEach(
            (row, col, hit) ->
                counts.merge(
                    AspectCell.id(AspectCell.of(row, col, Hit.code(hit)), CLASSIC), 1L, Long::sum));
      }
    }
    Map<String, Long> written = new HashMap<>();
    json(out, "prevalence.jsonl")
        .forEach(
            line ->
                written.put(
                    line.get("body").textValue()
                        + "-"
                        + line.get("other").textValue()
                        + " "
                        + line.get("aspect").textValue(),
                    line.get("count").longValue()));
    assertThat(written).isEqualTo(counts);
  }

  private static void checkPatterns(Path out, AspectSet[][] sets) throws IOException {
    List<JsonNode> patterns = json(out, "patterns.jsonl");
    assertThat(patterns).anyMatch(line -> line.get("among").textValue().equals("best"));
    Map<String, BitSet> holders = new HashMap<>();
    int pairs = 0;
    for (int a = 0; a < CHARTS; a++) {
      for (int b = a + 1; b < CHARTS; b++) {
        int pair = pairs++;
        HeldCells.of(sets[a][b]).stream()
            .mapToObj(cell -> AspectCell.id(cell, CLASSIC))
            .forEach(id -> holders.computeIfAbsent(id, fresh -> new BitSet()).set(pair));
      }
    }
    for (JsonNode pattern : patterns) {
      if (pattern.get("among").textValue().equals("all")) {
        BitSet withThen = Objects.requireNonNull(holders.get(pattern.get("then").textValue()));
        BitSet withGiven = new BitSet();
        withGiven.set(0, pairs);
        for (JsonNode item : pattern.get("given")) {
          withGiven.and(Objects.requireNonNull(holders.get(item.textValue())));
        }
        BitSet withBoth = (BitSet) withGiven.clone();
        withBoth.and(withThen);
        double confidence = (double) withBoth.cardinality() / withGiven.cardinality();
        assertThat(pattern.get("pairs").intValue()).isEqualTo(withBoth.cardinality());
        assertThat(pattern.get("confidence").doubleValue()).isEqualTo(confidence);
        assertThat(pattern.get("lift").doubleValue())
            .isEqualTo(confidence * pairs / withThen.cardinality());
      }
    }
  }

  private static void checkShapes(Path out, List<Longitudes> charts) throws IOException {
    ShapeFinder finder = new ShapeFinder(CLASSIC);
    Map<String, Long> counts = new HashMap<>();
    for (int a = 0; a < CHARTS; a++) {
      finder.inChart(charts.get(a)).stream()
          .map(shape -> "chart " + shape.kind().id())
          .distinct()
          .forEach(shape -> counts.merge(shape, 1L, Long::sum));
      for (int b = a + 1; b < CHARTS; b++) {
        finder.across(charts.get(a), charts.get(b)).stream()
            .map(shape -> "pair " + shape.kind().id())
            .distinct()
            .forEach(shape -> counts.merge(shape, 1L, Long::sum));
      }
    }
    Map<String, Long> written = new HashMap<>();
    json(out, "shapes.jsonl")
        .forEach(
            line ->
                written.put(
                    line.get("in").textValue() + " " + line.get("shape").textValue(),
                    line.get("count").longValue()));
    // A figure of a single chart rests on one person.
    counts.values().removeIf(count -> count < 2);
    written.values().removeIf(count -> count < 2);
    assertThat(written).isEqualTo(counts);
  }

  private static long total(AspectSet set) {
    long[] total = new long[1];
    set.forEach(
        (row, col, hit) -> {
          Aspect aspect = CLASSIC.aspect(Hit.code(hit));
          long multiplier = Math.round(aspect.base() * 120_000_000 / aspect.maxOrb());
          long weights = Math.round(2 * CLASSIC.weight(row) + 2 * CLASSIC.weight(col));
          total[0] += weights * multiplier * (aspect.maxOrb() - Hit.orb(hit));
        });
    return total[0];
  }

  private static AspectSet set(Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        if (a.has(row) && b.has(col)) {
          int hit = CLASSIC.match(MicroDegrees.separation(a.at(row), b.at(col)));
          if (hit != Hit.NONE) {
            set.put(row, col, hit);
          }
        }
      }
    }
    return set.build();
  }

  private static List<JsonNode> json(Path out, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve(file))) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }
}
