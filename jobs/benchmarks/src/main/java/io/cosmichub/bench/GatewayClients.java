package io.cosmichub.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Clients of the gateway in this process, which note how late each delta comes. */
final class GatewayClients implements AutoCloseable {

  private static final String PAIR = "\"pair\":\"p";
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final URI address;
  private final AtomicLongArray sentAt;
  private final Recorder micros = new Recorder(3);
  private final AtomicInteger snapshots = new AtomicInteger();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** {@code sentAt} is by number of the pair, in {@link System#nanoTime}. */
  GatewayClients(URI address, AtomicLongArray sentAt) {
    this.address = address;
    this.sentAt = sentAt;
  }

  /** Connects them and waits until each has a snapshot of all of its pairs. */
  void connect(int clients, int subscriptions, int pairs) throws InterruptedException {
    for (int client = 0; client < clients; client++) {
      WebSocket socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
      sockets.add(socket);
      StringBuilder wanted = new StringBuilder("{\"type\":\"subscribe\",\"pairs\":[");
      for (int i = 0; i < subscriptions; i++) {
        int pair = (int) (((long) client * subscriptions + i) % pairs);
        wanted.append(i == 0 ? "" : ",").append("\"p").append(pair).append('"');
      }
      socket.sendText(wanted.append("]}"), true).join();
    }
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (snapshots.get() < clients * subscriptions) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("only " + snapshots.get() + " snapshots have come");
      }
      Thread.sleep(50);
    }
  }

  /** The latencies since the last call, in microseconds. */
  Histogram take() {
    return micros.getIntervalHistogram();
  }

  @Override
  public void close() {
    sockets.forEach(WebSocket::abort);
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
      if (message.indexOf("{\"type\":\"snapshot\"") == 0) {
        snapshots.incrementAndGet();
      } else if (message.indexOf("{\"type\":\"delta\"") == 0) {
        int begin = message.indexOf(PAIR) + PAIR.length();
        int pair = Integer.parseInt(message, begin, message.indexOf("\"", begin), 10);
        micros.recordValue(Math.max(0, (now - sentAt.get(pair)) / 1_000));
      }
    }
  }
}
