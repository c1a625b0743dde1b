package io.cosmichub.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What was measured of the gateway, as a table and JSON.
 *
 * @param runs how late deltas were, in the order of the runs
 * @param singles what was measured once, by name
 */
record GatewayFigures(List<Run> runs, Map<String, Double> singles) {

  private static final double MILLI = 1_000;

  GatewayFigures() {
    this(new ArrayList<>(), new LinkedHashMap<>());
  }

  /** Milliseconds from send to callback, over one run. */
  record Run(
      String name,
      double recordsPerSecond,
      long deltas,
      double p50,
      double p99,
      double p999,
      double max) {

    static Run of(String name, double recordsPerSecond, Histogram micros) {
      return new Run(
          name,
          recordsPerSecond,
          micros.getTotalCount(),
          micros.getValueAtPercentile(50) / MILLI,
          micros.getValueAtPercentile(99) / MILLI,
          micros.getValueAtPercentile(99.9) / MILLI,
          micros.getMaxValue() / MILLI);
    }
  }

  /** The median of the 99th percentiles of the runs of this name. */
  double p99(String name) {
    return Medians.of(runs.stream().filter(run -> run.name().equals(name)).mapToDouble(Run::p99));
  }

  /**
   * By how many percent the 99th percentiles of the runs of one name are above those of the other,
   * the first with the first, and so on.
   */
  PairedDifferences differences(String base, String other) {
    List<Run> bases = runs.stream().filter(run -> run.name().equals(base)).toList();
    List<Run> others = runs.stream().filter(run -> run.name().equals(other)).toList();
    return PairedDifferences.of(
        IntStream.range(0, bases.size())
            .mapToDouble(pair -> 100 * (others.get(pair).p99() / bases.get(pair).p99() - 1))
            .toArray());
  }

  /** A table, which is Markdown too, and a line for each of the others. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| run | records/s | deltas | p50 ms | p99 ms | p99.9 ms | max ms |\n");
    table.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (Run run : runs) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f | %,d | %.1f | %.1f | %.1f | %.1f |%n",
              run.name(),
              run.recordsPerSecond(),
              run.deltas(),
              run.p50(),
              run.p99(),
              run.p999(),
              run.max()));
    }
    table.append(System.lineSeparator());
    singles.forEach(
        (name, value) -> table.append(String.format(Locale.ROOT, "%s: %,.1f%n", name, value)));
    return table.toString();
  }

  /** The same as JSON. */
  void json(JsonGenerator json) throws IOException {
    json.writeNumberField(
        "load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    for (Map.Entry<String, Double> single : singles.entrySet()) {
      json.writeNumberField(single.getKey(), single.getValue());
    }
    json.writeArrayFieldStart("runs");
    for (Run run : runs) {
      json.writeStartObject();
      json.writeStringField("run", run.name());
      json.writeNumberField("recordsPerSecond", run.recordsPerSecond());
      json.writeNumberField("deltas", run.deltas());
      json.writeNumberField("p50Millis", run.p50());
      json.writeNumberField("p99Millis", run.p99());
      json.writeNumberField("p999Millis", run.p999());
      json.writeNumberField("maxMillis", run.max());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
