package io.cosmichub.scan;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.ShownPatterns;
import io.cosmichub.population.shape.ShapeKind;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One page of HTML, with its plots in it, that opens from the disk. */
final class Report {

  private static final int CELL = 26;
  private static final int LABEL = 76;
  private static final int WIDTH = 900;
  private static final int HEIGHT = 220;
  private static final int PATTERNS = 20;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2330; --dim: #5d6675; --line: #d5dae2; --page: #fff; --bar: #3f6fb5; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --dim: #9aa4b2; --line: #38404d; --page: #14181f; --bar: #7ba6e3; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: .95rem; margin: .3rem 0; }
      p.note { color: var(--dim); max-width: 46rem; }
      svg { max-width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--dim); }
      .maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); gap: 1.2rem; }
      table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      .scroll { overflow-x: auto; }
      """;

  private final AspectPolicy policy;
  private final StringBuilder page = new StringBuilder(1 << 16);

  private Report(AspectPolicy policy) {
    this.policy = policy;
  }

  /** The page. */
  static String of(ScanFigures figures, ScanCost cost, AspectPolicy policy, int people) {
    return new Report(policy).write(figures, cost, people);
  }

  private String write(ScanFigures figures, ScanCost cost, int people) {
    say("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    say("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    say("<title>Population scan</title><style>%s</style></head><body>", STYLE);
    say("<h1>Every chart against every chart</h1>");
    if (!cost.trust().warning().isEmpty()) {
      say("<p><strong>%s</strong></p>", cost.trust().warning());
    }
    say(
        "<p>%,d charts, %,d pairs. Nothing on this page rests on fewer than %d people; what would is"
            + " left blank.</p>",
        figures.charts(), figures.pairs(), people);
    distribution(figures);
    prevalence(figures);
    patterns("Patterns among all pairs", figures.overall());
    patterns("Patterns among best matches", figures.best());
    shapes(figures);
    cost(cost);
    say("</body></html>");
    return page.toString();
  }

  private void distribution(ScanFigures figures) {
    say("<h2>Scores of all pairs</h2>");
    note("Pairs by overall score, one point a bar.");
    long most = Math.max(1, Collections.max(figures.bins()));
    double bar = (double) WIDTH / ScanFigures.BINS;
    say(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Distribution of scores\">",
        WIDTH, HEIGHT + 20);
    for (int bin = 0; bin < ScanFigures.BINS; bin++) {
      long pairs = figures.bins().get(bin);
      double height = (double) pairs / most * HEIGHT;
      if (pairs > 0) {
        say(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--bar)\">"
                + "<title>%d to %d: %,d pairs</title></rect>",
            bin * bar, HEIGHT - height, bar - 1, height, bin, bin + 1, pairs);
      }
      if (bin % 10 == 0) {
        say("<text x=\"%.1f\" y=\"%d\">%d</text>", bin * bar, HEIGHT + 15, bin);
      }
    }
    say("</svg>");
  }

  private void prevalence(ScanFigures figures) {
    say("<h2>Aspects between bodies</h2>");
    note(
        "How often an aspect holds between a body of one chart and a body of the other, against what"
            + " bodies spread evenly over the circle would have: blue half as often or less, red twice"
            + " as often or more. Slow planets stand together in the charts of people of one age.");
    say("<div class=\"maps\">");
    for (Aspect aspect : policy.aspects()) {
      heatMap(figures, aspect);
    }
    say("</div>");
  }

  private void heatMap(ScanFigures figures, Aspect aspect) {
    List<Body> bodies =
        IntStream.range(0, Body.COUNT)
            .filter(slot -> (policy.bodyMask() >> slot & 1) != 0)
            .mapToObj(Body::ofSlot)
            .toList();
    int size = LABEL + bodies.size() * CELL;
    say("<figure style=\"margin:0\"><h3>%s</h3>", words(aspect.id()));
    say(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        size, size, words(aspect.id()));
    for (int row = 0; row < bodies.size(); row++) {
      int y = LABEL + row * CELL;
      say(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
          LABEL - 6, y + 17, words(bodies.get(row).id()));
      say(
          "<text transform=\"translate(%d,%d) rotate(-90)\">%s</text>",
          y + 17, LABEL - 6, words(bodies.get(row).id()));
      for (int col = 0; col < bodies.size(); col++) {
        cell(figures, bodies.get(row), bodies.get(col), aspect, LABEL + col * CELL, y);
      }
    }
    say("</svg></figure>");
  }

  private void cell(ScanFigures figures, Body row, Body col, Aspect aspect, int x, int y) {
    int cell = AspectCell.of(row.slot(), col.slot(), aspect.code());
    if (!figures.cellsShown().get(cell)) {
      return;
    }
    double share = figures.prevalence().share(cell);
    double even = figures.prevalence().evenShare(cell);
    say(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s: %.2f%%, evenly"
            + " %.2f%%</title></rect>",
        x,
        y,
        CELL - 1,
        CELL - 1,
        colour(share / even),
        AspectCell.id(cell, policy),
        share * 100,
        even * 100);
  }

  /** From blue at half over near white at one to red at double, in equal steps of ratio. */
  private static String colour(double ratio) {
    double step = Math.max(-1, Math.min(1, Math.log(ratio) / Math.log(2)));
    double part = Math.abs(step);
    int[] end = step < 0 ? new int[] {33, 102, 172} : new int[] {178, 24, 43};
    int[] mid = {240, 240, 238};
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        mix(mid[0], end[0], part),
        mix(mid[1], end[1], part),
        mix(mid[2], end[2], part));
  }

  private static int mix(int from, int to, double part) {
    return (int) Math.round(from + (to - from) * part);
  }

  private void patterns(String title, ShownPatterns found) {
    say("<h2>%s</h2>", title);
    note(
        String.format(
            Locale.ROOT,
            "Aspects that come together in one of at least %,d of %,d pairs. Lift: how much more often"
                + " the last one holds where the others do. Intervals take pairs for independent.",
            found.leastRows(),
            found.rows()));
    if (found.patterns().isEmpty()) {
      say("<p>None.</p>");
      return;
    }
    say(
        "<div class=\"scroll\"><table><tr><th>Where there is</th><th>there is</th><th class=\"n\">lift</th>");
    say(
        "<th class=\"n\">confidence, 95%%</th><th class=\"n\">support</th><th class=\"n\">pairs</th></tr>");
    for (Pattern pattern :
        found.patterns().subList(0, Math.min(PATTERNS, found.patterns().size()))) {
      String given =
          pattern.given().stream()
              .map(item -> words(AspectCell.id(item, policy)))
              .collect(Collectors.joining(" and "));
      Interval interval = pattern.confidenceInterval();
      say(
          "<tr><td>%s</td><td>%s</td><td class=\"n\">%.2f</td><td class=\"n\">%.0f–%.0f%%</td>"
              + "<td class=\"n\">%.1f%%</td><td class=\"n\">%,d</td></tr>",
          given,
          words(AspectCell.id(pattern.then(), policy)),
          pattern.lift(),
          interval.low() * 100,
          interval.high() * 100,
          pattern.support() * 100,
          pattern.set().rows());
    }
    say("</table></div>");
  }

  private void shapes(ScanFigures figures) {
    say("<h2>Named figures</h2>");
    note("The share of charts that have one, and of pairs that have one that takes both charts.");
    say(
        "<table><tr><th>Figure</th><th class=\"n\">charts</th><th class=\"n\">pairs, 95%%</th></tr>");
    ScanFigures.ShapeFigures shapes = figures.shapes();
    for (ShapeKind kind : ShapeKind.values()) {
      say(
          "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>",
          words(kind.id()),
          share(shapes.charts(), kind, figures.charts(), false),
          share(shapes.pairs(), kind, shapes.ofPairs(), true));
    }
    say("</table>");
  }

  private void cost(ScanCost cost) {
    say("<h2>What it took</h2>");
    say("<p>%s %s</p><p>%s</p>", cost.timeTaken(), cost.trust().words(), cost.storage());
    if (!cost.comparison().isEmpty()) {
      say("<p>%s</p>", cost.comparison());
    }
  }

  private static String share(
      Map<ShapeKind, Long> counts, ShapeKind kind, int of, boolean sampled) {
    Long count = counts.get(kind);
    if (count == null) {
      return "";
    }
    Interval interval = Interval.wilson(count, of);
    return sampled
        ? String.format(Locale.ROOT, "%.1f–%.1f%%", interval.low() * 100, interval.high() * 100)
        : String.format(Locale.ROOT, "%.1f%%", 100.0 * count / of);
  }

  private static String words(String id) {
    return id.replace('_', ' ');
  }

  private void note(String text) {
    say("<p class=\"note\">%s</p>", text);
  }

  private void say(String form, Object... values) {
    page.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
