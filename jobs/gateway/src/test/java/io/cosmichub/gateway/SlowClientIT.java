package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that stops reading, over a socket whose buffers fill up, beside one that reads. */
final class SlowClientIT {
  private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"pairs\":[\"busy\"]}";

  private final Random random = new Random(5);

  @Test
  void whoStopsReadingIsClosedWith4408AndOthersAreNot(@TempDir Path directory) throws Exception {
    try (Stage stage = Stage.start(directory);
        Stage.Running gateway = stage.gateway("access=open", "slow-after=1s");
        Client reads = Client.open(gateway.address())) {
      reads.send("{\"type\":\"subscribe\",\"pairs\":[\"other\"]}");
      stage.move("busy", Stage.some(random), true);
      Http http = new Http(gateway.address());
      try (RawClient late = RawClient.open(gateway.address(), SUBSCRIBE)) {
        awaitClosed(stage, http);
        assertThat(late.readToClose()).isEqualTo(4408);
        // It does not answer the close, and loses its place nevertheless.
        Stage.until(() -> figure(http, "connections") == 1);
      }
      try (RawClient never = RawClient.open(gateway.address(), SUBSCRIBE)) {
        awaitClosed(stage, http);
        Stage.until(() -> figure(http, "connections") == 1);
        assertThat(never.ends()).isTrue();
      }
      assertThat(figure(http, "waiting")).isZero();

      stage.move("other", Stage.some(random), false);
      JsonNode snapshot = reads.await("snapshot", 1);
      assertThat(snapshot.path("pair").asText()).isEqualTo("other");
      assertThat(reads.closedWith).isNull();
    }
  }

  /** The pair is followed until its client is closed; until then all that lies between fills up. */
  private void awaitClosed(Stage stage, Http http) {
    Stage.until(() -> figure(http, "pairs_followed") == 2);
    Stage.until(
        () -> {
          stage.rush("busy", 200, random);
          return figure(http, "pairs_followed") == 1;
        });
  }

  private static int figure(Http http, String name) {
    return http.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("cosmichub_gateway_" + name + " "))
        .mapToInt(line -> (int) Double.parseDouble(line.replaceFirst(".* ", "")))
        .findFirst()
        .orElseThrow();
  }
}
