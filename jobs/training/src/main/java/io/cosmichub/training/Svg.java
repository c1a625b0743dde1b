package io.cosmichub.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Three small plots as SVG. */
final class Svg {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 340;
  private static final int LEFT = 60;
  private static final int BOTTOM = 40;
  private static final int TOP = 30;
  private static final int RIGHT = 15;
  private static final String INK = "#333";
  private static final String BLUE = "#2b6cb0";

  private final StringBuilder body = new StringBuilder();
  private double minX;
  private double maxX = 1;
  private double minY;
  private double maxY = 1;

  private Svg(String title, String x, String y) {
    text(WIDTH / 2.0, 18, "middle", title);
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", x);
    body.append(
        "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>%n"
            .formatted(HEIGHT / 2, HEIGHT / 2, escaped(y)));
  }

  /** Points about a diagonal: what was predicted, what came. */
  static String calibration(List<double[]> points) {
    Svg svg = new Svg("Calibration on held-out rows", "mean prediction", "mean label");
    double low = points.stream().mapToDouble(p -> Math.min(p[0], p[1])).min().orElse(0);
    double high = points.stream().mapToDouble(p -> Math.max(p[0], p[1])).max().orElse(1);
    svg.scale(low, high, low, high);
    svg.line(low, low, high, high, "#999");
    for (double[] point : points) {
      svg.body.append(
          "<circle cx=\"%s\" cy=\"%s\" r=\"5\" fill=\"%s\"/>%n"
              .formatted(number(svg.x(point[0])), number(svg.y(point[1])), BLUE));
    }
    return svg.done();
  }

  /** How many rows there are of each residual. */
  static String residuals(double[] residuals, int bins) {
    double low = Arrays.stream(residuals).min().orElse(-1);
    double high = Arrays.stream(residuals).max().orElse(1);
    double width = Math.max(1e-12, (high - low) / bins);
    int[] counts = new int[bins];
    int most = 1;
    for (double residual : residuals) {
      int bin = Math.min(bins - 1, (int) ((residual - low) / width));
      most = Math.max(most, ++counts[bin]);
    }
    Svg svg = new Svg("Residuals on held-out rows", "label − prediction", "rows");
    svg.scale(low, low + width * bins, 0, most);
    for (int bin = 0; bin < bins; bin++) {
      svg.bar(low + bin * width, low + (bin + 1) * width, counts[bin]);
    }
    return svg.done();
  }

  /** A bar for each of the features that matter most. */
  static String importance(List<Importance> importance) {
    int row = 20;
    StringBuilder bars = new StringBuilder();
    double most = importance.stream().mapToDouble(Importance::growth).max().orElse(0);
    for (int i = 0; i < importance.size(); i++) {
      Importance line = importance.get(i);
      double length = most > 0 ? Math.max(0, line.growth()) / most * 240 : 0;
      int y = 40 + i * row;
      bars.append(
          "<text x=\"230\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
              .formatted(y + 12, escaped(line.feature())));
      bars.append(
          "<rect x=\"240\" y=\"%d\" width=\"%s\" height=\"14\" fill=\"%s\"/>%n"
              .formatted(y, number(length), BLUE));
    }
    return frame(
        WIDTH,
        60 + importance.size() * row,
        "<text x=\"260\" y=\"18\" text-anchor=\"middle\">Growth of the squared error when a feature is"
            + " dealt anew</text>\n"
            + bars);
  }

  private void scale(double lowX, double highX, double lowY, double highY) {
    minX = lowX;
    maxX = highX > lowX ? highX : lowX + 1;
    minY = lowY;
    maxY = highY > lowY ? highY : lowY + 1;
    line(minX, minY, maxX, minY, INK);
    line(minX, minY, minX, maxY, INK);
    for (int i = 0; i <= 4; i++) {
      double atX = minX + (maxX - minX) * i / 4;
      double atY = minY + (maxY - minY) * i / 4;
      text(x(atX), HEIGHT - BOTTOM + 15.0, "middle", number(atX));
      text(LEFT - 6.0, y(atY) + 4, "end", number(atY));
    }
  }

  private double x(double value) {
    return LEFT + (value - minX) / (maxX - minX) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - (value - minY) / (maxY - minY) * (HEIGHT - TOP - BOTTOM);
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    body.append(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>%n"
            .formatted(number(x(x1)), number(y(y1)), number(x(x2)), number(y(y2)), colour));
  }

  private void bar(double from, double to, double value) {
    body.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>%n"
            .formatted(
                number(x(from)),
                number(y(value)),
                number(Math.max(0, x(to) - x(from) - 1)),
                number(y(minY) - y(value)),
                BLUE));
  }

  private void text(double x, double y, String anchor, String text) {
    body.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>%n"
            .formatted(number(x), number(y), anchor, escaped(text)));
  }

  private String done() {
    return frame(WIDTH, HEIGHT, body.toString());
  }

  private static String frame(int width, int height, String body) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"%s\">%n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n%s</svg>%n"
        .formatted(width, height, INK, width, height, body);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value).contains("e")
        ? String.format(Locale.ROOT, "%.6f", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
