package io.cosmichub.bench;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.topics.KafkaRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The charts and pairs that a run adds to a demo, and their updates. They are of this run alone,
 * and are erased at its end, also where a signal ends it: what a run that was killed has left would
 * make another's first revisions old.
 */
final class DemoCharts implements AutoCloseable {

  private static final int PAIRS = 20;
  private static final int BODIES = 10;
  private static final int CIRCLE = 360_000_000;
  private static final int STEP = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String MOST_BLOCKED_MILLIS = "10000";

  /**
   * Where the first chart's Sun begins, how far behind the other's, and how far it goes at once.
   */
  private static final int FIRST_SUN = 100_000_000;

  private static final int NEAR = 4_000_000;
  private static final int FINE_STEP = 1_000;

  /** What moves the first chart of a pair, and the revision that it then has. */
  record Update(String pair, long revision, OutputRecord record) {}

  private final KafkaProducer<byte[], byte[]> producer;
  private final String ours;
  private final DemoClient client;
  private final InputEncoder encoder = new InputEncoder(Format.JSON);
  private final Random random = new Random(5);
  private final int[][] longitudes = new int[PAIRS][];
  private boolean left;
  private long revision = 1;

  /**
   * Pairs whose ids begin with {@code ours}; {@code client} knows where its sky is and when it
   * ends.
   */
  DemoCharts(String bootstrapServers, String ours, DemoClient client) {
    this.ours = ours;
    this.client = client;
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "linger.ms",
                "0",
                "max.block.ms",
                MOST_BLOCKED_MILLIS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "benchmark-leave"));
  }

  List<String> pairs() {
    return IntStream.range(0, PAIRS).mapToObj(this::pair).toList();
  }

  /** Sends both charts of each pair and its watch. */
  void begin() {
    for (int pair = 0; pair < PAIRS; pair++) {
      longitudes[pair] = random.ints(BODIES, 0, CIRCLE).toArray();
      send(encoder.chart(chart(pair(pair) + "-a", longitudes[pair])), null);
      int[] other = random.ints(BODIES, 0, CIRCLE).toArray();
      send(encoder.chart(chart(pair(pair) + "-b", other)), null);
      String id = pair(pair);
      send(encoder.watch(new PairWatch(id, id + "-a", id + "-b", PairWatch.NO_REVISION)), null);
    }
    producer.flush();
  }

  /** All bodies of a pair's first chart go on, so that the pair is another one. */
  Update next(int number) {
    int pair = number % PAIRS;
    revision++;
    for (int slot = 0; slot < BODIES; slot++) {
      longitudes[pair][slot] = (longitudes[pair][slot] + STEP) % CIRCLE;
    }
    return update(pair);
  }

  /** Both charts of the first pair are the same but for their Suns; its id. */
  String beginNear() {
    String pair = pair(0);
    int[] own = longitudes[0];
    int[] other = own.clone();
    own[0] = FIRST_SUN;
    other[0] = FIRST_SUN + NEAR;
    revision++;
    send(encoder.chart(chart(pair + "-a", own)), null);
    send(encoder.chart(chart(pair + "-b", other)), null);
    return pair;
  }

  /** The Sun of one chart of the first pair comes nearer to that of the other. */
  Update nearer() {
    longitudes[0][0] += FINE_STEP;
    revision++;
    return update(0);
  }

  /** How far the Suns of the first pair are from each other, in micro-degrees. */
  int sunsApart() {
    return FIRST_SUN + NEAR - longitudes[0][0];
  }

  private Update update(int pair) {
    return new Update(
        pair(pair), revision, encoder.chart(chart(pair(pair) + "-a", longitudes[pair])));
  }

  void send(Update update) {
    send(update.record(), null);
  }

  /** Sends it, and tells {@code acknowledged} once Kafka has it. */
  void send(Update update, Awaited acknowledged) {
    send(
        update.record(),
        () -> acknowledged.seen(update.pair(), update.revision(), System.nanoTime()));
  }

  private synchronized void send(OutputRecord record, @Nullable Runnable acknowledged) {
    if (left) {
      return;
    }
    Future<?> unused =
        producer.send(
            KafkaRecords.output(record),
            (metadata, failed) -> {
              if (failed == null && acknowledged != null) {
                acknowledged.run();
              }
            });
  }

  /** Erases what it has sent, if there is still someone to hear it, and sends no more. */
  @Override
  public synchronized void close() {
    if (left) {
      return;
    }
    if (!client.gone()) {
      erase();
    }
    left = true;
    producer.close(client.gone() ? Duration.ZERO : PATIENCE);
  }

  private void erase() {
    for (String pair : pairs()) {
      send(encoder.unwatch(pair), null);
      send(encoder.erase(pair + "-a"), null);
      send(encoder.erase(pair + "-b"), null);
    }
  }

  private ChartUpdate chart(String id, int[] places) {
    Instant sky = client.sky();
    ChartUpdate.Builder chart = ChartUpdate.builder(id, revision);
    if (sky != null) {
      chart.effectiveAt(sky.toEpochMilli()); // or the windows of the demo would close at once
    }
    for (int slot = 0; slot < BODIES; slot++) {
      chart.position(Body.ofSlot(slot), Position.of(places[slot]));
    }
    return chart.build();
  }

  private String pair(int pair) {
    return ours + pair;
  }
}
