package io.cosmichub.scan;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.PackedSets;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The best partners of each chart, scored as pairs are. */
final class BestMatches {

  private final ScanCharts charts;
  private final Ranking ranking;
  private final BatchKernel kernel;

  BestMatches(ScanCharts charts, Ranking ranking, BatchKernel kernel) {
    this.charts = charts;
    this.ranking = ranking;
    this.kernel = kernel;
  }

  /** A partner and the score with it. */
  record Match(String chartId, RuleScore score) {}

  /** Takes the partners of a chart, the best first. */
  @FunctionalInterface
  interface MatchConsumer {
    void accept(String chartId, List<Match> matches) throws IOException;
  }

  /** Hands over the charts, one after another. */
  void forEach(MatchConsumer consumer) throws IOException {
    RuleScorer scorer = new RuleScorer(kernel.policy());
    ChartBlock a = new ChartBlock(ranking.size());
    ChartBlock b = new ChartBlock(ranking.size());
    PackedSets sets = new PackedSets(kernel.policy());
    for (int chart = 0; chart < ranking.size(); chart++) {
      a.clear();
      b.clear();
      Longitudes longitudes = charts.longitudes().get(chart);
      for (int place = 0; place < ranking.partners(chart); place++) {
        a.add(longitudes);
        b.add(charts.longitudes().get(ranking.partner(chart, place)));
      }
      kernel.sets(a, b, 0, a.size(), sets);
      List<Match> matches = new ArrayList<>(a.size());
      for (int place = 0; place < a.size(); place++) {
        matches.add(
            new Match(
                charts.ids().get(ranking.partner(chart, place)), scorer.score(sets.set(place))));
      }
      consumer.accept(charts.ids().get(chart), matches);
    }
  }
}
