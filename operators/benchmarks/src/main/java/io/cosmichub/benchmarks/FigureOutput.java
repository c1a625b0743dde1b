package io.cosmichub.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures as a table, as JSON and as a plot. */
final class FigureOutput {

  private static final int BAR_LEFT = 430;
  private static final int BAR_MOST = 400;
  private static final int ROW = 20;

  private FigureOutput() {}

  /** A table of fixed columns, which is Markdown too. */
  static String table(List<Figure> figures) {
    StringBuilder table = new StringBuilder();
    table.append(
        line(
            "operation",
            "kernel",
            "in",
            "size",
            "threads",
            "M pairs/s",
            "q3−q1",
            "ns/pair",
            "B/pair"));
    table.append(line("---", "---", "---", "---", "---:", "---:", "---:", "---:", "---:"));
    for (Figure figure : figures) {
      Double quartiles = figure.quartiles();
      Double bytes = figure.bytesPerPair();
      table.append(
          line(
              figure.operation(),
              figure.kernel(),
              figure.runtime(),
              figure.size(),
              Integer.toString(figure.threads()),
              number(figure.pairsPerSecond() / 1e6),
              quartiles == null ? "" : number(quartiles / 1e6),
              number(1e9 / figure.pairsPerSecond()),
              bytes == null ? "" : number(bytes)));
    }
    return table.toString();
  }

  /** A Markdown table of what results take in memory. */
  static String footprints(List<Footprint> footprints) {
    StringBuilder table = new StringBuilder();
    String format = "| %8s | %12s | %14s | %20s | %24s |%n";
    table.append(
        format.formatted("charts", "pairs", "dense, MB", "packed, MB", "10 best of each, MB"));
    table.append(format.formatted("---:", "---:", "---:", "---:", "---:"));
    for (Footprint footprint : footprints) {
      table.append(
          format.formatted(
              footprint.charts(),
              footprint.pairs(),
              megabytes(footprint.denseBytes()),
              share(footprint.packedBytes(), footprint.denseBytes()),
              share(footprint.rankingBytes(), footprint.denseBytes())));
    }
    return table.toString();
  }

  private static String share(long bytes, long of) {
    return String.format(Locale.ROOT, "%s (%.3f%%)", megabytes(bytes), 100.0 * bytes / of);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / 1e6);
  }

  /** An object: where it was measured, the figures, and what results take in memory. */
  static void json(
      Path file, Map<String, String> environment, List<Figure> figures, List<Footprint> footprints)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.useDefaultPrettyPrinter().writeStartObject();
      for (Map.Entry<String, String> entry : environment.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeArrayFieldStart("figures");
      for (Figure figure : figures) {
        write(json, figure);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("footprints");
      for (Footprint footprint : footprints) {
        json.writeStartObject();
        json.writeNumberField("charts", footprint.charts());
        json.writeNumberField("pairs", footprint.pairs());
        json.writeNumberField("denseBytes", footprint.denseBytes());
        json.writeNumberField("packedBytes", footprint.packedBytes());
        json.writeNumberField("rankingBytes", footprint.rankingBytes());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, Figure figure) throws IOException {
    json.writeStartObject();
    json.writeStringField("operation", figure.operation());
    json.writeStringField("kernel", figure.kernel());
    json.writeStringField("runtime", figure.runtime());
    json.writeStringField("size", figure.size());
    json.writeNumberField("threads", figure.threads());
    json.writeNumberField("pairsPerSecond", figure.pairsPerSecond());
    Double quartiles = figure.quartiles();
    if (quartiles != null) {
      json.writeNumberField("quartiles", quartiles);
    }
    Double bytes = figure.bytesPerPair();
    if (bytes != null) {
      json.writeNumberField("bytesPerPair", bytes);
    }
    json.writeEndObject();
  }

  /** Bars on a logarithmic scale from 0.1 to 1,000 million pairs a second. */
  static String svg(String title, List<Figure> figures) {
    StringBuilder svg = new StringBuilder();
    int height = (figures.size() + 3) * ROW;
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"920\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(height));
    svg.append("<rect width=\"920\" height=\"%d\" fill=\"white\"/>%n".formatted(height));
    svg.append("<text x=\"10\" y=\"18\" font-size=\"14\">%s</text>%n".formatted(title));
    for (int power = -1; power <= 3; power++) {
      int x = BAR_LEFT + (power + 1) * BAR_MOST / 4;
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"28\" y2=\"%d\" stroke=\"#ccc\"/>%n"
              .formatted(x, x, height - ROW));
      svg.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s M/s</text>%n"
              .formatted(
                  x, height - 5, power < 0 ? "0.1" : Integer.toString((int) Math.pow(10, power))));
    }
    for (int row = 0; row < figures.size(); row++) {
      bar(svg, figures.get(row), (row + 2) * ROW);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void bar(StringBuilder svg, Figure figure, int y) {
    double millions = figure.pairsPerSecond() / 1e6;
    long length = Math.round(Math.max(0, Math.log10(millions) + 1) / 4 * BAR_MOST);
    String colour = figure.kernel().equals("vector") ? "#3465a4" : "#999999";
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, %s, %s, %s%s</text>%n"
            .formatted(
                BAR_LEFT - 6,
                y,
                figure.runtime(),
                figure.kernel(),
                figure.operation(),
                figure.size(),
                figure.threads() == 1 ? "" : ", " + figure.threads() + " threads"));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" fill=\"%s\"/>%n"
            .formatted(BAR_LEFT, y - 11, length, colour));
    svg.append(
        "<text x=\"%d\" y=\"%d\">%s</text>%n"
            .formatted(BAR_LEFT + length + 5, y, number(millions)));
  }

  private static String line(Object... columns) {
    return String.format(
        "| %-28s | %-13s | %-7s | %-28s | %7s | %9s | %7s | %8s | %8s |%n", columns);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }
}
