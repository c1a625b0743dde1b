package io.cosmichub.acceptance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The output messages as a stranger reads them: the JSON of the contract as it stands, the Protobuf
 * through the published schema and its JSON mapping. No codec of the pipeline takes part, so that
 * an encoder cannot hide behind its own decoder.
 */
final class Messages {

  /** A cell of an aspect set; ordered by row, then column. */
  record Cell(String bodyA, String bodyB) implements Comparable<Cell> {
    private static final Comparator<Cell> ROW_MAJOR =
        Comparator.comparingInt((Cell cell) -> Bodies.ALL.indexOf(cell.bodyA))
            .thenComparingInt(cell -> Bodies.ALL.indexOf(cell.bodyB));

    @Override
    public int compareTo(Cell other) {
      return ROW_MAJOR.compare(this, other);
    }
  }

  /** An aspect with its orb in micro-degrees. */
  record Held(String aspect, int orb) {}

  record Change(Cell cell, String kind, @Nullable Held before, @Nullable Held after) {}

  record Delta(
      String pairId,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      String policy,
      long sequence,
      String eventTime,
      boolean closed,
      List<Change> changes) {}

  record Aspects(
      String pairId,
      String chartA,
      String chartB,
      long revisionA,
      long revisionB,
      String policy,
      long sequence,
      String eventTime,
      Map<Cell, Held> aspects) {}

  record Score(
      String pairId,
      long revisionA,
      long revisionB,
      double overall,
      double rawTotal,
      Map<String, Double> areas,
      int harmonious,
      int challenging,
      int neutral,
      String model) {}

  record Live(@Nullable Delta delta, @Nullable Aspects aspects, @Nullable Score score) {}

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private Messages() {}

  /** Reads a message as JSON into a builder. */
  static void merge(ConsumerRecord<byte[], byte[]> message, Message.Builder into) {
    try {
      JsonFormat.parser().merge(new String(message.value(), StandardCharsets.UTF_8), into);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Delta delta(ConsumerRecord<byte[], byte[]> message) {
    return delta(
        tree(message, value -> JsonFormat.printer().print(SynastryDelta.parseFrom(value))));
  }

  static Aspects aspects(ConsumerRecord<byte[], byte[]> message) {
    return aspects(
        tree(message, value -> JsonFormat.printer().print(SynastryAspects.parseFrom(value))));
  }

  static Score score(ConsumerRecord<byte[], byte[]> message) {
    return score(
        tree(message, value -> JsonFormat.printer().print(SynastryScore.parseFrom(value))));
  }

  static Live live(ConsumerRecord<byte[], byte[]> message) {
    JsonNode tree =
        tree(message, value -> JsonFormat.printer().print(SynastryLive.parseFrom(value)));
    return new Live(
        tree.has("delta") ? delta(tree.get("delta")) : null,
        tree.has("aspects") ? aspects(tree.get("aspects")) : null,
        tree.has("score") ? score(tree.get("score")) : null);
  }

  /** The text of a header; empty where it is absent. */
  static String header(ConsumerRecord<?, ?> message, String name) {
    Header header = message.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  static String key(ConsumerRecord<byte[], ?> message) {
    return message.key() == null ? "" : new String(message.key(), StandardCharsets.UTF_8);
  }

  private interface ProtobufToJson {
    String apply(byte[] value) throws IOException;
  }

  private static JsonNode tree(ConsumerRecord<byte[], byte[]> message, ProtobufToJson protobuf) {
    try {
      return switch (header(message, "content-type")) {
        case "application/json" -> MAPPER.readTree(message.value());
        case "application/protobuf" -> MAPPER.readTree(protobuf.apply(message.value()));
        default ->
            throw new AssertionError(
                message.topic()
                    + " carries the content type '"
                    + header(message, "content-type")
                    + "'");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(message.topic() + " at offset " + message.offset(), e);
    }
  }

  private static Delta delta(JsonNode tree) {
    List<Change> changes = new ArrayList<>();
    for (JsonNode change : tree.path("changes")) {
      changes.add(
          new Change(
              cell(change),
              change.path("change").asText(),
              held(change, "previousAspect", "previousOrb"),
              held(change, "aspect", "orb")));
    }
    return new Delta(
        tree.path("pairId").asText(),
        tree.path("chartA").asText(),
        tree.path("chartB").asText(),
        tree.path("revisionA").asLong(),
        tree.path("revisionB").asLong(),
        tree.path("policy").asText(),
        tree.path("sequence").asLong(),
        tree.path("eventTime").asText(),
        tree.path("closed").asBoolean(),
        changes);
  }

  private static Aspects aspects(JsonNode tree) {
    Map<Cell, Held> aspects = new TreeMap<>();
    for (JsonNode entry : tree.path("aspects")) {
      Held held = held(entry, "aspect", "orb");
      if (held == null || aspects.put(cell(entry), held) != null) {
        throw new AssertionError(
            "an aspect set names a cell twice or without an aspect: " + cell(entry));
      }
    }
    return new Aspects(
        tree.path("pairId").asText(),
        tree.path("chartA").asText(),
        tree.path("chartB").asText(),
        tree.path("revisionA").asLong(),
        tree.path("revisionB").asLong(),
        tree.path("policy").asText(),
        tree.path("sequence").asLong(),
        tree.path("eventTime").asText(),
        aspects);
  }

  private static Score score(JsonNode tree) {
    Map<String, Double> areas = new TreeMap<>();
    for (String area :
        List.of("emotional", "communication", "physical", "spiritual", "stability")) {
      areas.put(area, tree.path("areas").path(area).asDouble());
    }
    JsonNode natures = tree.path("natureCounts");
    return new Score(
        tree.path("pairId").asText(),
        tree.path("revisionA").asLong(),
        tree.path("revisionB").asLong(),
        tree.path("overall").asDouble(),
        tree.path("rawTotal").asDouble(),
        areas,
        natures.path("harmonious").asInt(),
        natures.path("challenging").asInt(),
        natures.path("neutral").asInt(),
        tree.path("model").asText());
  }

  private static Cell cell(JsonNode node) {
    return new Cell(node.path("bodyA").asText(), node.path("bodyB").asText());
  }

  private static @Nullable Held held(JsonNode node, String aspect, String orb) {
    String name = node.path(aspect).asText();
    return name.isEmpty() ? null : new Held(name, microDegrees(node.path(orb)));
  }

  /** Exact: more than six decimals are an {@link ArithmeticException}. */
  private static int microDegrees(JsonNode degrees) {
    return degrees.isMissingNode()
        ? 0
        : degrees
            .decimalValue()
            .movePointRight(6)
            .setScale(0, RoundingMode.UNNECESSARY)
            .intValueExact();
  }
}
