package io.cosmichub.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was measured of a chart that very many pairs watch, against what is wanted, as a table and
 * JSON.
 *
 * @param settings what was chosen, by name
 * @param parts in the order in which they ran
 */
record HubFigures(Map<String, String> settings, List<Part> parts) {

  static final String WATCH = "watch";
  static final String UPDATE = "update";
  static final String UNWATCH = "unwatch";

  private static final double MILLI = 1_000;
  private static final double WANTED_GROWTH = 0.2;
  private static final Duration WANTED_CHECKPOINT = Duration.ofSeconds(5);

  HubFigures(Map<String, String> settings) {
    this(settings, new ArrayList<>());
  }

  /**
   * A part of the run.
   *
   * @param pairs of the hub that were watched, updated or unwatched; 0 where others were alone
   * @param checkpoints that began in it
   * @param micros how late the live records of other charts were
   */
  record Part(String name, int pairs, double seconds, Checkpoints checkpoints, Histogram micros) {

    double p50() {
      return micros.getValueAtPercentile(50) / MILLI;
    }

    double p99() {
      return micros.getValueAtPercentile(99) / MILLI;
    }

    String words() {
      return String.format(
          Locale.ROOT,
          "%.1f s; other charts p50 %,.1f ms, p99 %,.1f ms; checkpoints: %s, the longest %.1f s",
          seconds,
          p50(),
          p99(),
          checkpoints.words(),
          longestCheckpoint());
    }

    double longestCheckpoint() {
      return checkpoints.longest().toMillis() / MILLI;
    }
  }

  /** How much later other charts' p99 is during the update than right before and after it. */
  double growth() {
    int update = parts.indexOf(part(UPDATE));
    Histogram alone = parts.get(update - 1).micros().copy();
    alone.add(parts.get(update + 1).micros());
    return part(UPDATE).micros().getValueAtPercentile(99) / (double) alone.getValueAtPercentile(99)
        - 1;
  }

  /** The longest checkpoint that began while the hub was watched, updated or unwatched. */
  Duration longestCheckpoint() {
    return parts.stream()
        .filter(part -> part.pairs() > 0)
        .map(part -> part.checkpoints().longest())
        .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** How many times as long as watching unwatching took. */
  double unwatchingByWatching() {
    return part(UNWATCH).seconds() / part(WATCH).seconds();
  }

  private Part part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }

  /** A table, which is Markdown too. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | | seconds | pairs/s | others p50 ms | p99 ms | most ms | records | checkpoints | longest s |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |
        """);
    for (Part part : parts) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.1f | %s | %,.1f | %,.1f | %,.1f | %,d | %s | %.1f |%n",
              part.name(),
              part.seconds(),
              part.pairs() == 0 ? "" : "%,.0f".formatted(part.pairs() / part.seconds()),
              part.p50(),
              part.p99(),
              part.micros().getMaxValue() / MILLI,
              part.micros().getTotalCount(),
              part.checkpoints().words(),
              part.longestCheckpoint()));
    }
    return table.toString();
  }

  /** What is wanted, a line each, and whether it was reached. */
  String verdicts() {
    return verdict(
            growth() < WANTED_GROWTH,
            "other charts' p99 grows by less than 20 % while the hub's update reaches its pairs",
            "by %,.0f %% of that alone, before and after".formatted(100 * growth()))
        + verdict(
            longestCheckpoint().compareTo(WANTED_CHECKPOINT) < 0,
            "checkpoints stay under 5 s",
            "the longest took %.1f s".formatted(longestCheckpoint().toMillis() / MILLI))
        + verdict(
            unwatchingByWatching() <= 1,
            "unwatching is as cheap as watching",
            "it took %.2f times as long".formatted(unwatchingByWatching()));
  }

  private static String verdict(boolean reached, String wanted, String found) {
    return "%s: %s (%s)%n".formatted(reached ? "reached" : "not reached", wanted, found);
  }

  /** The same as JSON. */
  void json(JsonGenerator json) throws IOException {
    JsonReport.settings(settings, json);
    json.writeNumberField("othersP99Growth", growth());
    json.writeNumberField("longestCheckpointSeconds", longestCheckpoint().toMillis() / MILLI);
    json.writeNumberField("unwatchingByWatching", unwatchingByWatching());
    json.writeArrayFieldStart("parts");
    for (Part part : parts) {
      write(part, json);
    }
    json.writeEndArray();
  }

  private static void write(Part part, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("part", part.name());
    json.writeNumberField("pairs", part.pairs());
    json.writeNumberField("seconds", part.seconds());
    json.writeNumberField("othersP50Millis", part.p50());
    json.writeNumberField("othersP99Millis", part.p99());
    json.writeNumberField("othersMostMillis", part.micros().getMaxValue() / MILLI);
    json.writeNumberField("othersRecords", part.micros().getTotalCount());
    json.writeNumberField("checkpointsDone", part.checkpoints().count(Checkpoints.End.DONE));
    json.writeNumberField("checkpointsFailed", part.checkpoints().count(Checkpoints.End.FAILED));
    json.writeNumberField("checkpointsUnfinished", part.checkpoints().count(Checkpoints.End.NONE));
    json.writeNumberField("longestCheckpointSeconds", part.longestCheckpoint());
    json.writeEndObject();
  }
}
