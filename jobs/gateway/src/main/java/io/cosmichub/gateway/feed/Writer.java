package io.cosmichub.gateway.feed;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairWatchDecoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.topics.KafkaRecords;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Sends charts and watches that keep every rule of the contract, as a producer does. Thread-safe.
 */
public final class Writer implements AutoCloseable {
  private static final long MAX_AHEAD_MILLIS = Duration.ofDays(1).toMillis();
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final Clock clock;

  /**
   * What became of a message: sent, or refused with the reason that the contract gives.
   *
   * @param code null if it was sent
   */
  public record Outcome(@Nullable DeadLetterCode code, String words) {}

  public Writer(KafkaClients clients, Clock clock) {
    this.producer = clients.producer();
    this.clock = clock;
  }

  /**
   * Sends the chart in these bytes, a {@code ChartUpdate} in JSON, if its id is {@code chartId}.
   */
  public CompletableFuture<Outcome> chart(String chartId, byte[] json) {
    Decoded<ChartUpdate> decoded =
        new ChartUpdateDecoder(MAX_AHEAD_MILLIS, clock)
            .decode(input(Topics.CHART_MOVES, chartId, json));
    if (decoded instanceof Decoded.Value<ChartUpdate> chart) {
      return send(new InputEncoder(Format.JSON).chart(chart.value()));
    }
    return refused(decoded);
  }

  /**
   * Sends the watch in these bytes, a {@code PairWatch} in JSON, if its id is {@code pairId} and
   * both charts are allowed; null if one is not.
   */
  public @Nullable CompletableFuture<Outcome> watch(
      String pairId, byte[] json, Predicate<String> allowedChart) {
    Decoded<PairWatch> decoded =
        new PairWatchDecoder().decode(input(Topics.PAIR_WATCHES, pairId, json));
    if (decoded instanceof Decoded.Value<PairWatch> watch) {
      return allowedChart.test(watch.value().chartA()) && allowedChart.test(watch.value().chartB())
          ? send(new InputEncoder(Format.JSON).watch(watch.value()))
          : null;
    }
    return refused(decoded);
  }

  @Override
  public void close() {
    producer.close(PATIENCE);
  }

  private static InputRecord input(String topic, String id, byte[] json) {
    return new InputRecord(topic, 0, 0, -1, id.getBytes(StandardCharsets.UTF_8), json, List.of());
  }

  private static CompletableFuture<Outcome> refused(Decoded<?> decoded) {
    Decoded.Malformed<?> malformed = (Decoded.Malformed<?>) decoded;
    return CompletableFuture.completedFuture(new Outcome(malformed.code(), malformed.reason()));
  }

  private CompletableFuture<Outcome> send(OutputRecord record) {
    CompletableFuture<Outcome> sent = new CompletableFuture<>();
    Future<?> unused =
        producer.send(
            KafkaRecords.output(record),
            (metadata, failed) -> {
              if (failed == null) {
                sent.complete(new Outcome(null, record.topic()));
              } else {
                sent.completeExceptionally(failed);
              }
            });
    return sent;
  }
}
