package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.InputEncoder;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erased chart, of which moves are left on their topic. */
final class ErasureIT {
  private static final String MOVE =
      "{\"chartId\":\"gone\",\"revision\":\"2\",\"partial\":true,"
          + "\"positions\":{\"moon\":{\"longitude\":120.5}}}";

  @Test
  void isShownNoMoreAlsoNotByAGatewayThatReadsAllAnew(@TempDir Path directory) throws Exception {
    try (Stage stage = Stage.start(directory)) {
      stage.chart("gone", 1, IntStream.range(0, 10).toArray());
      stage.chart("here", 1, IntStream.range(0, 10).toArray());
      try (Stage.Running gateway = stage.gateway("access=open");
          Client client = Client.open(gateway.address())) {
        Http http = new Http(gateway.address());
        assertThat(http.put("/api/charts/gone", MOVE).statusCode()).isEqualTo(202);
        Stage.until(() -> http.get("/api/charts/gone").body().contains("\"moon\":120.5"));
        assertThat(http.put("/api/charts/here", MOVE.replace("gone", "here")).statusCode())
            .isEqualTo(202);
        // As it is once compaction has taken the full chart and then the tombstone.
        assertThat(
                http.put("/api/charts/compacted", MOVE.replace("gone", "compacted")).statusCode())
            .isEqualTo(202);
        client.send("{\"type\":\"subscribe\",\"positions\":[\"gone\"]}");
        client.await("positions", 1);

        stage.send(new InputEncoder(Format.JSON).erase("gone"));
        assertThat(client.await("positions", 2).has("positions")).isFalse();
        assertThat(http.get("/api/charts/gone").statusCode()).isEqualTo(404);
      }
      try (Stage.Running gateway = stage.gateway("access=open")) {
        Http http = new Http(gateway.address());
        assertThat(http.get("/api/charts/here").body()).contains("\"moon\":120.5");
        assertThat(http.get("/api/charts/gone").statusCode()).isEqualTo(404);
        assertThat(http.get("/api/charts/compacted").statusCode()).isEqualTo(404);
      }
    }
  }
}
