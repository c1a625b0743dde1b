package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.contracts.Format;
import io.cosmichub.gateway.access.Keys;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that asks for tokens, and who gets in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecurityIT {
  private static final String ORIGIN = "https://app.example.org";
  private static final String CHART =
      "{\"chartId\":\"me\",\"revision\":\"1\",\"positions\":{\"sun\":{\"longitude\":89.5}}}";

  private Path directory = Path.of("");
  private Stage stage;
  private Stage.Running gateway;
  private Http http;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    stage = Stage.start(directory.resolve("broker"));
    stage.move("mine-1", Stage.some(new Random(1)), true);
    stage.move("other", Stage.some(new Random(2)), true);
    gateway =
        stage.gateway(
            "token.shared-secret=" + Keys.SECRET,
            "origins=" + ORIGIN,
            "limits.connections-per-user=3",
            "limits.connections-per-address=5",
            "limits.requests-per-second=1000");
    http = new Http(gateway.address());
  }

  @AfterAll
  void stop() {
    gateway.close();
    stage.close();
  }

  @Test
  void aWrongOriginIs403AndABadOrExpiredTokenIs401() {
    String good = token("ada", 60);
    assertThat(status(good, "https://app.example.org.evil.example", null)).isEqualTo(403);
    assertThat(status(good, "http://app.example.org", null)).isEqualTo(403);
    assertThat(status(null, ORIGIN, null)).isEqualTo(401);
    assertThat(status("nonsense", ORIGIN, null)).isEqualTo(401);
    assertThat(status(token("ada", -1), ORIGIN, null)).isEqualTo(401);
    assertThat(
            status(
                Keys.hs256(
                    "another secret of more than 32 bytes too",
                    "ada",
                    Instant.now().plusSeconds(60),
                    true),
                ORIGIN,
                null))
        .isEqualTo(401);
    assertThat(status(good, ORIGIN, null)).isEqualTo(101);
    assertThat(status(good, null, null)).isEqualTo(101);
  }

  @Test
  void aBrowserHearsThatPagesOfListedOriginsMayAskAndNoOthers() {
    for (String path : List.of("/api/ticket", "/api/charts/me", "/api/pairs")) {
      HttpResponse<String> listed = preflight(path, ORIGIN);
      assertThat(listed.statusCode()).as(path).isEqualTo(204);
      assertThat(header(listed, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
      assertThat(header(listed, "Access-Control-Allow-Headers")).contains("Authorization");
      assertThat(header(listed, "Vary")).isEqualTo("Origin");
      HttpResponse<String> other = preflight(path, "https://app.example.org.evil.example");
      assertThat(other.statusCode()).as(path).isEqualTo(403);
      assertThat(header(other, "Access-Control-Allow-Origin")).isEmpty();
    }
    assertThat(header(preflight("/metrics", ORIGIN), "Access-Control-Allow-Origin")).isEmpty();
    String bearer = "Bearer " + token("ada", 60);
    String[] asks = {"Origin", ORIGIN, "Authorization", bearer};
    HttpResponse<String> answer = http.askWith(asks, "GET", "/api/pairs/mine-1", null);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
    String[] stranger = {"Origin", "http://app.example.org", "Authorization", bearer};
    answer = http.askWith(stranger, "GET", "/api/pairs/mine-1", null);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
  }

  private HttpResponse<String> preflight(String path, String origin) {
    return http.preflight(path, origin, "POST", "authorization,content-type");
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void aTokenInTheAddressIsNoToken() {
    String token = token("ada", 60);
    HttpResponse<String> answer =
        request("GET", "/api/session?access_token=" + token + "&token=" + token, null, null);
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void aTicketOpensOnce() throws Exception {
    HttpResponse<String> answer = request("POST", "/api/ticket", token("bea", 60), null);
    String ticket = new ObjectMapper().readTree(answer.body()).path("ticket").asText();
    assertThat(status(null, ORIGIN, ticket)).isEqualTo(101);
    assertThat(status(null, ORIGIN, ticket)).isEqualTo(401);
    assertThat(request("POST", "/api/ticket", null, null).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatExpiresInMidSessionClosesIt() {
    Instant expires = Instant.now().plusSeconds(3);
    try (Client client =
        Client.open(
            gateway.address(), Keys.hs256(Keys.SECRET, "cid", expires, false), null, null)) {
      client.await("hello", 1);
      assertThat(client.awaitClose()).isEqualTo(4401);
      assertThat(Instant.now()).isBetween(expires.minusSeconds(1), expires.plusSeconds(30));
    }
  }

  @Test
  void theClaimsSayWhatMayBeSeenAndWritten() throws Exception {
    try (Client client = Client.open(gateway.address(), token("dan", 60), null, null)) {
      client.send("{\"type\":\"subscribe\",\"pairs\":[\"mine-1\",\"other\"]}");
      assertThat(client.await("snapshot", 1).path("pair").asText()).isEqualTo("mine-1");
      assertThat(client.await("error", 1).path("about").asText()).isEqualTo("other");
    }
    String reads = token("dan", 60);
    String writes = Keys.hs256(Keys.SECRET, "dan", Instant.now().plusSeconds(60), true);
    assertThat(request("GET", "/api/pairs/mine-1", reads, null).statusCode()).isEqualTo(200);
    assertThat(request("GET", "/api/pairs/other", reads, null).statusCode()).isEqualTo(403);
    assertThat(request("GET", "/api/pairs/other", null, null).statusCode()).isEqualTo(401);
    assertThat(request("GET", "/metrics", null, null).statusCode()).isEqualTo(401);
    assertThat(request("PUT", "/api/charts/me", reads, CHART).statusCode()).isEqualTo(403);
    assertThat(request("PUT", "/api/charts/me", writes, CHART).statusCode()).isEqualTo(202);
    assertThat(request("PUT", "/api/charts/them", writes, CHART).statusCode()).isEqualTo(403);
    stage.matches(Format.JSON, "me", "everyone", "stranger", "you");
    stage.matches(Format.JSON, "them", "everyone", "me");
    Stage.until(() -> request("GET", "/api/charts/me/best", reads, null).statusCode() == 200);
    assertThat(request("GET", "/api/charts/me/best", reads, null).body())
        .contains("\"you\"")
        .doesNotContain("stranger");
    assertThat(request("GET", "/api/charts/them/best", reads, null).statusCode()).isEqualTo(403);
    // With a pair of one's own, one would learn about a stranger's chart.
    assertThat(
            request(
                    "PUT",
                    "/api/pairs/mine-2",
                    writes,
                    "{\"pairId\":\"mine-2\",\"chartA\":\"me\",\"chartB\":\"them\"}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void oneUserHasAFewConnections() {
    String token = token("eve", 60);
    List<Client> clients =
        IntStream.range(0, 3)
            .mapToObj(i -> Client.open(gateway.address(), token, null, null))
            .toList();
    clients.forEach(client -> client.await("hello", 1));
    try (Client fourth = Client.open(gateway.address(), token, null, null)) {
      assertThat(fourth.awaitClose()).isEqualTo(1008);
    }
    clients.get(0).close();
    Stage.until(
        () -> {
          try (Client again = Client.open(gateway.address(), token, null, null)) {
            Stage.until(() -> again.closedWith != null || !again.ofType("hello").isEmpty());
            return again.closedWith == null;
          }
        });
    clients.forEach(Client::close);
  }

  @Test
  void oneAddressHasAFewConnectionsWhoeverComesFromIt() {
    // Those of other tests may not have left yet.
    List<Client> clients = new ArrayList<>();
    Stage.until(
        () -> {
          Client next =
              Client.open(gateway.address(), token("one-" + clients.size(), 60), null, null);
          Stage.until(() -> next.closedWith != null || !next.ofType("hello").isEmpty());
          if (next.closedWith == null) {
            clients.add(next);
          } else {
            next.close();
          }
          return clients.size() == 5;
        });
    try (Client sixth = Client.open(gateway.address(), token("another", 60), null, null)) {
      assertThat(sixth.awaitClose()).isEqualTo(1008);
    }
    clients.forEach(Client::close);
  }

  @Test
  void whoAsksTooOftenIsToldToWaitAndOthersAreNot() {
    try (Stage.Running strict =
        stage.gateway("token.shared-secret=" + Keys.SECRET, "limits.requests-per-second=2")) {
      Http asks = new Http(strict.address());
      String eager = token("eager", 60);
      String calm = token("calm", 60);
      assertThat(untilTooMany(asks, eager).headers().firstValue("Retry-After")).hasValue("1");
      assertThat(asks.ask("GET", "/api/session", calm, null).statusCode()).isEqualTo(200);
      assertThat(untilTooMany(asks, "no token at all").body()).contains("too many requests");
      assertThat(asks.get("/health/live").statusCode()).isEqualTo(200);
      Stage.until(() -> asks.ask("GET", "/api/session", eager, null).statusCode() == 200);
    }
  }

  private static HttpResponse<String> untilTooMany(Http asks, String token) {
    return Stream.generate(() -> asks.ask("GET", "/api/session", token, null))
        .filter(answer -> answer.statusCode() == 429)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withAKeystoreItSpeaksTls() throws Exception {
    Path keystore = directory.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "gateway",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance(keystore.toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("gateway", store.getCertificate("gateway"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    try (Stage.Running secure =
        stage.gateway(
            "access=open",
            "port=0",
            "tls.keystore=" + keystore,
            "tls.keystore-password=changeit")) {
      assertThat(secure.address()).startsWith("https://");
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(tls)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(secure.address() + "/health/ready")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      try (Client client = Client.open(tls, secure.address(), secure.address())) {
        client.send("{\"type\":\"subscribe\",\"pairs\":[\"mine-1\"]}");
        client.await("snapshot", 1);
      }
      Http plain = new Http(secure.address().replaceFirst("^https", "http"));
      assertThatThrownBy(() -> plain.get("/health/live")).isInstanceOf(UncheckedIOException.class);
    }
  }

  private static String token(String user, int seconds) {
    return Keys.hs256(Keys.SECRET, user, Instant.now().plusSeconds(seconds), false);
  }

  private int status(@Nullable String token, @Nullable String origin, @Nullable String ticket) {
    try (Client client = Client.open(gateway.address(), token, origin, ticket)) {
      return 101;
    } catch (Client.Refused refused) {
      return refused.status;
    }
  }

  private HttpResponse<String> request(
      String method, String path, @Nullable String token, @Nullable String body) {
    return http.ask(method, path, token, body);
  }
}
