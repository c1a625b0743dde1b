package io.cosmichub.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Clients of the gateway in this process, which note how late each delta comes. */
final class GatewayClients implements AutoCloseable {

  private static final String SENT_AT = "\"revisionA\":\"";
  private static final long PATIENCE_SECONDS = 120;
  private static final int AT_ONCE = 50;

  private final URI address;
  private final int subscriptions;
  private final int pairs;
  private final Recorder micros = new Recorder(3);
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  GatewayClients(URI address, int subscriptions, int pairs) {
    this.address = address;
    this.subscriptions = subscriptions;
    this.pairs = pairs;
  }

  /** Connects so many; each follows some pairs and waits for an answer about each. */
  void connect(int clients) throws InterruptedException {
    int before = answers.get();
    for (int client = 0; client < clients; client++) {
      sockets.add(open(client).join());
    }
    await(answers, before + clients * subscriptions);
  }

  /** Waits until a whole state of each pair has come to each client. */
  void awaitStates() throws InterruptedException {
    await(snapshots, sockets.size() * subscriptions);
  }

  /** So many clients, some at once, come, hear of their pairs and go, every other one unasked. */
  void comeAndGo(int clients) throws InterruptedException {
    for (int begun = 0; begun < clients; begun += AT_ONCE) {
      int before = answers.get();
      int now = Math.min(AT_ONCE, clients - begun);
      int first = begun;
      List<WebSocket> some =
          IntStream.range(0, now)
              .mapToObj(client -> open(first + client))
              .collect(Collectors.toList())
              .stream()
              .map(CompletableFuture::join)
              .toList();
      await(answers, before + now * subscriptions);
      for (int client = 0; client < now; client++) {
        if (client % 2 == 0) {
          some.get(client).sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
        some.get(client).abort();
      }
    }
  }

  /** The latencies since the last call, in microseconds. */
  Histogram take() {
    return micros.getIntervalHistogram();
  }

  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
    sockets.clear();
  }

  /** The message that asks for the pairs of one client. */
  static String subscribe(int client, int subscriptions, int pairs) {
    return IntStream.range(0, subscriptions)
        .mapToObj(i -> "\"p" + ((long) client * subscriptions + i) % pairs + '"')
        .collect(Collectors.joining(",", "{\"type\":\"subscribe\",\"pairs\":[", "]}"));
  }

  private CompletableFuture<WebSocket> open(int client) {
    return http.newWebSocketBuilder()
        .buildAsync(address, new Listener())
        .thenCompose(socket -> socket.sendText(subscribe(client, subscriptions, pairs), true));
  }

  private static void await(AtomicInteger counter, int least) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (counter.get() < least) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("only " + counter.get() + " of " + least + " have come");
      }
      Thread.sleep(1);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      long now = System.nanoTime();
      text.append(data);
      if (last) {
        told(text, now);
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void told(StringBuilder message, long now) {
      if (message.indexOf("{\"type\":\"delta\"") == 0) {
        int begin = message.indexOf(SENT_AT) + SENT_AT.length();
        long sentAt = Long.parseLong(message, begin, message.indexOf("\"", begin), 10);
        micros.recordValue(Math.max(0, (now - sentAt) / 1_000));
      } else if (message.indexOf("{\"type\":\"snapshot\"") == 0) {
        snapshots.incrementAndGet();
        answers.incrementAndGet();
      } else if (message.indexOf("{\"type\":\"pending\"") == 0) {
        answers.incrementAndGet();
      }
    }
  }
}
