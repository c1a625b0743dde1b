package io.cosmichub.quickstart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a demo went.
 *
 * @param seconds of observation, without starting and loading
 * @param sky what the sky did, or null if there was none
 * @param cores how many processors the whole process kept busy on average
 * @param latencies of a consumer of the live topic, or those that the job measured
 * @param firstDeltaSeconds from the start of the process, or null if there was no delta
 */
record Summary(
    double seconds,
    @Nullable Sky sky,
    Figures figures,
    double recomputesPerSecond,
    double slowestTenSeconds,
    double bestMinute,
    double cores,
    int processors,
    Latencies latencies,
    @Nullable Double firstDeltaSeconds,
    long lag,
    boolean lagGrowing) {

  /** From which hour to which the sky went. */
  record Sky(String from, String to, long hours) {}

  /**
   * Update to live.
   *
   * @param count how many records were measured; 0 where the job measured
   */
  record Latencies(double p50Millis, double p99Millis, long count) {}

  /** The lines to print. */
  List<String> lines() {
    return List.of(
        "Summary",
        line("ran for", "%.0f s%s", seconds, sky == null ? "" : ", " + words(sky)),
        line(
            "records in",
            "%,d: applied %,d, stale %,d, duplicate %,d, conflict %,d, malformed %,d; not accounted for: %,d",
            figures.recordsRead(),
            figures.applied(),
            figures.stale(),
            figures.duplicate(),
            figures.conflict(),
            figures.deadLettered(),
            figures.accountingDifference()),
        line("dead letters", "%,d", figures.deadLetters()),
        line("deltas out", "%,d", figures.deltasOut()),
        line(
            "pairs recomputed",
            "%,d; %,.0f a second, %,.0f in the slowest ten seconds, %,.0f in the best minute",
            figures.pairsRecomputed(),
            recomputesPerSecond,
            slowestTenSeconds,
            bestMinute),
        line(
            "processors",
            "%.1f cores busy with broker, Flink and this demo, of %d",
            cores,
            processors),
        line(
            "update to live",
            figures.deltasOut() == 0 ? "nothing to measure" : "p50 %,.0f ms, p99 %,.0f ms%s",
            latencies.p50Millis(),
            latencies.p99Millis(),
            latencies.count() == 0
                ? ", as the job measures it"
                : String.format(
                    Locale.ROOT,
                    ", from send to a consumer of the live topic, %,d records",
                    latencies.count())),
        line(
            "first delta",
            firstDeltaSeconds == null ? "none" : "%.1f s after the start",
            firstDeltaSeconds),
        line(
            "consumer lag",
            "%,d records at the end, %s",
            lag,
            lagGrowing ? "GROWING" : "not growing"));
  }

  /** Writes the same as JSON. */
  void write(Path file) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(Files.newBufferedWriter(file, StandardCharsets.UTF_8))
            .setPrettyPrinter(new DefaultPrettyPrinter())) {
      json.writeStartObject();
      json.writeNumberField("seconds", seconds);
      json.writeNumberField("skyHours", sky == null ? 0 : sky.hours());
      json.writeNumberField("recordsIn", figures.recordsRead());
      json.writeNumberField("applied", figures.applied());
      json.writeNumberField("stale", figures.stale());
      json.writeNumberField("duplicate", figures.duplicate());
      json.writeNumberField("conflict", figures.conflict());
      json.writeNumberField("malformed", figures.deadLettered());
      json.writeNumberField("accountingDifference", figures.accountingDifference());
      json.writeNumberField("deadLetters", figures.deadLetters());
      json.writeNumberField("deltasOut", figures.deltasOut());
      json.writeNumberField("pairsRecomputed", figures.pairsRecomputed());
      json.writeNumberField("recomputesPerSecond", recomputesPerSecond);
      json.writeNumberField("recomputesPerSecondSlowestTenSeconds", slowestTenSeconds);
      json.writeNumberField("recomputesPerSecondBestMinute", bestMinute);
      json.writeNumberField("coresBusy", cores);
      json.writeNumberField("processors", processors);
      json.writeNumberField("updateToLiveP50Millis", latencies.p50Millis());
      json.writeNumberField("updateToLiveP99Millis", latencies.p99Millis());
      json.writeNumberField("updateToLiveRecords", latencies.count());
      if (firstDeltaSeconds != null) {
        json.writeNumberField("firstDeltaSeconds", firstDeltaSeconds);
      }
      json.writeNumberField("consumerLag", lag);
      json.writeBooleanField("consumerLagGrowing", lagGrowing);
      json.writeEndObject();
    }
  }

  private static String words(Sky sky) {
    return String.format(
        Locale.ROOT, "the sky from %s to %s (%,d hours)", sky.from(), sky.to(), sky.hours());
  }

  private static String line(String name, String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, "  %-18s", name) + String.format(Locale.ROOT, format, values);
  }
}
