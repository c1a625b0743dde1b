package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A WebSocket client of the JDK. */
final class Client implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> messages = new CopyOnWriteArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();
  volatile @Nullable Integer closedWith;
  private final StringBuilder text = new StringBuilder();
  private volatile @Nullable WebSocket socket;

  /** Opens it; the status is thrown as {@link Refused} if it is refused. */
  static Client open(
      String address, @Nullable String token, @Nullable String origin, @Nullable String ticket) {
    return open(HttpClient.newHttpClient(), address, token, origin, ticket);
  }

  /** Opens it as a page of this origin would, by TLS. */
  static Client open(SSLContext tls, String address, String origin) {
    HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
    return open(http, address, null, origin, null);
  }

  private static Client open(
      HttpClient http,
      String address,
      @Nullable String token,
      @Nullable String origin,
      @Nullable String ticket) {
    Client client = new Client();
    WebSocket.Builder builder = http.newWebSocketBuilder();
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    if (origin != null) {
      builder.header("Origin", origin);
    }
    if (ticket != null) {
      builder.subprotocols("cosmichub.v1", "ticket." + ticket);
    }
    try {
      client.socket =
          builder
              .buildAsync(URI.create(address.replaceFirst("^http", "ws") + "/live"), client)
              .join();
      return client;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw new Refused(refused.getResponse().statusCode());
      }
      throw e;
    }
  }

  static Client open(String address) {
    return open(address, null, null, null);
  }

  /** The gateway answered the upgrade with this status. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status) {
      super("refused with " + status);
      this.status = status;
    }
  }

  /** Sends what the document describes. */
  void send(String json) {
    assertThat(Documents.asked(json)).as(json).isEmpty();
    sendAnyhow(json);
  }

  void sendAnyhow(String json) {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not open");
    }
    open.sendText(json, true).join();
  }

  void sendBinary() {
    Objects.requireNonNull(socket).sendBinary(ByteBuffer.allocate(8), true).join();
  }

  List<JsonNode> ofType(String type) {
    return messages.stream().filter(message -> message.path("type").asText().equals(type)).toList();
  }

  JsonNode await(String type, int count) {
    Stage.until(() -> ofType(type).size() >= count);
    return ofType(type).get(count - 1);
  }

  int awaitClose() {
    Stage.until(() -> closedWith != null);
    Integer code = closedWith;
    return code == null ? 0 : code;
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    webSocket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        JsonNode message = JSON.readTree(text.toString());
        Documents.told(message).forEach(fault -> faults.add(fault + ": " + message));
        messages.add(message);
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
      text.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closedWith = code;
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    if (closedWith == null) {
      closedWith = -1;
    }
  }

  /** Fails if something came that the document does not describe. */
  @Override
  public void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
    assertThat(faults).isEmpty();
  }
}
