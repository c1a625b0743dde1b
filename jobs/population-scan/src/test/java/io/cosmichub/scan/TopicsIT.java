package io.cosmichub.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pipeline.CreateTopics;
import io.cosmichub.quickstart.LocalBroker;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Charts from a topic and results to topics, on a real broker; and what the guide says of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // each test, and the wait for a commit
final class TopicsIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int CHARTS = 60;
  private static final int ERASED = 7;
  private static final int ERASED_LATER = 8;

  private static Path directory;
  private static LocalBroker broker;
  private static Sent sent;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    directory = folder;
    broker = LocalBroker.start(directory.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<String> unused = CreateTopics.createMissing(admin);
    }
    sent = new Sent(broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    sent.close();
    broker.close();
  }

  @Test
  void theChartsThatStandOnTheTopicAreScannedAndTheResultsAreOnTopicsToo() throws Exception {
    List<Longitudes> charts = Given.charts(CHARTS, 41);
    List<Longitudes> others = Given.charts(CHARTS, 42);
    InputEncoder encoder = new InputEncoder(Format.JSON);
    for (int chart = 0; chart < CHARTS; chart++) {
      // The newest revision counts, and not the last that came.
      sent.send(encoder.chart(update(chart, 1, others.get(chart))));
      sent.send(encoder.chart(update(chart, 9, charts.get(chart))));
      sent.send(encoder.chart(update(chart, 5, others.get(chart))));
    }
    sent.send(Topics.CHART_UPDATES, Given.id(ERASED), null);
    sent.send(Topics.CHART_UPDATES, "broken", "{\"chartId\":\"broken\",\"revision\":\"1\"");
    sent.send(encoder.chart(update(CHARTS, 1, Longitudes.NONE)));
    sent.flush();

    Path out = directory.resolve("from-topic");
    Given.Run run = scan(out);

    assertThat(run.exit()).as(run.said()).isZero();
    assertThat(run.said()).contains("59 charts in " + Topics.CHART_UPDATES, "2 cannot be used");
    assertThat(json(out, "left-out.jsonl"))
        .extracting(row -> row.get("why").textValue())
        .anyMatch(why -> why.startsWith("BROKEN_JSON"))
        .anyMatch(why -> why.equals("there is no body"));
    assertThat(bestOf(json(out, "matches.jsonl"))).isEqualTo(bestOf(fromFile(charts)));
    Map<String, JsonNode> matches = standing(Topics.POPULATION_MATCHES);
    assertThat(matches.values())
        .allMatch(list -> list.path("model").asText().equals("rules/classic@1"));
    assertThat(bestOf(matches.values())).isEqualTo(bestOf(json(out, "matches.jsonl")));
    Map<String, JsonNode> figures = standing(Topics.POPULATION_SCANS);
    checkFigures(out, figures);

    // A scan that was broken off goes on with the charts that it had read.
    Path broken = directory.resolve("broken-off");
    ChartSnapshot.write(
        broken.resolve("blocks"),
        ScanCharts.read(List.of(directory.resolve("charts.csv")), 1_780_000_000_000L));
    sent.send(Topics.CHART_UPDATES, Given.id(ERASED_LATER), null);
    sent.flush();
    assertThat(scan(broken).said()).contains("59 charts in");
    assertThat(broken.resolve("blocks")).doesNotExist();

    // A chart that is gone goes from the matches of all.
    Given.Run after = scan(directory.resolve("after"));
    assertThat(after.said()).contains("58 charts in");
    Map<String, JsonNode> left = standing(Topics.POPULATION_MATCHES);
    assertThat(left).hasSize(CHARTS - 2).doesNotContainKey(Given.id(ERASED_LATER));
    assertThat(left.values().toString()).doesNotContain("\"" + Given.id(ERASED_LATER) + "\"");
  }

  @Test
  void aBrokerThatDoesNotAnswerAndATopicThatIsNotThereAreSaid() throws IOException {
    Path fast =
        Files.writeString(
            directory.resolve("fast.properties"),
            "default.api.timeout.ms=900\nrequest.timeout.ms=500\n");
    Path out = directory.resolve("nothing");

    Given.Run run =
        Given.scan("--bootstrap", "127.0.0.1:1", "--client-properties", fast, "--out", out);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.said()).contains("the topics at 127.0.0.1:1 cannot be read");
    assertThat(Given.scan("--out", out).said()).contains("--charts or --bootstrap");
    assertThat(out).doesNotExist();
  }

  private static Given.Run scan(Path out) {
    return Given.scan(
        "--bootstrap",
        broker.bootstrapServers(),
        "--out",
        out,
        "--best",
        5,
        "--people",
        2,
        "--kernel",
        "reference");
  }

  /** The same charts, those that are gone aside, ordered as their ids are. */
  private static List<JsonNode> fromFile(List<Longitudes> charts) throws IOException {
    List<String> lines = new ArrayList<>();
    Path all = Given.csv(directory.resolve("all.csv"), charts);
    List<String> rows = Files.readAllLines(all);
    for (String row : rows.subList(1, rows.size())) {
      if (!row.startsWith(Given.id(ERASED) + ",")) {
        lines.add(row);
      }
    }
    lines.sort((a, b) -> a.substring(0, a.indexOf(',')).compareTo(b.substring(0, b.indexOf(','))));
    lines.add(0, rows.get(0));
    Path file = Files.write(directory.resolve("charts.csv"), lines);
    Path out = directory.resolve("from-file");
    Given.Run run = Given.scan("--charts", file, "--out", out, "--best", 5, "--people", 2);
    assertThat(run.exit()).as(run.said()).isZero();
    return json(out, "matches.jsonl");
  }

  private static void checkFigures(Path out, Map<String, JsonNode> figures) throws IOException {
    assertThat(count(figures, "charts/charts")).isEqualTo(CHARTS - 1);
    for (JsonNode bin : json(out, "distribution.jsonl")) {
      assertThat(count(figures, "score.bin/pairs/" + bin.get("from")))
          .isEqualTo(bin.get("pairs").longValue());
    }
    for (JsonNode cell : json(out, "prevalence.jsonl")) {
      String id =
          cell.get("body").textValue()
              + "-"
              + cell.get("other").textValue()
              + " "
              + cell.get("aspect").textValue();
      assertThat(count(figures, "aspect.held/pairs/" + id))
          .isEqualTo(cell.get("count").longValue());
    }
    Set<String> groups = new HashSet<>();
    for (JsonNode figure : figures.values()) {
      groups.add(figure.get("figure").textValue() + "/" + figure.get("group").textValue());
    }
    assertThat(groups)
        .contains("pattern/pairs", "pattern/best-matches", "shape/charts", "shape/pairs");
    int lines = 2;
    for (String file : List.of("distribution", "prevalence", "patterns", "shapes")) {
      lines += json(out, file + ".jsonl").size();
    }
    assertThat(figures).hasSize(lines);
  }

  private static long count(Map<String, JsonNode> figures, String metric) {
    return Objects.requireNonNull(figures.get(metric), metric).get("count").asLong();
  }

  private static Map<String, JsonNode> bestOf(Iterable<JsonNode> lines) {
    Map<String, JsonNode> best = new HashMap<>();
    lines.forEach(line -> best.put(line.get("chartId").textValue(), line.get("matches")));
    return best;
  }

  /** By key, what is committed last and was not taken back. */
  private static Map<String, JsonNode> standing(String topic) throws Exception {
    Map<String, JsonNode> standing = new HashMap<>();
    Properties clients = new Properties();
    clients.put("bootstrap.servers", broker.bootstrapServers());
    awaitCommitted(topic, clients);
    try (TopicReader reader = new TopicReader(clients)) {
      reader.read(List.of(topic), record -> put(record, standing));
    }
    return standing;
  }

  /** A commit is answered before every partition knows of it. */
  private static void awaitCommitted(String topic, Properties clients) throws Exception {
    try (Admin admin = Admin.create(clients)) {
      while (!ends(topic, IsolationLevel.READ_COMMITTED, admin)
          .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED, admin))) {
        Thread.sleep(20);
      }
    }
  }

  private static Map<Integer, Long> ends(String topic, IsolationLevel isolation, Admin admin)
      throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    TopicDescription known =
        Objects.requireNonNull(
            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
    known
        .partitions()
        .forEach(
            info -> latest.put(new TopicPartition(topic, info.partition()), OffsetSpec.latest()));
    Map<Integer, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(isolation))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }

  private static void put(InputRecord record, Map<String, JsonNode> standing) {
    String key = new String(Objects.requireNonNull(record.key()), StandardCharsets.UTF_8);
    if (record.value() == null) {
      standing.remove(key);
    } else {
      try {
        standing.put(key, MAPPER.readTree(record.value()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static ChartUpdate update(int chart, long revision, Longitudes longitudes) {
    ChartUpdate.Builder update =
        ChartUpdate.builder(Given.id(chart), revision).effectiveAt(1_767_225_600_000L);
    for (int slot = 0; slot < 10; slot++) {
      if (longitudes.has(slot)) {
        update.position(Body.ofSlot(slot), Position.of(longitudes.at(slot)));
      }
    }
    return update.build();
  }

  private static List<JsonNode> json(Path out, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve(file))) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }
}
