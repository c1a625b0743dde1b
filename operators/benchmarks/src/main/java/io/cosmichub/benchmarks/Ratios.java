package io.cosmichub.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the figures of one run say about each other. */
final class Ratios {

  private static final String REFERENCE = "reference";
  private static final String VECTOR = "vector";

  private Ratios() {}

  /** A Markdown table: how many times one figure is the other, for all that belong together. */
  static String table(List<Figure> figures) {
    StringBuilder table = new StringBuilder();
    table.append(line("compared", "what", "in", "times"));
    table.append(line("---", "---", "---", "---:"));
    for (Figure figure : figures) {
      if (figure.kernel().equals(VECTOR)) {
        for (Figure other : others(figure, figures)) {
          String times =
              String.format(Locale.ROOT, "%.1f", figure.pairsPerSecond() / other.pairsPerSecond());
          table.append(
              line(
                  name(figure, other),
                  figure.operation() + ", " + figure.size(),
                  figure.runtime(),
                  times));
        }
      }
    }
    return table.toString();
  }

  /** The figures that one of the vector kernel is to be held against. */
  private static List<Figure> others(Figure figure, List<Figure> figures) {
    List<Figure> others = new ArrayList<>();
    boolean all = figure.operation().startsWith("all against all");
    if (figure.operation().equals(Measurement.BEST)) {
      figures.stream()
          .filter(other -> other.operation().equals(Measurement.RANKING))
          .filter(other -> other.kernel().equals(VECTOR))
          .filter(other -> other.runtime().equals(figure.runtime()))
          .filter(other -> other.size().equals(figure.size()))
          .filter(other -> other.threads() == figure.threads())
          .forEach(others::add);
    }
    if (figure.threads() > 1) {
      find(figures, figure, VECTOR, figure.size()).ifPresent(others::add);
      return others;
    }
    String size = all ? "1000 charts" : figure.size();
    find(figures, figure, REFERENCE, size).ifPresent(others::add);
    if (all) {
      figures.stream().filter(other -> other.runtime().equals("Python")).forEach(others::add);
    }
    return others;
  }

  private static Optional<Figure> find(
      List<Figure> figures, Figure like, String kernel, String size) {
    return figures.stream()
        .filter(other -> other.kernel().equals(kernel))
        .filter(other -> other.operation().equals(like.operation()))
        .filter(other -> other.runtime().equals(like.runtime()))
        .filter(other -> other.size().equals(size) && other.threads() == 1)
        .findFirst();
  }

  private static String name(Figure figure, Figure other) {
    if (!figure.operation().equals(other.operation()) && other.kernel().equals(VECTOR)) {
      return "best only / with the rest";
    }
    return figure.threads() > 1
        ? figure.threads() + " threads / 1"
        : figure.kernel() + " / " + other.kernel();
  }

  private static String line(Object... columns) {
    return String.format("| %-24s | %-48s | %-7s | %8s |%n", columns);
  }
}
