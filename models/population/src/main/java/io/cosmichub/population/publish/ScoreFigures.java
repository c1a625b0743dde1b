package io.cosmichub.population.publish;

import io.cosmichub.population.count.ScoreCounts;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.window.WindowId;
import java.util.List;

/** What may be published of the scores of an arm that may be published itself. */
final class ScoreFigures {

  private static final double[] RANKS = {0.05, 0.25, 0.5, 0.75, 0.95};
  private static final String[] AREAS = {
    "emotional", "communication", "physical", "spiritual", "stability"
  };
  private static final int POINTS_OF_BIN = 100 / ScoreCounts.BINS;
  private static final double HUNDREDTHS = 100;

  private final Anonymity anonymity;
  private final WindowId window;
  private final String arm;

  ScoreFigures(Anonymity anonymity, WindowId window, String arm) {
    this.anonymity = anonymity;
    this.window = window;
    this.arm = arm;
  }

  void of(ScoreCounts scores, List<PublishedFigure> out) {
    int last = ScoreCounts.BINS - 1;
    out.add(figure(FigureKind.SCORE_MEAN, "", scores.mean(), scores.pairs(), 0));
    for (int area = 0; area < ScoreCounts.AREAS; area++) {
      out.add(figure(FigureKind.AREA_MEAN, AREAS[area], scores.areaMean(area), scores.pairs(), 0));
    }
    for (double rank : RANKS) {
      double score = scores.quantile(rank);
      int bin = Math.min(last, (int) (score / POINTS_OF_BIN));
      // Enough people on either side of it, so that it is nobody's own.
      if (anonymity.allows(scores.bins().people(0, bin))
          && anonymity.allows(scores.bins().people(bin, last))) {
        out.add(figure(FigureKind.SCORE_QUANTILE, Double.toString(rank), score, scores.pairs(), 0));
      }
    }
    anonymity.parts(scores.bins()).stream()
        .forEach(
            bin -> {
              long pairs = scores.bins().count(bin);
              out.add(
                  new PublishedFigure(
                      window,
                      false,
                      FigureKind.SCORE_BIN,
                      item(bin * POINTS_OF_BIN + "-" + (bin + 1) * POINTS_OF_BIN),
                      (double) pairs / scores.pairs(),
                      pairs,
                      scores.pairs(),
                      null,
                      false,
                      ""));
            });
  }

  /** Rounded to hundredths, so that what one pair adds to a mean is not to be told from two. */
  private PublishedFigure figure(
      FigureKind kind, String item, double value, long count, long among) {
    double rounded = Math.rint(value * HUNDREDTHS) / HUNDREDTHS;
    return PublishedFigure.plain(window, false, kind, item(item), rounded, count, among);
  }

  private String item(String item) {
    return item.isEmpty() ? arm : arm + " " + item;
  }
}
