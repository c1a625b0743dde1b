package io.cosmichub.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A Markdown table whose columns are as wide as they need to be, so that it reads as text too. */
final class MarkdownTable {

  private MarkdownTable() {}

  /** A colon at the end of a title sets its column to the right. */
  static String of(List<String> titles, List<List<String>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(titles.stream().map(title -> title.replaceFirst(":$", "")).toList());
    lines.add(titles.stream().map(title -> title.endsWith(":") ? "---:" : "---").toList());
    lines.addAll(rows);
    int[] widths = new int[titles.size()];
    for (List<String> line : lines) {
      Arrays.setAll(widths, column -> Math.max(widths[column], line.get(column).length()));
    }
    StringBuilder table = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - line.get(column).length());
        boolean right = titles.get(column).endsWith(":");
        table.append("| ").append(right ? padding : "").append(line.get(column));
        table.append(right ? " " : padding + " ");
      }
      table.append("|\n");
    }
    return table.toString();
  }

  /** Two digits after the point below 10, one above. */
  static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
  }

  /** As {@link #number}, with four digits below 0.1: for what two would leave nothing of. */
  static String small(double value) {
    return value < 0.1 ? String.format(Locale.ROOT, "%.4f", value) : number(value);
  }
}
