package io.cosmichub.population.publish;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.count.ScoreCounts;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.trend.Figure;
import io.cosmichub.population.trend.Insight;
import io.cosmichub.population.trend.Trend;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses what may be published of a window. Immutable and thread-safe. */
public final class Publication {

  private final AspectPolicy policy;
  private final Anonymity anonymity;

  /** Publishes what {@code anonymity} lets pass. */
  public Publication(AspectPolicy policy, Anonymity anonymity) {
    this.policy = policy;
    this.anonymity = anonymity;
  }

  /**
   * The figures of a tumbling window: the population at its end, what happened within, and how that
   * stands to the past.
   */
  public List<PublishedFigure> tumbling(
      WindowId window,
      Population level,
      WindowFigures within,
      List<Trend> trends,
      List<Insight> insights) {
    Compared compared = new Compared(trends, insights);
    List<PublishedFigure> out = new ArrayList<>();
    CellCounts all = everyone(level);
    // Event time may go back, and the beginnings of pairs be in a window to come: then there is
    // nothing to say of how they stand.
    boolean enough = level.pairs() > 0 && anonymity.allows(all.people(0, all.cells() - 1));
    if (enough) {
      out.add(
          PublishedFigure.plain(
              window, false, FigureKind.PAIRS, "", (double) level.pairs(), level.pairs(), 0));
      held(window, level, all, compared, out);
      scores(window, level, out);
      new ArmFigures(anonymity, window).of(level, all, out);
    }
    happened(window, false, within, enough ? level.pairs() : 0, compared, out);
    new ChartFigures(anonymity, window).of(level.charts(), out);
    return List.copyOf(out);
  }

  /** The figures of a sliding window: what happened within. */
  public List<PublishedFigure> sliding(WindowId window, WindowFigures within) {
    List<PublishedFigure> out = new ArrayList<>();
    happened(window, true, within, 0, new Compared(List.of(), List.of()), out);
    return List.copyOf(out);
  }

  /** Every pair, by bins of scores: each is in one bin of one arm. */
  private static CellCounts everyone(Population level) {
    CellCounts all = new CellCounts(ScoreCounts.BINS);
    level.arms().values().forEach(scores -> all.merge(scores.bins()));
    return all;
  }

  private void held(
      WindowId window,
      Population level,
      CellCounts everyone,
      Compared compared,
      List<PublishedFigure> out) {
    CellCounts aspects = level.aspects();
    BitSet published = anonymity.single(aspects);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      withhold(slot, level, everyone, published);
    }
    published.stream()
        .filter(cell -> aspects.count(cell) <= level.pairs())
        .filter(cell -> anonymity.allowsRest(aspects.peopleOutside(cell, everyone)))
        .forEach(
            cell ->
                out.add(
                    compared.with(
                        window,
                        FigureKind.HELD,
                        new Figure(Figure.Kind.HELD, cell),
                        (double) aspects.count(cell) / level.pairs(),
                        aspects.count(cell),
                        level.pairs())));
  }

  /**
   * A pair holds at most one aspect between the same body of both: these aspects, and none of them,
   * are the parts of all pairs.
   */
  private void withhold(int slot, Population level, CellCounts everyone, BitSet published) {
    CellCounts aspects = level.aspects();
    int first = AspectCell.of(slot, slot, 0);
    int cells = AspectPolicy.MAX_ASPECTS + 1;
    BitSet any = new BitSet();
    any.set(first, first + cells);
    long held = any.stream().mapToLong(aspects::count).sum();
    BitSet parts =
        anonymity.parts(
            cells + 1,
            part -> part == cells ? level.pairs() - held : aspects.count(first + part),
            part ->
                part == cells
                    ? aspects.peopleOutside(any, everyone)
                    : aspects.people(first + part));
    for (int part = 0; part < cells; part++) {
      if (!parts.get(part)) {
        published.clear(first + part);
      }
    }
  }

  /** What scores by the rules of one policy, and of another one, are the parts of all pairs. */
  private void scores(WindowId window, Population level, List<PublishedFigure> out) {
    List<String> arms = List.copyOf(level.arms().keySet());
    List<ScoreCounts> scores = List.copyOf(level.arms().values());
    int last = ScoreCounts.BINS - 1;
    anonymity
        .parts(
            scores.size(),
            arm -> scores.get(arm).pairs(),
            arm -> scores.get(arm).bins().people(0, last))
        .stream()
        .forEach(
            arm -> new ScoreFigures(anonymity, window, arms.get(arm)).of(scores.get(arm), out));
  }

  private void happened(
      WindowId window,
      boolean sliding,
      WindowFigures within,
      long pairs,
      Compared compared,
      List<PublishedFigure> out) {
    happened(
        window, sliding, FigureKind.FORMED, Figure.Kind.FORMED, within.formed(), compared, out);
    happened(
        window,
        sliding,
        FigureKind.DISSOLVED,
        Figure.Kind.DISSOLVED,
        within.dissolved(),
        compared,
        out);
    int people = within.changes().people(0);
    if (anonymity.allows(people)) {
      long times = within.changes().count(0);
      out.add(
          PublishedFigure.plain(
              window, sliding, FigureKind.CHANGES, "", (double) times, times, pairs));
      out.add(active(window, sliding, FigureKind.PAIRS_ACTIVE, within.pairs().estimate()));
    }
    if (anonymity.allows((int) within.charts().atLeast())) {
      out.add(active(window, sliding, FigureKind.CHARTS_ACTIVE, within.charts().estimate()));
    }
  }

  private void happened(
      WindowId window,
      boolean sliding,
      FigureKind kind,
      Figure.Kind counted,
      CellCounts cells,
      Compared compared,
      List<PublishedFigure> out) {
    anonymity.single(cells).stream()
        .forEach(
            cell -> {
              long times = cells.count(cell);
              out.add(
                  sliding
                      ? PublishedFigure.plain(
                          window, true, kind, id(cell), (double) times, times, 0)
                      : compared.with(
                          window, kind, new Figure(counted, cell), (double) times, times, 0));
            });
  }

  private static PublishedFigure active(
      WindowId window, boolean sliding, FigureKind kind, double estimate) {
    double about = Math.rint(estimate);
    return PublishedFigure.plain(window, sliding, kind, "", about, (long) about, 0);
  }

  private String id(int cell) {
    return AspectCell.id(cell, policy);
  }

  /** What is known of figures besides their number. */
  private final class Compared {
    private final Map<Figure, Trend> trends = new HashMap<>();
    private final Map<Figure, String> sentences = new HashMap<>();

    Compared(List<Trend> trends, List<Insight> insights) {
      trends.forEach(trend -> this.trends.put(trend.figure(), trend));
      insights.forEach(insight -> sentences.put(insight.trend().figure(), insight.sentence()));
    }

    PublishedFigure with(
        WindowId window, FigureKind kind, Figure figure, double value, long count, long among) {
      Trend trend = trends.get(figure);
      return new PublishedFigure(
          window,
          false,
          kind,
          id(figure.cell()),
          value,
          count,
          among,
          trend == null ? null : trend.deviation(),
          trend != null && trend.trending(),
          sentences.getOrDefault(figure, ""));
    }
  }
}
