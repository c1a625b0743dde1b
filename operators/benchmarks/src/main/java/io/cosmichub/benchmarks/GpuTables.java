package io.cosmichub.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run on a device found, as Markdown. */
final class GpuTables {

  private static final String NO_DEVICE = "not measured: no device";
  private static final String TOO_LONG = "left out: minutes";

  private GpuTables() {}

  /** The figures, a row each. */
  static String figures(List<GpuFigure> figures) {
    List<List<String>> rows = new ArrayList<>();
    for (GpuFigure figure : figures) {
      rows.add(
          List.of(
              figure.operation().label(),
              figure.operation().of(figure.size()),
              millions(figure, figure.gpuNanos(), NO_DEVICE),
              millions(figure, figure.gpuComputeNanos(), ""),
              millions(figure, figure.cpuNanos(), TOO_LONG),
              "" + figure.cpuThreads(),
              figure.times() == 0 ? "" : MarkdownTable.number(figure.times())));
    }
    return MarkdownTable.of(
        List.of(
            "operation",
            "of:",
            "GPU, M pairs/s:",
            "less copies:",
            "CPU, M pairs/s:",
            "CPU threads:",
            "GPU / CPU:"),
        rows);
  }

  /** From how many charts on the GPU is as fast as the CPU, and three times as fast. */
  static String breakEven(List<GpuFigure> figures) {
    return line(figures, Operation.RANKING, "With the histogram")
        + "\n"
        + line(figures, Operation.BEST, "The ten best alone");
  }

  private static String line(List<GpuFigure> figures, Operation operation, String name) {
    List<GpuFigure> of = figures.stream().filter(f -> f.operation() == operation).toList();
    if (of.stream().allMatch(figure -> figure.gpuNanos() == null)) {
      return name + ", all against all: break-even " + NO_DEVICE + ".";
    }
    return "%s, all against all pays from %s, threefold from %s."
        .formatted(name, firstAtLeast(of, 1), firstAtLeast(of, 3));
  }

  private static String firstAtLeast(List<GpuFigure> figures, double times) {
    return figures.stream()
        .filter(figure -> figure.times() >= times)
        .findFirst()
        .map(figure -> figure.size() + " charts")
        .orElse("no size that was measured");
  }

  private static String millions(GpuFigure figure, @Nullable Double nanos, String otherwise) {
    return nanos == null
        ? otherwise
        : MarkdownTable.number(1e3 * figure.operation().pairs(figure.size()) / nanos);
  }
}
