package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.Topics;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gateway on a real broker, asked by real clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GatewayIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHART =
      "{\"chartId\":\"me\",\"revision\":\"1\",\"positions\":{\"sun\":{\"longitude\":89.5}}}";

  private final Random random = new Random(7);
  private Stage stage;
  private Stage.Running open;
  private Http http;
  private int hour = 30;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stage = Stage.start(directory);
    stage.watch("pair-1", "me", "you");
    stage.move("pair-1", Stage.some(random), true);
    open = stage.gateway("access=open", "limits.requests-per-second=1000");
    http = new Http(open.address());
  }

  @AfterAll
  void stop() {
    open.close();
    stage.close();
  }

  @Test
  void aSnapshotIsThereFromTheCompactedTopicsAndLiveRecordsCome() {
    try (Client client = Client.open(open.address())) {
      client.send("{\"type\":\"subscribe\",\"pairs\":[\"pair-1\"]}");
      JsonNode snapshot = client.await("snapshot", 1);
      assertThat(snapshot.path("aspects")).hasSize(stage.held("pair-1").size());
      assertThat(snapshot.path("score").path("model").asText()).isEqualTo("rules/classic@1");
      for (int i = 1; i <= 10; i++) {
        stage.move("pair-1", Stage.some(random), false);
        assertThat(client.await("delta", i).path("changes")).isNotEmpty();
      }
      assertThat(client.ofType("snapshot")).hasSize(1);
      client.await("heartbeat", 2);
    }
  }

  @Test
  void afterTheGatewayIsGoneAndBackNothingIsLostAndNothingComesTwice() {
    AspectSet first = stage.move("pair-2", Stage.some(random), true);
    String version;
    int port;
    try (Stage.Running gateway = stage.gateway("access=open");
        Client client = Client.open(gateway.address())) {
      client.send("{\"type\":\"subscribe\",\"pairs\":[\"pair-2\"]}");
      JsonNode snapshot = client.await("snapshot", 1);
      assertThat(snapshot.path("aspects")).hasSize(first.size());
      version = snapshot.path("version").asText();
      port = URI.create(gateway.address()).getPort();
      gateway.close();
      assertThat(client.awaitClose()).isEqualTo(1001);
    }
    try (Stage.Running gateway = stage.gateway("access=open", "port=" + port);
        Client client = Client.open(gateway.address())) {
      client.send(
          "{\"type\":\"subscribe\",\"pairs\":[{\"id\":\"pair-2\",\"version\":\""
              + version
              + "\"}]}");
      client.await("current", 1);
      stage.move("pair-2", Stage.some(random), false);
      JsonNode delta = client.await("delta", 1);
      assertThat(delta.path("from").asText()).isEqualTo(version);
      assertThat(client.ofType("snapshot")).isEmpty();
    }
  }

  @Test
  void aTooLargeMessageClosesWith1009AndTooManyWith1008() {
    try (Client client = Client.open(open.address())) {
      client.send("{\"type\":\"ping\",\"more\":\"" + "x".repeat(8_150) + "\"}");
      client.await("pong", 1);
      client.send("{\"type\":\"ping\",\"more\":\"" + "x".repeat(8_192) + "\"}");
      assertThat(client.awaitClose()).isEqualTo(1009);
    }
    try (Client client = Client.open(open.address())) {
      for (int i = 0; i < 21; i++) {
        client.send("{\"type\":\"ping\"}");
      }
      assertThat(client.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void aChartAndAWatchGoThroughToKafkaAndWhatBreaksARuleDoesNot() throws Exception {
    assertThat(http.put("/api/charts/me", CHART).statusCode()).isEqualTo(202);
    HttpResponse<String> watched =
        http.put("/api/pairs/mine", "{\"pairId\":\"mine\",\"chartA\":\"me\",\"chartB\":\"you\"}");
    assertThat(watched.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(watched.body()).path("topic").asText()).isEqualTo(Topics.PAIR_WATCHES);
    HttpResponse<String> refused = http.put("/api/charts/me", CHART.replace("89.5", "360"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(refused.body()).path("code").asText())
        .isEqualTo("LONGITUDE_OUT_OF_RANGE");
    assertThat(refused.body()).doesNotContain("360,");
    assertThat(http.put("/api/charts/you", CHART).statusCode()).isEqualTo(400);
    assertThat(http.put("/api/charts/me", "x".repeat(70_000)).statusCode()).isEqualTo(413);

    assertThat(keys(Topics.CHART_UPDATES)).contains("me").doesNotContain("you");
    assertThat(keys(Topics.PAIR_WATCHES)).contains("mine");
    try (Client client = Client.open(open.address())) {
      client.send("{\"type\":\"subscribe\",\"positions\":[\"me\"]}");
      Stage.until(
          () ->
              client.ofType("positions").stream()
                  .anyMatch(node -> node.path("positions").path("sun").asDouble() == 89.5));
    }
  }

  @Test
  void aChartIsTakenByPostTooAndOnceHoweverOftenItIsSent() throws Exception {
    String chart = CHART.replace("\"me\"", "\"posted\"");
    for (int i = 0; i < 2; i++) {
      assertThat(http.post("/api/charts", chart).statusCode()).isEqualTo(202);
      String watch = "{\"pairId\":\"posted\",\"chartA\":\"posted\",\"chartB\":\"you\"}";
      assertThat(http.post("/api/pairs", watch).statusCode()).isEqualTo(202);
    }
    Stage.until(() -> http.get("/api/charts/posted").statusCode() == 200);
    assertThat(JSON.readTree(http.get("/api/charts/posted").body()).path("revision").asText())
        .isEqualTo("1");
    Stage.until(() -> http.get("/api/pairs?contains=posted").body().contains("\"posted\""));
    assertThat(JSON.readTree(http.get("/api/pairs?contains=posted").body()).path("pairs"))
        .hasSize(1);
    assertThat(http.post("/api/charts", chart.replace("89.5", "-1")).statusCode()).isEqualTo(400);
    assertThat(http.post("/api/charts", "{\"revision\":\"1\"}").statusCode()).isEqualTo(400);
    assertThat(http.post("/api/charts", "no JSON").statusCode()).isEqualTo(400);
    assertThat(http.post("/api/pairs", "{\"pairId\":7}").statusCode()).isEqualTo(400);
    assertThat(http.get("/api/pairs?limit=many").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsPublishedOfEveryoneAndOfExperimentsComesInEitherFormat() throws Exception {
    try (Client client = Client.open(open.address())) {
      client.send(
          "{\"type\":\"subscribe\",\"trends\":[\"everyone\",\"nobody\"],\"experiments\":true}");
      client.await("trends", 2);
      for (Format format : Format.values()) {
        stage.trend(format, hour++, held("venus-mars trine").setInsight("up " + format));
        Stage.until(() -> told(client, "trends").contains("up " + format));
        stage.result(format, "by-" + format);
        Stage.until(() -> told(client, "experiments").contains("by-" + format));
      }
      assertThat(told(client, "experiments")).contains("\"verdict\":\"SHIP\"");
    }
    assertThat(http.get("/api/trends").body()).contains("\"everyone\"");
    assertThat(http.get("/api/trends/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void whatComesTogetherIsToldOnceItsTopicIsThereAndFiguresDoNotWaitForIt() throws Exception {
    try (Client client = Client.open(open.address())) {
      client.send("{\"type\":\"subscribe\",\"trends\":[\"everyone\"]}");
      stage.trend(Format.JSON, hour++, held("moon-mars sextile"));
      Stage.until(() -> told(client, "trends").contains("moon-mars sextile"));
      assertThat(told(client, "trends")).doesNotContain("patterns");
      assertThat(stage.topics()).doesNotContain(Topics.POPULATION_PATTERNS);

      stage.pattern(Format.PROTOBUF, 1, "pairs", "venus-mars trine", Stage.rule(2));
      stage.pattern(Format.JSON, 1, "charts", "yod", null);
      Stage.until(
          () ->
              List.of("moon-mars sextile", "venus-mars trine", "\"yod\"").stream()
                  .allMatch(told(client, "trends")::contains));
      JsonNode found = JSON.readTree(told(client, "trends")).path("patterns").path("found");
      assertThat(found).hasSize(2);
      assertThat(found.path(0).path("rule").path("lift").asDouble()).isEqualTo(2);
      stage.pattern(Format.JSON, 2, "high-scorers", "sun-moon trine", Stage.rule(3));
      Stage.until(() -> told(client, "trends").contains("sun-moon trine"));
      assertThat(told(client, "trends")).doesNotContain("yod").contains("moon-mars sextile");
      JsonNode asked = JSON.readTree(http.get("/api/trends/everyone").body());
      assertThat(asked.path("patterns").path("windowEnd").asText())
          .isEqualTo("2026-01-03T00:00:00Z");
      assertThat(asked.path("patterns").path("found")).hasSize(1);
    }
  }

  @Test
  void theBestMatchesOfAChartAreThoseOfItsLastChangeOrOfTheNewestScan() throws Exception {
    assertThat(http.get("/api/charts/lone/best").statusCode()).isEqualTo(404);
    for (Format format : Format.values()) {
      String chart = "of-" + format;
      stage.scanned(format, chart, "mary");
      Stage.until(() -> best(chart, "").equals("[mary] " + Topics.POPULATION_MATCHES));
      stage.matches(format, chart, "everyone", "byron", "mary");
      stage.matches(format, chart, "poets", "percy");
      Stage.until(() -> best(chart, "").equals("[byron, mary] " + Topics.CHART_MATCHES));
      Stage.until(() -> best(chart, "poets").equals("[percy] " + Topics.CHART_MATCHES));
      stage.matches(format, chart, "everyone"); // erased
      Stage.until(() -> best(chart, "").equals("[mary] " + Topics.POPULATION_MATCHES));
    }
  }

  private String best(String chart, String cohort) {
    HttpResponse<String> answer =
        http.get("/api/charts/" + chart + "/best" + (cohort.isEmpty() ? "" : "?cohort=" + cohort));
    if (answer.statusCode() != 200) {
      return answer.body();
    }
    try {
      JsonNode list = JSON.readTree(answer.body());
      return list.path("matches").findValuesAsText("chartId") + " " + list.path("topic").asText();
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String told(Client client, String type) {
    List<JsonNode> told = client.ofType(type);
    return told.isEmpty() ? "" : told.get(told.size() - 1).toString();
  }

  private static PopulationTrend.Builder held(String item) {
    return PopulationTrend.newBuilder()
        .setFigure("aspect.held")
        .setItem(item)
        .setValue(0.25)
        .setCount(250)
        .setAmong(1_000)
        .setTrending(true)
        .setDeviation(
            Deviation.newBuilder().setZ(4.2).setP(0.001).setExpected(0.2).setReferences(24));
  }

  @Test
  void anUpgradeLeavesNoSessionBehindAndNothingIsCompressed() throws Exception {
    URI address = URI.create(open.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /live HTTP/1.1\r\nHost: "
                      + address.getAuthority()
                      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
                      + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line.toLowerCase(Locale.ROOT));
      }
      assertThat(head.get(0)).contains("101");
      assertThat(head)
          .noneMatch(line -> line.startsWith("set-cookie"))
          .noneMatch(line -> line.startsWith("sec-websocket-extensions"));
    }
  }

  @Test
  void everyMessageAndEveryAnswerIsWhatTheDocumentsSay() throws Exception {
    try (Client client = Client.open(open.address())) {
      client.send(
          "{\"type\":\"subscribe\",\"pairs\":[\"pair-3\",\"nobody\"],\"positions\":[\"me\",\"void\"]}");
      stage.move("pair-3", Stage.some(random), true);
      client.await("snapshot", 1);
      client.send("{\"type\":\"alert\",\"pair\":\"pair-3\",\"threshold\":50}");
      client.send("{\"type\":\"ping\"}");
      client.sendAnyhow("nonsense");
      client.await("error", 1);
      for (int i = 0; i < 20; i++) {
        stage.move("pair-3", Stage.some(random), false);
      }
      client.await("heartbeat", 1);
      client.await("alert", 1);
      client.await("pong", 1);
    }

    http.put("/api/charts/me", CHART);
    stage.matches(Format.JSON, "me", "everyone", "you");
    Stage.until(() -> http.get("/api/charts/me/best").statusCode() == 200);
    stage.trend(Format.JSON, 20, held("sun-moon trine"));
    Stage.until(() -> http.get("/api/trends/everyone").statusCode() == 200);
    Stage.until(() -> http.get("/api/charts/me").statusCode() == 200);
    List<String> paths = new ArrayList<>(Documents.paths());
    assertThat(paths).hasSize(14);
    paths.removeIf(path -> path.equals("/api/charts")); // nothing to get
    for (String path : paths) {
      String asked =
          path.replace("{id}", path.contains("charts") ? "me" : "pair-3")
                  .replace("{cohort}", "everyone")
              + "?contains=pair&limit=3";
      String method = path.endsWith("ticket") ? "POST" : "GET";
      assertThat(http.ask(method, asked, null, null).statusCode()).as(path).isEqualTo(200);
    }
    for (String path : List.of("/asyncapi.yaml", "/openapi.yaml")) {
      assertThat(http.get(path).body()).isEqualTo(Documents.text(path));
    }
    Stage.until(() -> http.get("/api/best?limit=500").body().contains("\"pair-3\""));
    assertThat(http.get("/api/best?limit=500").body()).contains("\"model\":\"rules/classic@1\"");
    assertThat(http.get("/metrics").body()).contains("cosmichub_gateway_live_records_total");
  }

  @Test
  void onlyItsOwnNameAndItsOwnOriginOpenTheDoor() throws Exception {
    assertThat(refusal(null, "https://elsewhere.example", null)).isEqualTo(403);
    assertThat(refusal(null, open.address() + "0", null)).isEqualTo(403);
    try (Client client = Client.open(open.address(), null, open.address(), null)) {
      client.await("hello", 1);
    }
    String[] foreign = {"Origin", "https://elsewhere.example"};
    assertThat(http.askWith(foreign, "PUT", "/api/charts/me", CHART).statusCode()).isEqualTo(403);
    assertThat(http.get("/asyncapi.yaml").headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'none'").doesNotContain("unsafe"));
  }

  private int refusal(@Nullable String token, @Nullable String origin, @Nullable String ticket) {
    try (Client client = Client.open(open.address(), token, origin, ticket)) {
      return 101;
    } catch (Client.Refused refused) {
      return refused.status;
    }
  }

  private List<String> keys(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stage.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> keys = new ArrayList<>();
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> keys.add(new String(record.key(), StandardCharsets.UTF_8)));
      }
      return keys;
    }
  }
}
