package io.cosmichub.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of checkpoints and of recovery by the number of pairs, as a table and JSON.
 *
 * @param settings what was chosen, by name
 * @param sizes in the order in which they ran
 */
record RecoveryFigures(Map<String, String> settings, List<Size> sizes) {

  private static final double MILLI = 1_000;
  private static final double MEGA = 1e6;

  RecoveryFigures(Map<String, String> settings) {
    this(settings, new ArrayList<>());
  }

  /**
   * A job with so many pairs.
   *
   * @param full a checkpoint of everything
   * @param incremental those that came by themselves while charts moved
   * @param hitRate of the hot state before the first failure
   */
  record Size(
      int pairs,
      double fillSeconds,
      Checkpoints.Checkpoint full,
      Checkpoints incremental,
      double hitRate,
      List<Failure> failures) {

    double bytesAPair() {
      return full.whole() / (double) pairs;
    }

    double median(ToDoubleFunction<Failure> figure) {
      return Medians.of(failures.stream().mapToDouble(figure));
    }
  }

  /**
   * What followed on the loss of the task manager.
   *
   * @param stopped seconds until nothing of the job ran any more
   * @param first seconds to the first live record of an update that was sent after that
   * @param caughtUp seconds until no update waited for longer than a second
   * @param hitRates of the hot state in the windows of {@link Recovery} after the first record
   */
  record Failure(double stopped, double first, double caughtUp, List<Double> hitRates) {

    String words() {
      return String.format(
          Locale.ROOT,
          "stopped after %.1f s, the first live record after %.1f s, caught up after %.1f s; hits %s, %s and %s",
          stopped,
          first,
          caughtUp,
          share(hitRates.get(0)),
          share(hitRates.get(1)),
          share(hitRates.get(2)));
    }
  }

  /** A table, which is Markdown too: medians of the failures. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        """
        | pairs | bytes a pair | full MB | s | incremental MB | s | first live record s | caught up s | hits before | to 1 s after it | 1 to 5 s | 5 to 15 s |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """);
    for (Size size : sizes) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %,d | %,.0f | %,.1f | %.1f | %,.1f | %.1f | %.1f | %.1f | %s | %s | %s | %s |%n",
              size.pairs(),
              size.bytesAPair(),
              size.full().whole() / MEGA,
              size.full().millis() / MILLI,
              size.incremental().median(Checkpoints.Checkpoint::written) / MEGA,
              size.incremental().median(Checkpoints.Checkpoint::millis) / MILLI,
              size.median(Failure::first),
              size.median(Failure::caughtUp),
              share(size.hitRate()),
              share(size.median(failure -> failure.hitRates().get(0))),
              share(size.median(failure -> failure.hitRates().get(1))),
              share(size.median(failure -> failure.hitRates().get(2)))));
    }
    return table.toString();
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }

  /** The same and every failure as JSON. */
  void json(JsonGenerator json) throws IOException {
    JsonReport.settings(settings, json);
    json.writeArrayFieldStart("sizes");
    for (Size size : sizes) {
      write(size, json);
    }
    json.writeEndArray();
  }

  private static void write(Size size, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("pairs", size.pairs());
    json.writeNumberField("fillSeconds", size.fillSeconds());
    json.writeNumberField("bytesAPair", size.bytesAPair());
    json.writeObjectFieldStart("fullCheckpoint");
    write(size.full(), json);
    json.writeEndObject();
    json.writeArrayFieldStart("incrementalCheckpoints");
    for (Checkpoints.Checkpoint each : size.incremental().all()) {
      json.writeStartObject();
      write(each, json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("hitRateBefore", size.hitRate());
    json.writeNumberField("medianFirstLiveRecordSeconds", size.median(Failure::first));
    json.writeNumberField("medianCaughtUpSeconds", size.median(Failure::caughtUp));
    json.writeArrayFieldStart("failures");
    for (Failure failure : size.failures()) {
      json.writeStartObject();
      json.writeNumberField("stoppedSeconds", failure.stopped());
      json.writeNumberField("firstLiveRecordSeconds", failure.first());
      json.writeNumberField("caughtUpSeconds", failure.caughtUp());
      json.writeArrayFieldStart("hitRates");
      for (double rate : failure.hitRates()) {
        json.writeNumber(rate);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(Checkpoints.Checkpoint checkpoint, JsonGenerator json)
      throws IOException {
    json.writeNumberField("writtenBytes", checkpoint.written());
    json.writeNumberField("stateBytes", checkpoint.whole());
    json.writeNumberField("millis", checkpoint.millis());
  }
}
