package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.score.RuleScore;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.List;

/** Finds whom a chart scores highest with. Of one task thread; the kernel is the caller's. */
final class MatchFinder {

  private final BatchKernel kernel;
  private final RuleScorer scorer;
  private final ChartBlock one = new ChartBlock(1);
  private final int[] numbers;
  private final long[] best;
  private long[] totals = new long[0];

  /** Finds {@code most} matches at most. */
  MatchFinder(BatchKernel kernel, int most) {
    this.kernel = kernel;
    scorer = new RuleScorer(kernel.policy());
    numbers = new int[most];
    best = new long[most];
  }

  /**
   * The best matches of a chart among candidates, except the one with the number {@code own}: the
   * highest total first, the lower id first among equals.
   */
  List<Match> find(Longitudes chart, int own, Candidates among) {
    int size = among.size();
    if (totals.length < size) {
      totals = new long[among.block().size()];
    }
    one.clear();
    one.add(chart);
    kernel.scores(one, 0, among.block(), 0, size, totals);
    int found = 0;
    for (int number = 0; number < size; number++) {
      if (number != own && (found < best.length || beats(number, found - 1, among))) {
        found = Math.min(found + 1, best.length);
        insert(number, found - 1, among);
      }
    }
    List<Match> matches = new ArrayList<>(found);
    for (int rank = 0; rank < found; rank++) {
      Longitudes other = among.block().at(numbers[rank]);
      RuleScore score =
          scorer.score(kernel.touched(chart, other, Body.ALL_MASK, Body.ALL_MASK).join());
      matches.add(new Match(among.id(numbers[rank]), score.overall(), score.rawTotal()));
    }
    return matches;
  }

  /** Into the free place {@code rank}, or further up. */
  private void insert(int number, int rank, Candidates among) {
    int at = rank;
    for (; at > 0 && beats(number, at - 1, among); at--) {
      numbers[at] = numbers[at - 1];
      best[at] = best[at - 1];
    }
    numbers[at] = number;
    best[at] = totals[number];
  }

  private boolean beats(int number, int rank, Candidates among) {
    return totals[number] > best[rank]
        || (totals[number] == best[rank]
            && among.id(number).compareTo(among.id(numbers[rank])) < 0);
  }
}
