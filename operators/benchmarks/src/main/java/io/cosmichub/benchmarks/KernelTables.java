package io.cosmichub.benchmarks;

import io.cosmichub.benchmarks.Comparisons.Beside;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run found, as Markdown. */
final class KernelTables {

  /** What the product asked for: so many times its own vectorized code. */
  private static final double WANTED_TIMES = 2;

  /** And so much of the memory of its dense form. */
  private static final double WANTED_SHARE = 0.5;

  private final KernelResults results;
  private final Comparisons comparisons;

  KernelTables(KernelResults results) {
    this.results = results;
    comparisons = new Comparisons(results.figures());
  }

  /** The whole page: where and how, figures, Python beside them, memory. */
  String page() {
    StringBuilder page = new StringBuilder();
    results
        .environment()
        .forEach(
            (name, value) ->
                page.append("- ").append(name).append(": ").append(value).append("\n"));
    page.append("\n").append(results.method()).append("\n\n").append(figures());
    if (!comparisons.besidePython().isEmpty()) {
      page.append("\n### Beside Python\n\n").append(python());
    }
    if (!results.footprints().isEmpty()) {
      page.append("\n### Memory\n\n").append(memory());
    }
    return page.toString();
  }

  /** Every figure of a kernel. */
  String figures() {
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : results.figures()) {
      if (!figure.runtime().equals(Figure.PYTHON)) {
        rows.add(
            List.of(
                figure.operation().label(),
                figure.kernel(),
                figure.runtime(),
                "" + figure.bodies(),
                figure.operation().of(figure.size()),
                "" + figure.threads(),
                MarkdownTable.number(figure.pairsPerSecond() / 1e6),
                MarkdownTable.number(figure.pairsPerSecond() / 1e6 / figure.threads()),
                scaled(figure.quartiles(), 1e-6),
                MarkdownTable.number(1e9 / figure.pairsPerSecond()),
                scaled(figure.bytesPerPair(), 1),
                scaled(comparisons.timesReference(figure), 1),
                scaled(comparisons.timesOneThread(figure), 1)));
      }
    }
    return MarkdownTable.of(
        List.of(
            "operation",
            "kernel",
            "in",
            "bodies:",
            "of:",
            "threads:",
            "M pairs/s:",
            "a thread:",
            "q3−q1:",
            "ns/pair:",
            "B/pair:",
            "× reference:",
            "× 1 thread:"),
        rows);
  }

  /** The vector kernel beside the product and NumPy, on the same charts. */
  String python() {
    List<List<String>> rows = new ArrayList<>();
    for (Beside beside : comparisons.besidePython()) {
      Figure other = beside.other();
      boolean wanted =
          other.kernel().equals(PythonBaseline.PRODUCT)
              && other.size() >= KernelGrid.PRODUCT_BATCHES.get(0);
      rows.add(
          List.of(
              beside.ours().operation().label(),
              other.operation().of(other.size()),
              other.kernel(),
              MarkdownTable.small(other.pairsPerSecond() / 1e6),
              beside.ours().operation().of(beside.ours().size()),
              beside.ours().runtime(),
              MarkdownTable.number(beside.ours().pairsPerSecond() / 1e6),
              MarkdownTable.number(beside.times()),
              wanted
                  ? verdict(
                      "≥ " + MarkdownTable.number(WANTED_TIMES), beside.times() >= WANTED_TIMES)
                  : ""));
    }
    return MarkdownTable.of(
        List.of(
            "operation",
            "of:",
            "beside",
            "its M pairs/s:",
            "vector, of:",
            "in",
            "M pairs/s:",
            "times:",
            "wanted"),
        rows);
  }

  /** What the results of all pairs take. */
  String memory() {
    List<List<String>> rows = new ArrayList<>();
    for (Footprint footprint : results.footprints()) {
      Long product = footprint.productBytes();
      long packed = footprint.packedBytes();
      rows.add(
          List.of(
              "" + footprint.charts(),
              "" + footprint.pairs(),
              product == null ? "" : megabytes(product),
              megabytes(footprint.denseBytes()),
              megabytes(packed),
              product == null ? "" : percent(packed, product),
              percent(packed, footprint.denseBytes()),
              product == null
                  ? ""
                  : verdict("≤ " + percent(1, 2), packed <= product * WANTED_SHARE),
              megabytes(footprint.rankingBytes())));
    }
    return MarkdownTable.of(
        List.of(
            "charts:",
            "pairs:",
            "product's dense, MB:",
            "dense, MB:",
            "packed, MB:",
            "of the product's:",
            "of dense:",
            "wanted of the product's",
            "10 best of each, MB:"),
        rows);
  }

  private static String verdict(String wanted, boolean reached) {
    return wanted + (reached ? ": reached" : ": missed");
  }

  private static String scaled(@Nullable Double value, double by) {
    return value == null ? "" : MarkdownTable.number(value * by);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / 1e6);
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }
}
