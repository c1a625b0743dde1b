package io.cosmichub.scan;

import com.google.protobuf.Timestamp;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.v1.ChartMatch;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.PatternRule;
import io.cosmichub.contracts.v1.ScanFigure;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.ShownPatterns;
import io.cosmichub.population.shape.ShapeKind;
import io.cosmichub.score.RuleScorer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a scan found as the messages of its topics. */
final class ScanMessages {

  private static final String CHARTS = "charts";
  private static final String PAIRS = "pairs";
  private static final String BEST_MATCHES = "best-matches";

  private final Timestamp at;
  private final AspectPolicy policy;

  ScanMessages(Timestamp at, AspectPolicy policy) {
    this.at = at;
    this.policy = policy;
  }

  /** The best partners of a chart. */
  ChartMatches matches(String chartId, List<BestMatches.Match> matches) {
    ChartMatches.Builder message =
        ChartMatches.newBuilder()
            .setChartId(chartId)
            .setAt(at)
            .setModel(RuleScorer.name(policy.id()));
    for (BestMatches.Match match : matches) {
      message.addMatches(
          ChartMatch.newBuilder()
              .setChartId(match.chartId())
              .setOverall(match.score().overall())
              .setRawTotal(match.score().rawTotal()));
    }
    return message.build();
  }

  /** All figures that may be shown. */
  void figures(ScanFigures figures, Consumer<ScanFigure> out) {
    out.accept(figure(CHARTS, CHARTS, "", figures.charts(), figures.charts()).build());
    out.accept(figure(PAIRS, PAIRS, "", figures.pairs(), figures.pairs()).build());
    for (int bin = 0; bin < ScanFigures.BINS; bin++) {
      if (figures.binsShown().get(bin)) {
        out.accept(
            figure(
                    "score.bin",
                    PAIRS,
                    Integer.toString(bin),
                    figures.bins().get(bin),
                    figures.pairs())
                .build());
      }
    }
    figures.cellsShown().stream().forEach(cell -> out.accept(cell(figures, cell)));
    patterns(PAIRS, figures.overall(), out);
    patterns(BEST_MATCHES, figures.best(), out);
    ScanFigures.ShapeFigures shapes = figures.shapes();
    for (Map.Entry<ShapeKind, Long> shape : shapes.charts().entrySet()) {
      out.accept(
          figure("shape", CHARTS, shape.getKey().id(), shape.getValue(), figures.charts()).build());
    }
    for (Map.Entry<ShapeKind, Long> shape : shapes.pairs().entrySet()) {
      out.accept(
          figure("shape", PAIRS, shape.getKey().id(), shape.getValue(), shapes.ofPairs())
              .setShareInterval(interval(Interval.wilson(shape.getValue(), shapes.ofPairs())))
              .build());
    }
  }

  private ScanFigure cell(ScanFigures figures, int cell) {
    return figure(
            "aspect.held",
            PAIRS,
            AspectCell.id(cell, policy),
            figures.prevalence().count(cell),
            figures.prevalence().cells(cell))
        .setEvenShare(figures.prevalence().evenShare(cell))
        .build();
  }

  private void patterns(String group, ShownPatterns found, Consumer<ScanFigure> out) {
    for (Pattern pattern : found.patterns()) {
      List<String> given =
          pattern.given().stream().map(item -> AspectCell.id(item, policy)).toList();
      String then = AspectCell.id(pattern.then(), policy);
      out.accept(
          figure("pattern", group, then, pattern.set().rows(), found.rows())
              .setMetric("pattern/" + group + "/" + String.join(" + ", given) + " => " + then)
              .addAllGiven(given)
              .setShareInterval(interval(pattern.supportInterval()))
              .setRule(
                  PatternRule.newBuilder()
                      .setConfidence(pattern.confidence())
                      .setConfidenceInterval(interval(pattern.confidenceInterval()))
                      .setLift(pattern.lift()))
              .build());
    }
  }

  private ScanFigure.Builder figure(
      String figure, String group, String item, long count, long among) {
    return ScanFigure.newBuilder()
        .setMetric(figure + "/" + group + (item.isEmpty() ? "" : "/" + item))
        .setAt(at)
        .setFigure(figure)
        .setGroup(group)
        .setItem(item)
        .setCount(count)
        .setAmong(among)
        .setShare((double) count / among);
  }

  private static io.cosmichub.contracts.v1.Interval interval(Interval interval) {
    return io.cosmichub.contracts.v1.Interval.newBuilder()
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }
}
