package io.cosmichub.benchmarks;

import java.math.BigDecimal;
import java.util.List;

/**
 * Figures of ten bodies as bars on a logarithmic scale, from 0.001 million pairs a second on: one
 * batch of every operation, those that threads share, all against all, and Python.
 */
final class KernelPlot {

  private static final int LEFT = 440;
  private static final int WIDTH = 930;
  private static final int DECADES = 6;
  private static final int BELOW_ONE = 3;
  private static final int DECADE = 70;
  private static final int ROW = 20;
  private static final int BAR = 14;
  private static final int BATCH = 256;
  private static final int PYTHON_BATCH = 1_000;
  private static final int BODIES = 10;

  private KernelPlot() {}

  static String svg(String title, List<Figure> all) {
    List<Figure> figures = all.stream().filter(KernelPlot::isShown).toList();
    int height = (figures.size() + 3) * ROW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">\n"
            .formatted(WIDTH, height));
    svg.append("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n".formatted(WIDTH, height));
    svg.append("<text x=\"10\" y=\"18\" font-size=\"14\">%s</text>\n".formatted(title));
    for (int decade = 0; decade <= DECADES; decade++) {
      int x = LEFT + decade * DECADE;
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"28\" y2=\"%d\" stroke=\"#ccc\"/>\n"
              .formatted(x, x, height - ROW));
      svg.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s M/s</text>\n"
              .formatted(x, height - 5, tick(decade)));
    }
    for (int row = 0; row < figures.size(); row++) {
      bar(svg, figures.get(row), (row + 2) * ROW);
    }
    return svg.append("</svg>\n").toString();
  }

  private static boolean isShown(Figure figure) {
    int batch = figure.runtime().equals(Figure.PYTHON) ? PYTHON_BATCH : BATCH;
    return figure.bodies() == BODIES
        && (figure.operation().ofAllPairs()
            || figure.operation() == Operation.ONE_SCORE
            || figure.size() == batch
            || figure.size() == KernelGrid.SHARED);
  }

  private static String tick(int decade) {
    return BigDecimal.ONE.scaleByPowerOfTen(decade - BELOW_ONE).toPlainString();
  }

  private static void bar(StringBuilder svg, Figure figure, int y) {
    double millions = figure.pairsPerSecond() / 1e6;
    long length = Math.round(Math.max(0, Math.log10(millions) + BELOW_ONE) * DECADE);
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s, %s, %s, %s%s</text>\n"
            .formatted(
                LEFT - 6,
                y,
                figure.runtime(),
                figure.kernel(),
                figure.operation().label(),
                figure.operation().of(figure.size()),
                figure.threads() == 1 ? "" : ", " + figure.threads() + " threads"));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n"
            .formatted(LEFT, y - 11, length, BAR, colour(figure.kernel())));
    svg.append(
        "<text x=\"%d\" y=\"%d\">%s</text>\n"
            .formatted(LEFT + length + 5, y, MarkdownTable.small(millions)));
  }

  private static String colour(String kernel) {
    return switch (kernel) {
      case SampleKernels.VECTOR -> "#3465a4";
      case SampleKernels.LOOPS -> "#8ab0dd";
      case SampleKernels.REFERENCE -> "#999999";
      default -> "#ce8a3a";
    };
  }
}
