package io.cosmichub.bench;

import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * From a chart update's send to Kafka to the delta on a WebSocket of the gateway, in a demo that
 * runs.
 */
final class DemoLatency implements AutoCloseable {

  private static final int RADIX = 36;
  private static final int TRANSITS = 20;
  private static final int WARM_UP_SECONDS = 15;
  private static final int PATIENCE_SECONDS = 30;
  private static final int ON_PAGE_PER_SECOND = 4;
  private static final int PAGE_WARM_UP_SECONDS = 10;
  private static final long SETTLE_MILLIS = 1_500;

  private record Sky(long revision, long millis) {}

  private final Awaited acknowledged = new Awaited();
  private final Awaited live = new Awaited();
  private final Awaited told = new Awaited();
  private final Queue<Sky> transits = new ConcurrentLinkedQueue<>();
  private final DemoTopics topics;
  private final DemoClient client;
  private final DemoCharts charts;

  DemoLatency(URI demo, String bootstrapServers) {
    String ours = "bench-" + Long.toString(System.currentTimeMillis(), RADIX) + "-";
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
    charts = new DemoCharts(bootstrapServers, ours, client);
  }

  /** Sends so many updates a second for a while, after a warm-up that does not count. */
  void measure(int perSecond, int seconds, GatewayFigures figures) throws InterruptedException {
    List<String> pairs = charts.pairs();
    client.follow(Stream.concat(pairs.stream(), client.transits(TRANSITS).stream()).toList());
    await("the sky to move", () -> client.sky() != null);
    charts.begin();
    await("states of the pairs", () -> client.knows(pairs));
    drive(perSecond, WARM_UP_SECONDS, charts::send);
    transits.clear();
    int sent = drive(perSecond, seconds, this::sendAwaited);
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
    String pair = charts.beginNear();
    Awaited drawn = new Awaited();
    try (DemoPage page = new DemoPage(demo, pair)) {
      step(PAGE_WARM_UP_SECONDS, update -> {});
      page.drawn();
      Map<String, Long> updates = new HashMap<>();
      step(
          seconds,
          update -> {
            updates.put(conjunction(charts.sunsApart()), update.revision());
            drawn.sent(pair, update.revision(), wallNanos());
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
  private void step(int seconds, Consumer<DemoCharts.Update> sending) {
    long step = TimeUnit.SECONDS.toNanos(1) / ON_PAGE_PER_SECOND;
    long begin = System.nanoTime();
    for (int i = 0; i < ON_PAGE_PER_SECOND * seconds; i++) {
      parkUntil(begin + i * step);
      DemoCharts.Update update = charts.nearer();
      sending.accept(update);
      charts.send(update);
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
    charts.close();
    client.close();
    topics.close();
  }

  /** One chart after another moves; how many updates that were. */
  private int drive(int perSecond, int seconds, Consumer<DemoCharts.Update> sending) {
    long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long begin = System.nanoTime();
    int updates = perSecond * seconds;
    for (int i = 0; i < updates; i++) {
      parkUntil(begin + i * step);
      sending.accept(charts.next(i));
    }
    return updates;
  }

  private void sendAwaited(DemoCharts.Update update) {
    long now = System.nanoTime();
    Stream.of(acknowledged, live, told)
        .forEach(all -> all.sent(update.pair(), update.revision(), now));
    charts.send(update, acknowledged);
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
