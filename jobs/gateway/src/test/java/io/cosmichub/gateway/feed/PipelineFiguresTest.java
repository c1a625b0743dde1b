package io.cosmichub.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.session.Outlet;
import io.cosmichub.gateway.session.Session;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PipelineFiguresTest {
  private static final Limits LIMITS =
      new Limits(
          20, 50, 8, 20, 20, 20, 100, 1 << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final String OUT_OF_REACH = "{\"type\":\"pipeline\",\"reachable\":false}";
  private static final String OURS = "flink_taskmanager_job_task_operator_cosmichub_";

  @Test
  void countersAreSummedQuantilesAreTheLargestAndOthersAreLeftOut() throws Exception {
    String page =
        String.join(
            "\n",
            List.of(
                "# HELP " + OURS + "pairs_recomputed x",
                OURS + "pairs_recomputed{host=\"a\",subtask_index=\"0\",} 3.0",
                OURS + "pairs_recomputed{host=\"a\",subtask_index=\"1\",} 4.0",
                OURS + "update_to_live_ms{subtask_index=\"0\",quantile=\"0.99\",} 5.0",
                OURS + "update_to_live_ms{subtask_index=\"1\",quantile=\"0.99\",} 9.0",
                OURS + "update_age_ms{operator_name=\"fan-out\",quantile=\"0.5\",} 2.0",
                OURS + "update_age_ms{operator_name=\"pairs\",quantile=\"0.5\",} NaN",
                OURS + "pairs_recomputed{host=\"a\",subtask_index=\"2\",} +Inf",
                OURS + "update_to_live_ms{subtask_index=\"2\",quantile=\"0.99\",} NaN",
                OURS + "kernel_chosen{kernel=\"vector\",subtask_index=\"0\",} 1.0",
                OURS + "kernel_chosen{kernel=\"vector\",subtask_index=\"1\",} 1.0",
                "jvm_threads{name=\"cosmichub_x\"} 1.0",
                ""));
    JsonNode json = new ObjectMapper().readTree(PipelineFigures.json(page, Instant.EPOCH));
    assertThat(json.path("reachable").asBoolean()).isTrue();
    assertThat(json.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(json.path("kernels")).extracting(JsonNode::asText).containsExactly("vector");
    assertThat(json.path("sums").path("pairs_recomputed").asDouble()).isEqualTo(7);
    assertThat(json.path("sums").size()).isEqualTo(2);
    assertThat(json.path("quantiles").path("update_to_live_ms p0.99").asDouble()).isEqualTo(9);
    assertThat(json.path("quantiles").path("update_age_ms fan-out p0.5").asDouble()).isEqualTo(2);
    assertThat(json.path("quantiles").size()).isEqualTo(2);
  }

  @Test
  void whatWasReadForTheLastWhoFollowedIsNotToldToTheNext() {
    Hub hub = new Hub(new LatestPairs(1), new Charts(1), new PairDirectory(1));
    hub.pipeline("of an hour ago");
    new PipelineFigures(URI.create("http://127.0.0.1:1/metrics"), hub, Clock.systemUTC()).run();
    assertThat(hub.pipeline()).isNull();
  }

  @Test
  void aPageThatIsNotThereIsSaidToBeOutOfReach() throws Exception {
    assertThat(told(null)).containsExactly(OUT_OF_REACH);
  }

  @Test
  void aPageThatIsNotUnderstoodIsAsGoodAsOutOfReachAndEndsNothing() throws Exception {
    assertThat(told(OURS + "pairs_recomputed many\n")).containsExactly(OUT_OF_REACH);
  }

  /** What is told of a page of this text, or of none. */
  private static List<String> told(@Nullable String text) throws Exception {
    Hub hub = new Hub(new LatestPairs(1), new Charts(1), new PairDirectory(1));
    List<String> told = new ArrayList<>();
    new Session(Grant.OPEN, hub, new Told(told), LIMITS, System::nanoTime)
        .received("{\"type\":\"subscribe\",\"pipeline\":true}");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    if (text != null) {
      server.createContext(
          "/metrics",
          exchange -> {
            byte[] body = text.getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
    }
    server.start();
    try {
      String page = "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
      new PipelineFigures(URI.create(page), hub, Clock.systemUTC()).run();
    } finally {
      server.stop(0);
    }
    return told;
  }

  private record Told(List<String> texts) implements Outlet {
    @Override
    public void send(String text, Runnable sent) {
      texts.add(text);
      sent.run();
    }

    @Override
    public void close(int code, String reason) {}
  }

  @Test
  void anEmptyPageIsNoFigures() throws Exception {
    JsonNode json = new ObjectMapper().readTree(PipelineFigures.json("", Instant.EPOCH));
    assertThat(json.path("sums").size()).isZero();
  }
}
