package io.cosmichub.bench;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.Position;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.topics.KafkaRecords;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * From a chart update's send to Kafka to the delta on a WebSocket of the gateway, in a demo that
 * runs. The charts and pairs are of this run alone, and are erased at its end, also where a signal
 * ends it: what a run that was killed has left would make another's first revisions old.
 */
final class DemoLatency implements AutoCloseable {

  private static final int RADIX = 36;
  private static final int PAIRS = 20;
  private static final int TRANSITS = 20;
  private static final int BODIES = 10;
  private static final int CIRCLE = 360_000_000;
  private static final int STEP = 10_000;
  private static final int WARM_UP_SECONDS = 15;
  private static final int PATIENCE_SECONDS = 30;
  private static final int ON_PAGE_PER_SECOND = 4;
  private static final int PAGE_WARM_UP_SECONDS = 10;
  private static final long SETTLE_MILLIS = 1_500;
  private static final String MOST_BLOCKED_MILLIS = "10000";

  /**
   * Where the first chart's Sun begins, how far behind the other's, and how far it goes at once.
   */
  private static final int FIRST_SUN = 100_000_000;

  private static final int NEAR = 4_000_000;
  private static final int FINE_STEP = 1_000;

  private record Sky(long revision, long millis) {}

  private final String ours;
  private final KafkaProducer<byte[], byte[]> producer;
  private final InputEncoder encoder = new InputEncoder(Format.JSON);
  private final Random random = new Random(5);
  private final int[][] longitudes = new int[PAIRS][];
  private final Awaited acknowledged = new Awaited();
  private final Awaited live = new Awaited();
  private final Awaited told = new Awaited();
  private final Queue<Sky> transits = new ConcurrentLinkedQueue<>();
  private final DemoTopics topics;
  private final DemoClient client;
  private boolean left;
  private long revision = 1;

