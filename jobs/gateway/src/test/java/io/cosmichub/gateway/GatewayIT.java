package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.Topics;
import io.cosmichub.contracts.v1.Deviation;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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

  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(7);
  private Stage stage;
  private Stage.Running open;
  private int hour = 30;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stage = Stage.start(directory);
    stage.watch("pair-1", "me", "you");
    stage.move("pair-1", Stage.some(random), true);
    open = stage.gateway("access=open");
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
    assertThat(put("/api/charts/me", CHART).statusCode()).isEqualTo(202);
    HttpResponse<String> watched =
        put("/api/pairs/mine", "{\"pairId\":\"mine\",\"chartA\":\"me\",\"chartB\":\"you\"}");
    assertThat(watched.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(watched.body()).path("topic").asText()).isEqualTo(Topics.PAIR_WATCHES);
    HttpResponse<String> refused = put("/api/charts/me", CHART.replace("89.5", "360"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(refused.body()).path("code").asText())
        .isEqualTo("LONGITUDE_OUT_OF_RANGE");
    assertThat(refused.body()).doesNotContain("360,");
    assertThat(put("/api/charts/you", CHART).statusCode()).isEqualTo(400);
    assertThat(put("/api/charts/me", "x".repeat(70_000)).statusCode()).isEqualTo(413);

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
      assertThat(post("/api/charts", chart).statusCode()).isEqualTo(202);
      String watch = "{\"pairId\":\"posted\",\"chartA\":\"posted\",\"chartB\":\"you\"}";
      assertThat(post("/api/pairs", watch).statusCode()).isEqualTo(202);
    }
    Stage.until(() -> get("/api/charts/posted").statusCode() == 200);
    assertThat(JSON.readTree(get("/api/charts/posted").body()).path("revision").asText())
        .isEqualTo("1");
    Stage.until(() -> get("/api/pairs?contains=posted").body().contains("\"posted\""));
    assertThat(JSON.readTree(get("/api/pairs?contains=posted").body()).path("pairs")).hasSize(1);
    assertThat(post("/api/charts", chart.replace("89.5", "-1")).statusCode()).isEqualTo(400);
    assertThat(post("/api/charts", "{\"revision\":\"1\"}").statusCode()).isEqualTo(400);
    assertThat(post("/api/charts", "no JSON").statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsPublishedOfEveryoneAndOfExperimentsComesInEitherFormat() throws Exception {
    ObjectNode asyncApi = document("/asyncapi.yaml");
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
      for (JsonNode message : client.messages) {
        assertThat(problems(asyncApi, "Told", message)).as(message.toString()).isEmpty();
      }
      assertThat(told(client, "experiments")).contains("\"verdict\":\"SHIP\"");
    }
    assertThat(get("/api/trends").body()).contains("\"everyone\"");
    assertThat(get("/api/trends/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void whatComesTogetherIsToldOnceItsTopicIsThereAndFiguresDoNotWaitForIt() throws Exception {
    ObjectNode asyncApi = document("/asyncapi.yaml");
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
      for (JsonNode message : client.messages) {
        assertThat(problems(asyncApi, "Told", message)).as(message.toString()).isEmpty();
      }
      JsonNode asked = JSON.readTree(get("/api/trends/everyone").body());
      assertThat(asked.path("patterns").path("windowEnd").asText())
          .isEqualTo("2026-01-03T00:00:00Z");
      assertThat(asked.path("patterns").path("found")).hasSize(1);
      assertThat(problems(document("/openapi.yaml"), "Trends", asked)).isEmpty();
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
  void anUpgradeLeavesNoSessionBehind() throws Exception {
    URI address = URI.create(open.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /live HTTP/1.1\r\nHost: "
                      + address.getAuthority()
                      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
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
      assertThat(head).noneMatch(line -> line.startsWith("set-cookie"));
    }
  }

  @Test
  void everyMessageAndEveryAnswerIsWhatTheDocumentsSay() throws Exception {
    ObjectNode asyncApi = document("/asyncapi.yaml");
    try (Client client = Client.open(open.address())) {
      client.send(
          "{\"type\":\"subscribe\",\"pairs\":[\"pair-3\",\"nobody\"],\"positions\":[\"me\",\"void\"]}");
      stage.move("pair-3", Stage.some(random), true);
      client.await("snapshot", 1);
      client.send("{\"type\":\"alert\",\"pair\":\"pair-3\",\"threshold\":50}");
      client.send("{\"type\":\"ping\"}");
      client.send("nonsense");
      client.await("error", 1);
      for (int i = 0; i < 20; i++) {
        stage.move("pair-3", Stage.some(random), false);
      }
      client.await("heartbeat", 1);
      client.await("alert", 1);
      client.await("pong", 1);
      for (JsonNode message : client.messages) {
        assertThat(problems(asyncApi, "Told", message)).as(message.toString()).isEmpty();
      }
      assertThat(problems(asyncApi, "Told", JSON.readTree("{\"type\":\"snapshot\"}"))).isNotEmpty();
    }

    ObjectNode openApi = document("/openapi.yaml");
    List<String> paths = new ArrayList<>();
    openApi.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths).hasSize(13);
    put("/api/charts/me", CHART);
    stage.trend(Format.JSON, 20, held("sun-moon trine"));
    Stage.until(() -> get("/api/trends/everyone").statusCode() == 200);
    paths.removeIf(path -> path.equals("/api/charts")); // nothing to get
    Stage.until(() -> get("/api/charts/me").statusCode() == 200);
    for (String path : paths) {
      String asked =
          path.replace("{id}", path.contains("charts") ? "me" : "pair-3")
                  .replace("{cohort}", "everyone")
              + "?contains=pair&limit=3";
      boolean ticket = path.endsWith("ticket");
      HttpResponse<String> answer = ticket ? post(asked) : get(asked);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      JsonNode content =
          openApi
              .path("paths")
              .path(path)
              .path(ticket ? "post" : "get")
              .path("responses")
              .path("200")
              .path("content")
              .path("application/json");
      if (!content.isMissingNode()) {
        String schema = content.path("schema").path("$ref").asText().replaceFirst(".*/", "");
        assertThat(problems(openApi, schema, JSON.readTree(answer.body()))).as(path).isEmpty();
      }
    }
    Stage.until(() -> get("/api/best?limit=500").body().contains("\"pair-3\""));
    assertThat(get("/metrics").body()).contains("cosmichub_gateway_live_records_total");
  }

  @Test
  void onlyItsOwnNameAndItsOwnOriginOpenTheDoor() throws Exception {
    assertThat(refusal(null, "https://elsewhere.example", null)).isEqualTo(403);
    assertThat(refusal(null, open.address() + "0", null)).isEqualTo(403);
    try (Client client = Client.open(open.address(), null, open.address(), null)) {
      client.await("hello", 1);
    }
    HttpRequest foreign =
        HttpRequest.newBuilder(URI.create(open.address() + "/api/charts/me"))
            .header("Content-Type", "application/json")
            .header("Origin", "https://elsewhere.example")
            .PUT(HttpRequest.BodyPublishers.ofString(CHART))
            .build();
    assertThat(http.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
    assertThat(get("/asyncapi.yaml").headers().firstValue("Content-Security-Policy"))
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

  private ObjectNode document(String path) throws Exception {
    return (ObjectNode) new YAMLMapper().readTree(get(path).body());
  }

  private static List<String> problems(ObjectNode document, String schema, JsonNode value) {
    ObjectNode wrapper = document.deepCopy();
    wrapper.put("$schema", SpecVersion.VersionFlag.V202012.getId());
    wrapper.put("$ref", "#/components/schemas/" + schema);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(wrapper)
        .validate(value)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(open.address() + path)).build());
  }

  private HttpResponse<String> post(String path) {
    return send(
        HttpRequest.newBuilder(URI.create(open.address() + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(open.address() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> put(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(open.address() + path))
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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
