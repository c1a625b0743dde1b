package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryTest {

  @TempDir Path directory;

  @Test
  void everyFigureIsSaid() {
    assertThat(summary(11.25).lines())
        .containsExactly(
            "Summary",
            "  ran for           60 s, the sky from 2026-01-01 00:00 to 2026-01-03 12:00 (60 hours)",
            "  records in        6,610: applied 6,600, stale 4, duplicate 3, conflict 2, malformed 1; not accounted for: 0",
            "  dead letters      3",
            "  deltas out        160,000",
            "  pairs recomputed  166,375; 2,709 a second, 2,650 in the slowest ten seconds, 2,712 in the best minute",
            "  processors        0.6 cores busy with broker, Flink and this demo, of 2",
            "  update to live    p50 83 ms, p99 214 ms, from send to a consumer of the live topic, 162,540 records",
            "  first delta       11.3 s after the start",
            "  consumer lag      1 records at the end, not growing");
  }

  @Test
  void aRunWithoutADeltaSaysSo() {
    assertThat(summary(null).lines()).contains("  first delta       none");
  }

  @Test
  void theFileHoldsTheSame() throws Exception {
    Path file = directory.resolve("summary.json");
    summary(11.25).write(file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.get("recordsIn").longValue()).isEqualTo(6_610);
    assertThat(json.get("accountingDifference").longValue()).isZero();
    assertThat(json.get("pairsRecomputed").longValue()).isEqualTo(166_375);
    assertThat(json.get("recomputesPerSecond").doubleValue()).isEqualTo(2_709.4);
    assertThat(json.get("updateToLiveP99Millis").doubleValue()).isEqualTo(214);
    assertThat(json.get("firstDeltaSeconds").doubleValue()).isEqualTo(11.25);
    assertThat(json.get("consumerLagGrowing").booleanValue()).isFalse();
    assertThat(json.get("skyHours").longValue()).isEqualTo(60);
  }

  private static Summary summary(@Nullable Double firstDelta) {
    return new Summary(
        60.2,
        new Summary.Sky("2026-01-01 00:00", "2026-01-03 12:00", 60),
        new Figures(6_610, 6_600, 4, 3, 2, 1, 166_375, 160_000, 0, 0),
        2_709.4,
        2_650,
        2_712,
        0.62,
        2,
        new Summary.Latencies(83.2, 214, 162_540),
        firstDelta,
        1,
        false);
  }
}
