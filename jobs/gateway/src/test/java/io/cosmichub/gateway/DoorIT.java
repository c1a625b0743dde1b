package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.cosmichub.gateway.access.Keys;
import io.cosmichub.gateway.settings.GatewayConfig;
import io.cosmichub.gateway.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who stays at the door, and how those leave who are shown out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DoorIT {
  private static final String UPGRADE =
      """
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
      Sec-WebSocket-Version: 13\r
      """;

  private Stage stage;
  private Stage.Running open;
  private Stage.Running locked;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    stage = Stage.start(directory);
    open = stage.gateway("access=open", "limits.requests-per-second=1000");
    locked = stage.gateway("token.shared-secret=" + Keys.SECRET);
  }

  @AfterAll
  void stop() {
    open.close();
    locked.close();
    stage.close();
  }

  @Test
  void allTogetherHaveSoManyConnectionsAndOneMoreIsCutOffThoughItDoesNotAnswer() throws Exception {
    try (Stage.Running small = stage.gateway("access=open", "limits.connections=2");
        Client first = Client.open(small.address());
        Client second = Client.open(small.address())) {
      first.await("hello", 1);
      second.await("hello", 1);
      try (Client third = Client.open(small.address())) {
        assertThat(third.awaitClose()).isEqualTo(1008);
      }
      try (RawClient silent = RawClient.open(small.address(), "{\"type\":\"ping\"}")) {
        assertThat(silent.readToClose()).isEqualTo(1008);
        assertThat(silent.ends()).isTrue();
      }
      assertThat(first.closedWith).isNull();
      second.close();
      Stage.until(
          () -> {
            try (Client again = Client.open(small.address())) {
              Stage.until(() -> again.closedWith != null || !again.ofType("hello").isEmpty());
              return again.closedWith == null;
            }
          });
    }
  }

  @Test
  void aNameThatWasMadeToPointHereIsNotThisHost() throws Exception {
    int port = URI.create(open.address()).getPort();
    String rebound = "Host: rebound.example:" + port + "\r\n";
    for (String path : List.of("/", "/api/pairs", "/metrics", "/health/ready")) {
      assertThat(status(open, path, "Host: localhost:" + port + "\r\n")).as(path).isEqualTo(200);
      assertThat(status(open, path, "Host: 127.0.0.1:" + port + "\r\n")).as(path).isEqualTo(200);
      assertThat(status(open, path, "Host: localhost:1\r\n")).as(path).isEqualTo(403);
      assertThat(status(open, path, rebound)).as(path).isEqualTo(403);
    }
    String page = "Origin: http://rebound.example:" + port + "\r\n";
    assertThat(status(open, "/live", rebound + page + UPGRADE)).isEqualTo(403);
    // Where a token decides, a proxy may call it what it likes.
    assertThat(status(locked, "/health/live", rebound)).isEqualTo(200);
  }

  @Test
  void aPageWithoutAnOriginIsNotLetIn() {
    assertThat(refusal(open, null, "null")).isEqualTo(403);
    assertThat(refusal(locked, token(), "null")).isEqualTo(403);
    String[] nowhere = {"Origin", "null"};
    Http http = new Http(open.address());
    assertThat(http.askWith(nowhere, "POST", "/api/ticket", null).statusCode()).isEqualTo(403);
  }

  @Test
  void aTokenInTheAddressDoesNotOpenTheWebSocket() throws Exception {
    String token = token();
    String query = "?access_token=" + token + "&token=" + token + "&ticket=" + token;
    String host = "Host: " + URI.create(locked.address()).getAuthority() + "\r\n";
    assertThat(status(locked, "/live" + query, host + UPGRADE)).isEqualTo(401);
    String bearer = "Authorization: Bearer " + token + "\r\n";
    assertThat(status(locked, "/live", host + UPGRADE + bearer)).isEqualTo(101);
  }

  @Test
  void untilTheTopicsAreReadItAnswersWith503() throws Exception {
    String[] settings = {
      "--cosmichub.gateway.access=open",
      "--cosmichub.gateway.port=0",
      "--cosmichub.gateway.kafka.bootstrap-servers=127.0.0.1:1"
    };
    try (Gateway early =
        new Gateway(GatewayConfig.of(Settings.read(settings, Map.of())), Clock.systemUTC())) {
      Stage.Running running = new Stage.Running(early, early.start());
      assertThat(refusal(running, null, null)).isEqualTo(503);
      Http http = new Http(running.address());
      assertThat(http.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whileTheKeysOfTokensCannotBeReadItAnswersWith503() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("k").generate();
    String token =
        Keys.rs256(key, Keys.claims("ada", Instant.now().plusSeconds(60), false).build());
    try (Stage.Running away = stage.gateway("token.jwks=http://127.0.0.1:1/keys")) {
      Http http = new Http(away.address());
      assertThat(http.ask("GET", "/api/session", token, null).statusCode()).isEqualTo(503);
      assertThat(http.ask("GET", "/api/session", "nonsense", null).statusCode()).isEqualTo(401);
      assertThat(refusal(away, token, null)).isEqualTo(503);
    }
  }

  @Test
  void aBinaryMessageClosesWith1003() {
    try (Client client = Client.open(open.address())) {
      client.await("hello", 1);
      client.sendBinary();
      assertThat(client.awaitClose()).isEqualTo(1003);
    }
  }

  private static String token() {
    return Keys.hs256(Keys.SECRET, "ada", Instant.now().plusSeconds(60), false);
  }

  private static int refusal(
      Stage.Running gateway, @Nullable String token, @Nullable String origin) {
    try (Client client = Client.open(gateway.address(), token, origin, null)) {
      return 101;
    } catch (Client.Refused refused) {
      return refused.status;
    }
  }

  /** How a request is answered of which nobody but the test writes the headers. */
  private static int status(Stage.Running gateway, String path, String headers) throws IOException {
    URI address = URI.create(gateway.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request = "GET " + path + " HTTP/1.1\r\n" + headers + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String first = Objects.requireNonNull(in.readLine());
      return Integer.parseInt(first.substring(9, 12)); // after HTTP/1.1
    }
  }
}
