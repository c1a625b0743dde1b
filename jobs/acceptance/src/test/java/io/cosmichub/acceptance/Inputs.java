package io.cosmichub.acceptance;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.v1.ChartUpdate;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.PairFeedback;
import io.cosmichub.contracts.v1.PairWatch;
import io.cosmichub.contracts.v1.Position;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer as a product has one: JSON put together as text, Protobuf through the published
 * schema, no codec of the pipeline. It counts what it sent by topic. A chart of revision {@code n}
 * is effective {@code n} seconds into 2020.
 */
final class Inputs implements AutoCloseable {

  static final String CHARTS = "cosmichub.chart.updates.v1";
  static final String MOVES = "cosmichub.chart.moves.v1";
  static final String WATCHES = "cosmichub.pair.watches.v1";
  static final String CONTROL = "cosmichub.control.v1";
  static final String FEEDBACK = "cosmichub.pair.feedback.v1";
  static final List<String> TOPICS = List.of(CHARTS, MOVES, WATCHES, FEEDBACK, CONTROL);

  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  private final KafkaProducer<byte[], byte[]> producer;
  private final Format format;
  private final List<Future<RecordMetadata>> pending = new ArrayList<>();
  private long sent;

  Inputs(String bootstrapServers, Format format) {
    this.format = format;
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** When a chart of this revision became so. */
  static Instant effectiveAt(long revision) {
    return EPOCH.plusSeconds(revision);
  }

  /** A full chart. */
  void chart(String id, long revision, Map<String, Integer> longitudes) {
    send(CHARTS, id, chartValue(format, id, revision, false, longitudes));
  }

  /** The bodies that moved. */
  void move(String id, long revision, Map<String, Integer> longitudes) {
    send(MOVES, id, chartValue(format, id, revision, true, longitudes));
  }

  void eraseChart(String id) {
    send(CHARTS, id, null);
  }

  void watch(String pairId, String chartA, String chartB) {
    send(WATCHES, pairId, watchValue(format, pairId, chartA, chartB, ""));
  }

  /** What was said of a pair just now. */
  void feedback(String pairId, String kind, double value) {
    send(FEEDBACK, pairId, feedbackValue(format, pairId, kind, value, Instant.now()));
  }

  void unwatch(String pairId) {
    send(WATCHES, pairId, null);
  }

  /** What is served, in Protobuf, once the broker has it. */
  void control(ControlRecord.Builder record) throws Exception {
    byte[] key = record.getName().getBytes(StandardCharsets.UTF_8);
    deliver(CONTROL, 0, key, record.build().toByteArray(), List.of());
  }

  /**
   * Sends any bytes to a partition of one's choice, and returns where they are once the broker has
   * them.
   */
  RecordMetadata deliver(
      String topic,
      int partition,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers)
      throws Exception {
    sent++;
    return producer.send(new ProducerRecord<>(topic, partition, key, value, headers)).get();
  }

  /** Returns when the broker has everything. */
  void flush() {
    producer.flush();
    try {
      for (Future<RecordMetadata> record : pending) {
        record.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a record was not written", e);
    }
    pending.clear();
  }

  /** How many records were sent. */
  long sent() {
    return sent;
  }

  @Override
  public void close() {
    producer.close();
  }

  static byte[] chartValue(
      Format format, String id, long revision, boolean partial, Map<String, Integer> longitudes) {
    return switch (format) {
      case JSON -> json(id, revision, partial, longitudes).getBytes(StandardCharsets.UTF_8);
      case PROTOBUF -> protobuf(id, revision, partial, longitudes).toByteArray();
    };
  }

  /** A watch with a revision, or without one if it is empty. */
  static byte[] watchValue(
      Format format, String pairId, String chartA, String chartB, String revision) {
    return switch (format) {
      case JSON ->
          "{\"pairId\":\"%s\",\"chartA\":\"%s\",\"chartB\":\"%s\"%s}"
              .formatted(
                  pairId,
                  chartA,
                  chartB,
                  revision.isEmpty() ? "" : ",\"revision\":\"" + revision + "\"")
              .getBytes(StandardCharsets.UTF_8);
      case PROTOBUF -> {
        PairWatch.Builder watch =
            PairWatch.newBuilder().setPairId(pairId).setChartA(chartA).setChartB(chartB);
        if (!revision.isEmpty()) {
          watch.setRevision(Long.parseLong(revision));
        }
        yield watch.build().toByteArray();
      }
    };
  }

  /** A rating of a pair from 0 to 1, given one second into 2020. */
  static byte[] ratingValue(Format format, String pairId, double rating) {
    return feedbackValue(format, pairId, "rating", rating, effectiveAt(1));
  }

  /** What was said of a pair at a second. */
  static byte[] feedbackValue(Format format, String pairId, String kind, double value, Instant at) {
    return switch (format) {
      case JSON ->
          "{\"pairId\":\"%s\",\"kind\":\"%s\",\"value\":%s,\"at\":\"%s\"}"
              .formatted(pairId, kind, value, at)
              .getBytes(StandardCharsets.UTF_8);
      case PROTOBUF ->
          PairFeedback.newBuilder()
              .setPairId(pairId)
              .setKind(kind)
              .setValue(value)
              .setAt(Timestamp.newBuilder().setSeconds(at.getEpochSecond()))
              .build()
              .toByteArray();
    };
  }

  static String json(String id, long revision, boolean partial, Map<String, Integer> longitudes) {
    return "{\"chartId\":\"%s\",\"revision\":\"%d\",\"effectiveAt\":\"%s\",\"partial\":%s,\"positions\":{%s}}"
        .formatted(
            id,
            revision,
            effectiveAt(revision),
            partial,
            longitudes.entrySet().stream()
                .map(
                    body ->
                        "\"%s\":{\"longitude\":%s}"
                            .formatted(body.getKey(), degrees(body.getValue())))
                .collect(Collectors.joining(",")));
  }

  static ChartUpdate protobuf(
      String id, long revision, boolean partial, Map<String, Integer> longitudes) {
    ChartUpdate.Builder update =
        ChartUpdate.newBuilder()
            .setChartId(id)
            .setRevision(revision)
            .setEffectiveAt(
                Timestamp.newBuilder().setSeconds(effectiveAt(revision).getEpochSecond()))
            .setPartial(partial);
    longitudes.forEach(
        (body, longitude) ->
            update.putPositions(
                body,
                Position.newBuilder().setLongitude(degrees(longitude).doubleValue()).build()));
    return update.build();
  }

  private void send(String topic, String key, byte @Nullable [] value) {
    List<Header> headers =
        value == null
            ? List.of()
            : List.of(
                new RecordHeader(
                    "content-type", format.contentType().getBytes(StandardCharsets.UTF_8)));
    sent++;
    pending.add(
        producer.send(
            new ProducerRecord<>(
                topic, null, key.getBytes(StandardCharsets.UTF_8), value, headers)));
  }

  private static BigDecimal degrees(int microDegrees) {
    return BigDecimal.valueOf(microDegrees, 6);
  }
}
