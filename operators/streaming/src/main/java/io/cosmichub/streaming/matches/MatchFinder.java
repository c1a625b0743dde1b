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

  /** So many are screened at a time: what the first ones score thins out those that follow. */
  private static final int CHUNK = 512;

  private final BatchKernel kernel;
  private final RuleScorer scorer;
  private final ChartBlock one = new ChartBlock(1);
  private final int[] numbers;
  private final long[] best;
  private final int[] reached = new int[CHUNK];
  private final long[] totals = new long[CHUNK];
  private int found;

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
    one.clear();
    one.add(chart);
    among.screen().against(one, 0);
    found = 0;
    for (int from = 0; from < among.size(); from += CHUNK) {
      chunk(from, Math.min(from + CHUNK, among.size()), own, among);
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

  /** Where most of a chunk may be among the best, all of it is scored side by side. */
  private void chunk(int from, int to, int own, Candidates among) {
    long least = found < best.length ? Long.MIN_VALUE : best[found - 1];
    int count = among.screen().reach(from, to, least, reached);
    boolean whole = 2 * count > to - from;
    if (whole) {
      kernel.scores(one, 0, among.block(), from, to, totals);
    }
    for (int at = 0; at < count; at++) {
      int number = reached[at];
      if (number != own) {
        long total = whole ? totals[number - from] : kernel.score(one, 0, among.block(), number);
        offer(number, total, among);
      }
    }
  }

  private void offer(int number, long total, Candidates among) {
    if (found < best.length) {
      found++;
    } else if (!beats(number, total, found - 1, among)) {
      return;
    }
    int at = found - 1;
    for (; at > 0 && beats(number, total, at - 1, among); at--) {
      numbers[at] = numbers[at - 1];
      best[at] = best[at - 1];
    }
    numbers[at] = number;
    best[at] = total;
  }

  private boolean beats(int number, long total, int rank, Candidates among) {
    return total > best[rank]
        || (total == best[rank] && among.id(number).compareTo(among.id(numbers[rank])) < 0);
  }
}
