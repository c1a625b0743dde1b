package io.cosmichub.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cosmichub.gateway.session.Hub;
import io.cosmichub.gateway.state.Charts;
import io.cosmichub.gateway.state.LatestPairs;
import io.cosmichub.gateway.state.PairDirectory;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PipelineFiguresTest {
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
                OURS + "kernel_chosen{kernel=\"vector\",subtask_index=\"0\",} 1.0",
                OURS + "kernel_chosen{kernel=\"vector\",subtask_index=\"1\",} 1.0",
                "jvm_threads{name=\"cosmichub_x\"} 1.0",
                ""));
    JsonNode json = new ObjectMapper().readTree(PipelineFigures.json(page));
    assertThat(json.path("reachable").asBoolean()).isTrue();
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
    new PipelineFigures(URI.create("http://127.0.0.1:1/metrics"), hub).run();
    assertThat(hub.pipeline()).isNull();
  }

  @Test
  void anEmptyPageIsNoFigures() throws Exception {
    JsonNode json = new ObjectMapper().readTree(PipelineFigures.json(""));
    assertThat(json.path("sums").size()).isZero();
  }
}
