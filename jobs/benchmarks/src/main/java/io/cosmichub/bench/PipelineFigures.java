package io.cosmichub.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The medians of all rounds, as a table, a plot and JSON.
 *
 * @param phases what was measured, by round
 * @param singles what was measured once, by name
 */
record PipelineFigures(List<Phase> phases, Map<String, Double> singles) {

  private static final int BAR_LEFT = 120;
  private static final int BAR_MOST = 420;
  private static final int ROW = 26;

  PipelineFigures() {
    this(new ArrayList<>(), new TreeMap<>());
  }

  /** The median of one figure over the rounds; NaN if there was none. */
  double median(String pipeline, String access, ToDoubleFunction<Phase> figure) {
    double[] sorted =
        phases.stream()
            .filter(phase -> phase.pipeline().equals(pipeline) && phase.access().equals(access))
            .mapToDouble(figure)
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    return sorted.length == 0
        ? Double.NaN
        : sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** A table, which is Markdown too. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append(line("pipeline", "access", "pairs/s", "ns CPU/pair", "bytes/pair", "hit rate"));
    table.append(line("---", "---", "---:", "---:", "---:", "---:"));
    for (String access : List.of("zipf", "uniform")) {
      for (String pipeline : pipelines()) {
        table.append(
            line(
                pipeline,
                access,
                number(median(pipeline, access, Phase::pairsPerSecond)),
                number(median(pipeline, access, Phase::nanosPerPair)),
                number(median(pipeline, access, Phase::bytesPerPair)),
                share(median(pipeline, access, Phase::hitRate))));
      }
      table.append(System.lineSeparator());
      for (String floor : floors()) {
        table.append(
            String.format(
                Locale.ROOT,
                "real ÷ %s, %s: %.2f in pairs a second, %.2f in processor time%n",
                floor,
                access,
                ratio(floor, access, Phase::pairsPerSecond),
                ratio(floor, access, Phase::nanosPerPair)));
      }
      table.append(System.lineSeparator());
    }
    singles.forEach(
        (name, value) -> table.append(String.format(Locale.ROOT, "%s: %.2f%n", name, value)));
    return table.toString();
  }

  /** The figure of the real pipeline by that of a floor, medians both. */
  double ratio(String floor, String access, ToDoubleFunction<Phase> figure) {
    return median("real", access, figure) / median(floor, access, figure);
  }

  private List<String> pipelines() {
    return phases.stream().map(Phase::pipeline).distinct().toList();
  }

  private List<String> floors() {
    return pipelines().contains("real")
        ? pipelines().stream().filter(name -> !name.equals("real")).toList()
        : List.of();
  }

  /** Bars of pairs a second. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(8 * ROW));
    svg.append("<rect width=\"640\" height=\"%d\" fill=\"white\"/>%n".formatted(8 * ROW));
    svg.append(
        "<text x=\"10\" y=\"18\" font-size=\"14\">Recomputed pairs a second</text>%n".formatted());
    double most = phases.stream().mapToDouble(Phase::pairsPerSecond).max().orElse(1);
    int row = 1;
    for (String access : List.of("zipf", "uniform")) {
      for (String pipeline : pipelines()) {
        double value = median(pipeline, access, Phase::pairsPerSecond);
        if (!Double.isNaN(value)) {
          bar(svg, pipeline, access, value, value / most, row * ROW);
        }
        row++;
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(
      StringBuilder svg, String pipeline, String access, double value, double share, int top) {
    long length = Math.round(share * BAR_MOST);
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, %s</text>%n"
            .formatted(BAR_LEFT - 6, top + 16, pipeline, access));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"18\" fill=\"%s\"/>%n"
            .formatted(BAR_LEFT, top + 3, length, pipeline.equals("real") ? "#3465a4" : "#999999"));
    svg.append(
        "<text x=\"%d\" y=\"%d\">%s</text>%n"
            .formatted(BAR_LEFT + length + 5, top + 16, number(value)));
  }

  /** Medians, single figures and every round. */
  void json(JsonGenerator json) throws IOException {
    for (String access : List.of("zipf", "uniform")) {
      for (String floor : floors()) {
        json.writeNumberField(
            access + "PairsRatioTo_" + floor, ratio(floor, access, Phase::pairsPerSecond));
        json.writeNumberField(
            access + "ProcessorRatioTo_" + floor, ratio(floor, access, Phase::nanosPerPair));
      }
    }
    for (Map.Entry<String, Double> single : singles.entrySet()) {
      json.writeNumberField(single.getKey(), single.getValue());
    }
    json.writeArrayFieldStart("rounds");
    for (Phase phase : phases) {
      write(phase, json);
    }
    json.writeEndArray();
  }

  private static void write(Phase phase, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("pipeline", phase.pipeline());
    json.writeStringField("access", phase.access());
    json.writeNumberField("pairsPerSecond", phase.pairsPerSecond());
    json.writeNumberField("nanosPerPair", phase.nanosPerPair());
    json.writeNumberField("bytesPerPair", phase.bytesPerPair());
    json.writeNumberField("hitRate", phase.hitRate());
    json.writeNumberField("figuresPublished", phase.published().figures());
    json.writeNumberField("patternsPublished", phase.published().patterns());
    json.writeNumberField("changesLate", phase.published().late());
    json.writeEndObject();
  }

  private static String line(Object... columns) {
    return String.format("| %-8s | %-8s | %10s | %11s | %10s | %8s |%n", columns);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * value);
  }
}
