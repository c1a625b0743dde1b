package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.Interval;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.pipeline.CreateTopics;
import io.cosmichub.quickstart.LocalBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the consumers' guide says, run against a real broker: Flink SQL, and the lines of a shell.
 */
final class ConsumersGuideIT {

  private static final Path ROOT = Path.of("..", "..");
  private static final Path GUIDE = ROOT.resolve("docs").resolve("consumers.md");
  private static final Path SQL =
      ROOT.resolve("docs").resolve("examples").resolve("population.sql");
  private static final String ADDRESS = "localhost:9092";
  private static final Pattern SET = Pattern.compile("SET '([^']+)' = '([^']+)'");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final long START = Instant.parse("2026-06-01T12:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final String GUIDE_LINK = "everyone/2026-01-01T00:00:00Z/2026-01-01T01:00:00Z";
  private static final String LINK = "everyone/2026-06-01T12:00:00Z/2026-06-01T13:00:00Z";

  private static Path directory;
  private static LocalBroker broker;

  @BeforeAll
  static void publish(@TempDir Path folder) throws Exception {
    directory = folder;
    broker = LocalBroker.start(directory.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<String> unused = CreateTopics.createMissing(admin);
    }
    PopulationEncoder encoder = new PopulationEncoder(Format.JSON);
    try (Sent sent = new Sent(broker.bootstrapServers())) {
      sent.send(
          encoder.trend(
              trend("venus-mars trine", 1_812, 4.25).toBuilder()
                  .setInsight("Venus-Mars trines are up 34%")
                  .setLink(LINK)
                  .build()));
      sent.send(encoder.trend(trend("sun-moon square", 900, -6.5)));
      sent.send(encoder.trend(trend("moon-moon sextile", 700, 0)));
      sent.send(encoder.pattern(rule("pairs", List.of("sun-sun trine"), 1.5, 0.5)));
      sent.send(
          encoder.pattern(rule("pairs", List.of("sun-sun trine", "moon-mars square"), 3, 0.25)));
      sent.send(encoder.pattern(shape()));
    }
    Given.Run run =
        Given.scan(
            "--charts",
            Given.csv(directory.resolve("charts.csv"), Given.charts(60, 51)),
            "--bootstrap",
            broker.bootstrapServers(),
            "--out",
            directory.resolve("out"),
            "--kernel",
            "reference");
    assertThat(run.exit()).as(run.said()).isZero();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void flinkSqlReadsTrendsAndPatterns() throws Exception {
    String text =
        Files.readString(SQL)
            .replace(ADDRESS, broker.bootstrapServers())
            .lines()
            .filter(line -> !line.startsWith("--"))
            .collect(Collectors.joining("\n"));
    Map<String, String> settings = new HashMap<>(Map.of("parallelism.default", "1"));
    List<String> statements = new ArrayList<>();
    for (String piece : text.split(";(\n|$)", -1)) {
      Matcher set = SET.matcher(piece.strip());
      if (set.matches()) {
        settings.put(set.group(1), set.group(2));
      } else if (!piece.isBlank()) {
        statements.add(piece.strip());
      }
    }
    TableEnvironment tables =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .withConfiguration(Configuration.fromMap(settings))
                .build());
    List<List<Row>> results = new ArrayList<>();
    for (String statement : statements) {
      TableResult result = tables.executeSql(statement);
      if (statement.startsWith("SELECT")) {
        results.add(rows(result));
      }
    }

    Instant end = Instant.ofEpochMilli(START + HOUR);
    assertThat(results.get(0))
        .containsExactly(
            Row.of(end, "sun-moon square", 900L, 5_000L, -6.5),
            Row.of(end, "venus-mars trine", 1_812L, 5_000L, 4.25));
    assertThat(results.get(1))
        .containsExactly(
            Row.of(
                end, "pairs", "sun-sun trine", "venus-mars trine", 1.5, leastLift(1.5, 0.5, 0.9)),
            Row.of(
                end,
                "pairs",
                "sun-sun trine and moon-mars square",
                "venus-mars trine",
                3.0,
                leastLift(3, 0.25, 0.4)));
  }

  @Test
  void theLinesOfTheGuideWork() throws Exception {
    Matcher blocks = BLOCK.matcher(Files.readString(GUIDE));
    List<String> printed = new ArrayList<>();
    while (blocks.find()) {
      assertThat(blocks.group(1)).contains(ADDRESS);
      printed.add(
          run(
              blocks
                  .group(1)
                  .replace(ADDRESS, broker.bootstrapServers())
                  .replace(GUIDE_LINK, LINK)));
    }

    assertThat(printed).hasSize(5);
    assertThat(printed.get(0))
        .contains(
            "aspect.held of sun-moon square: z -6.5",
            "Venus-Mars trines are up 34%",
            "#population/" + LINK);
    assertThat(printed.get(2).lines().map(line -> line.substring(0, 28).strip()))
        .containsExactlyInAnyOrder(
            "aspect.held venus-mars trine",
            "aspect.held sun-moon square",
            "aspect.held moon-moon sextil");
    assertThat(printed.get(1))
        .contains(
            "sun-sun trine => venus-mars trine: 1.50, among pairs", "t_square in 25.0% of charts");
    assertThat(printed.get(3)).contains("\"figure\":\"aspect.held\"", "\"figure\":\"pattern\"");
    assertThat(printed.get(4).lines()).hasSize(60);
  }

  private static double leastLift(double lift, double confidence, double least) {
    return lift * (least * confidence) / confidence;
  }

  private static String run(String line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", line)
            .directory(ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(line).isZero();
    return printed;
  }

  private static List<Row> rows(TableResult result) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> each = result.collect()) {
      each.forEachRemaining(row -> rows.add(Row.copy(row)));
    }
    return rows;
  }