  DemoLatency(URI demo, String bootstrapServers) {
    ours = "bench-" + Long.toString(System.currentTimeMillis(), RADIX) + "-";
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
    topics = new DemoTopics(bootstrapServers, ours, live);
    client =
        new DemoClient(
            demo,
            (pair, at, nanos, millis) -> {
              if (pair.startsWith(ours)) {
                told.seen(pair, at, nanos);
              } else {
                transits.add(new Sky(at, millis));
              }
            });
    Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "benchmark-leave"));
  }

  /** Sends so many updates a second for a while, after a warm-up that does not count. */
  void measure(int perSecond, int seconds, GatewayFigures figures) throws InterruptedException {
    List<String> pairs = IntStream.range(0, PAIRS).mapToObj(this::pair).toList();
    client.follow(Stream.concat(pairs.stream(), client.transits(TRANSITS).stream()).toList());
    await("the sky to move", () -> client.sky() != null);
    begin();
    await("states of the pairs", () -> client.knows(pairs));
    drive(perSecond, WARM_UP_SECONDS, false);
    transits.clear();
    int sent = drive(perSecond, seconds, true);
    await("what was sent", () -> told.waiting() == 0 && live.waiting() == 0);
    figures.runs().add(run("update to Kafka", perSecond, acknowledged.micros()));
    figures.runs().add(run("update to live topic", perSecond, live.micros()));
    figures.runs().add(run("update to client", perSecond, told.micros()));
    Histogram sky = sky();
    figures.runs().add(run("sky to client", sky.getTotalCount() / (double) seconds, sky));
    figures.singles().put("updates sent", (double) sent);
    figures.singles().put("updates lost", (double) told.waiting());
  }

  /** As {@link #measure}, of one pair, up to the frame of Chromium in which its grid shows it. */
  void measureOnPage(URI demo, int seconds, GatewayFigures figures) throws InterruptedException {
    String pair = pair(0);
    int[] own = longitudes[0];
    int[] other = own.clone();
    own[0] = FIRST_SUN;
    other[0] = FIRST_SUN + NEAR;
    revision++;
    send(encoder.chart(chart(pair + "-a", own)), null, 0);
    send(encoder.chart(chart(pair + "-b", other)), null, 0);
    Awaited drawn = new Awaited();
    try (DemoPage page = new DemoPage(demo, pair)) {
      step(PAGE_WARM_UP_SECONDS, pair, update -> {});
      page.drawn();
      Map<String, Long> updates = new HashMap<>();
      step(
          seconds,
          pair,
          update -> {
            updates.put(conjunction(other[0] - own[0]), update);
            drawn.sent(pair, update, wallNanos());
          });
      Thread.sleep(SETTLE_MILLIS);
      page.drawn()
          .forEach(
              seen -> {
                Long update = updates.get(seen.content());
                if (update != null) {
                  drawn.seen(pair, update, TimeUnit.MILLISECONDS.toNanos(seen.millis()));
                }
              });
    }
    figures.runs().add(run("update to page", ON_PAGE_PER_SECOND, drawn.micros()));
    figures.singles().put("updates the page never showed", (double) drawn.waiting());
  }

  /** The Sun of one chart comes nearer to that of the other, update by update. */
  private void step(int seconds, String pair, LongConsumer sending) {
    long step = TimeUnit.SECONDS.toNanos(1) / ON_PAGE_PER_SECOND;
    long begin = System.nanoTime();
    for (int i = 0; i < ON_PAGE_PER_SECOND * seconds; i++) {
      parkUntil(begin + i * step);
      longitudes[0][0] += FINE_STEP;
      revision++;
      OutputRecord update = encoder.chart(chart(pair + "-a", longitudes[0]));
      sending.accept(revision);
      send(update, null, 0);
    }
  }

  /** How the grid says it. */
  private static String conjunction(int orb) {
    return "conjunction "
        + BigDecimal.valueOf(orb).movePointLeft(6).stripTrailingZeros().toPlainString();
  }

  private static long wallNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  private void parkUntil(long nanos) {
    client.check();
    while (System.nanoTime() < nanos) {
      LockSupport.parkNanos(nanos - System.nanoTime());
    }
  }

  @Override
  public void close() throws InterruptedException {
    leave();
    client.close();
    topics.close();
  }

  /** Erases what it has sent, if there is still someone to hear it, and sends no more. */
  private synchronized void leave() {
    if (left) {
      return;
    }
    if (!client.gone()) {
      erase();
    }
    left = true;
    producer.close(client.gone() ? Duration.ZERO : Duration.ofSeconds(PATIENCE_SECONDS));
  }

  private void erase() {
    for (int pair = 0; pair < PAIRS; pair++) {
      send(encoder.unwatch(pair(pair)), null, 0);
      send(encoder.erase(pair(pair) + "-a"), null, 0);
      send(encoder.erase(pair(pair) + "-b"), null, 0);
    }
  }

  private void begin() {
    for (int pair = 0; pair < PAIRS; pair++) {
      longitudes[pair] = random.ints(BODIES, 0, CIRCLE).toArray();
      send(encoder.chart(chart(pair(pair) + "-a", longitudes[pair])), null, 0);
      int[] other = random.ints(BODIES, 0, CIRCLE).toArray();
      send(encoder.chart(chart(pair(pair) + "-b", other)), null, 0);
      String id = pair(pair);
      send(encoder.watch(new PairWatch(id, id + "-a", id + "-b", PairWatch.NO_REVISION)), null, 0);
    }
    producer.flush();
  }

  /** One chart after another moves in all its bodies, so that its pair is another one. */
  private int drive(int perSecond, int seconds, boolean counts) {
    long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long begin = System.nanoTime();
    int updates = perSecond * seconds;
    for (int i = 0; i < updates; i++) {
      parkUntil(begin + i * step);
      int pair = i % PAIRS;
      revision++;
      for (int slot = 0; slot < BODIES; slot++) {
        longitudes[pair][slot] = (longitudes[pair][slot] + STEP) % CIRCLE;
      }
      OutputRecord update = encoder.chart(chart(pair(pair) + "-a", longitudes[pair]));
      if (counts) {
        long now = System.nanoTime();
        Stream.of(acknowledged, live, told).forEach(all -> all.sent(pair(pair), revision, now));
        send(update, pair(pair), revision);
      } else {
        send(update, null, 0);
      }
    }
    return updates;
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

  private synchronized void send(OutputRecord record, @Nullable String pair, long sent) {
    if (left) {
      return;
    }
    Future<?> unused =
        producer.send(
            KafkaRecords.output(record),
            (metadata, failed) -> {
              if (failed == null && pair != null) {
                acknowledged.seen(pair, sent, System.nanoTime());
              }
            });
  }

  private Histogram sky() {
    Histogram micros = new Histogram(3);
    for (Sky seen : transits) {
      Long sentAt = topics.skySentAt(seen.revision());
      if (sentAt != null) {
        micros.recordValue(Math.max(0, seen.millis() - sentAt) * 1_000);
      }
    }
    return micros;
  }

  private static GatewayFigures.Run run(String name, double perSecond, Histogram micros) {
    return GatewayFigures.Run.of(name, perSecond, micros);
  }

  private String pair(int pair) {
    return ours + pair;
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      client.check();
      Thread.sleep(10);
    }
    if (!condition.getAsBoolean()) {
      System.err.println("waited in vain for " + what);
    }
  }
}
