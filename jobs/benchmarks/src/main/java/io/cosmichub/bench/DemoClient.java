package io.cosmichub.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One client of the gateway of a demo: what it is told of pairs, and where the sky is. */
final class DemoClient implements WebSocket.Listener, AutoCloseable {

  private static final String SKY = "sky";
  private static final Pattern PAIR = Pattern.compile("\"pair\":\"([^\"]+)\"");
  private static final Pattern REVISION = Pattern.compile("\"revisionA\":\"(\\d+)\"");
  private static final Pattern EFFECTIVE = Pattern.compile("\"effectiveAt\":\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** What is done with a delta; the times are those of its arrival. */
  interface Deltas {
    void came(String pair, long revisionA, long nanos, long millis);
  }

  private final URI demo;
  private final Deltas deltas;
  private final HttpClient http = HttpClient.newHttpClient();
  private final StringBuilder text = new StringBuilder();
  private final Set<String> known = new HashSet<>();
  private @Nullable WebSocket socket;
  private volatile @Nullable Instant sky;
  private volatile boolean gone;

  DemoClient(URI demo, Deltas deltas) {
    this.demo = demo;
    this.deltas = deltas;
  }

  /** Pairs of the sky, so many. */
  List<String> transits(int most) throws InterruptedException {
    URI pairs = demo.resolve("/api/pairs?limit=" + most + "&contains=transit-");
    try {
      String found =
          http.send(HttpRequest.newBuilder(pairs).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return ID.matcher(found).results().map(match -> match.group(1)).toList();
    } catch (IOException e) {
      throw new DemoEnded("there is no page of a demo at " + demo, e);
    }
  }

  /** Follows pairs and the sky. */
  void follow(List<String> pairs) {
    URI live = URI.create(demo.resolve("/live").toString().replaceFirst("^http", "ws"));
    WebSocket opened = http.newWebSocketBuilder().buildAsync(live, this).join();
    socket = opened;
    String ids = String.join("\",\"", pairs);
    String message =
        "{\"type\":\"subscribe\",\"pairs\":[\"" + ids + "\"],\"positions\":[\"" + SKY + "\"]}";
    opened.sendText(message, true).join();
  }

  /** The instant of the sky, or null before it is known. */
  @Nullable Instant sky() {
    return sky;
  }

  /** Whether the connection to the gateway of the demo has ended. */
  boolean gone() {
    return gone;
  }

  /** A {@link DemoEnded} if it has. */
  void check() {
    if (gone) {
      throw new DemoEnded("the demo has ended, or its gateway has: " + demo);
    }
  }

  /** Whether it has been told how each of the pairs stands. */
  boolean knows(List<String> pairs) {
    synchronized (known) {
      return known.containsAll(pairs);
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    long nanos = System.nanoTime();
    long millis = System.currentTimeMillis();
    text.append(data);
    if (last) {
      told(text.toString(), nanos, millis);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    gone = true;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    gone = true;
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }

  private void told(String message, long nanos, long millis) {
    Matcher pair = PAIR.matcher(message);
    if (message.startsWith("{\"type\":\"delta\"") && pair.find()) {
      Matcher revision = REVISION.matcher(message);
      if (revision.find()) {
        deltas.came(pair.group(1), Long.parseLong(revision.group(1)), nanos, millis);
      }
    } else if (message.startsWith("{\"type\":\"snapshot\"") && pair.find()) {
      synchronized (known) {
        known.add(pair.group(1));
      }
    } else if (message.startsWith("{\"type\":\"positions\"")) {
      Matcher effective = EFFECTIVE.matcher(message);
      if (effective.find()) {
        sky = Instant.parse(effective.group(1));
      }
    }
  }
}