  private static PopulationTrend trend(String item, long count, double z) {
    PopulationTrend.Builder trend =
        PopulationTrend.newBuilder()
            .setMetric("everyone/PT1H/aspect.held/" + item)
            .setCohort("everyone")
            .setFigure("aspect.held")
            .setItem(item)
            .setWindowStart(PopulationEncoder.time(START))
            .setWindowEnd(PopulationEncoder.time(START + HOUR))
            .setValue(count / 5_000.0)
            .setCount(count)
            .setAmong(5_000);
    if (z != 0) {
      trend
          .setTrending(true)
          .setDeviation(
              Deviation.newBuilder().setZ(z).setP(1e-5).setExpected(0.3).setReferences(24));
    }
    return trend.build();
  }

  /** With an interval whose lower end is 0.9 or 0.4 of the confidence. */
  private static PopulationPattern rule(
      String group, List<String> given, double lift, double confidence) {
    double least = given.size() == 1 ? 0.9 : 0.4;
    return pattern(String.join(" + ", given) + " => venus-mars trine", group, "venus-mars trine")
        .addAllGiven(given)
        .setRule(
            PatternRule.newBuilder()
                .setConfidence(confidence)
                .setConfidenceInterval(
                    Interval.newBuilder().setLow(least * confidence).setHigh(0.75))
                .setLift(lift))
        .build();
  }

  private static PopulationPattern shape() {
    return pattern("t_square", "charts", "t_square").build();
  }

  private static PopulationPattern.Builder pattern(String id, String group, String then) {
    return PopulationPattern.newBuilder()
        .setPattern("everyone/PT1H/" + group + "/" + id)
        .setCohort("everyone")
        .setGroup(group)
        .setThen(then)
        .setWindowStart(PopulationEncoder.time(START))
        .setWindowEnd(PopulationEncoder.time(START + HOUR))
        .setCount(250)
        .setAmong(1_000)
        .setSupport(0.25)
        .setSupportInterval(Interval.newBuilder().setLow(0.22).setHigh(0.28))
        .setSample(1);
  }
}
