package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Ranking;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares what a kernel found in a block of all against all with the reference: everything where
 * the block is small, else the partners of charts drawn from it and how many pairs were counted.
 *
 * @param fromRow as {@link BatchKernel#rank(ChartBlock, int, int, int, int, Ranking)}
 */
record RankingCheck(ChartBlock charts, int fromRow, int toRow, int fromColumn, int toColumn) {

  /** Pairs that the reference scores for one check, at most: some hundredths of a second. */
  private static final int MOST_PAIRS = 1 << 14;

  private static final Comparator<Partner> BEST_FIRST =
      Comparator.comparingLong(Partner::score).reversed().thenComparingInt(Partner::number);

  private record Partner(long score, int number) {}

  /** How many pairs the block has. */
  long pairs() {
    long pairs = 0;
    for (int row = fromRow; row < toRow; row++) {
      pairs += Math.max(0, toColumn - Math.max(fromColumn, row + 1));
    }
    return pairs;
  }

  /** Compares; {@code random} says with which chart the drawing begins. */
  ShadowCheck.Verdict of(Ranking found, BatchKernel reference, int random) {
    long pairs = pairs();
    int[] all =
        IntStream.concat(IntStream.range(fromRow, toRow), IntStream.range(fromColumn, toColumn))
            .distinct()
            .toArray();
    if (pairs <= MOST_PAIRS) {
      Ranking truth = ReferenceFailure.or(() -> truth(found.best(), reference));
      long wrong =
          IntStream.of(all)
              .filter(chart -> !partners(found, chart).equals(partners(truth, chart)))
              .count();
      return new ShadowCheck.Verdict((int) pairs, (int) wrong + (sameBins(found, truth) ? 0 : 1));
    }
    int wrong = found.hasHistogram() && found.pairs() != pairs ? 1 : 0;
    int scored = 0;
    int some = Math.max(1, MOST_PAIRS / all.length);
    for (int drawn = 0; drawn < some; drawn++) {
      long step = (long) drawn * all.length / some;
      int chart = all[Math.floorMod(random + step, all.length)];
      List<Partner> partners = ReferenceFailure.or(() -> score(chart, reference));
      scored += partners.size();
      partners.sort(BEST_FIRST);
      List<Partner> best = partners.subList(0, Math.min(found.best(), partners.size()));
      wrong += partners(found, chart).equals(best) ? 0 : 1;
    }
    return new ShadowCheck.Verdict(scored, wrong);
  }

  private Ranking truth(int best, BatchKernel reference) {
    Ranking truth = Ranking.empty(reference.policy(), charts.size(), best, Long.MAX_VALUE);
    reference.rank(charts, fromRow, toRow, fromColumn, toColumn, truth);
    return truth;
  }

  private static List<Partner> partners(Ranking ranking, int chart) {
    return IntStream.range(0, ranking.partners(chart))
        .mapToObj(place -> new Partner(ranking.score(chart, place), ranking.partner(chart, place)))
        .toList();
  }

  private static boolean sameBins(Ranking found, Ranking truth) {
    return !found.hasHistogram()
        || IntStream.range(0, Ranking.BINS)
            .allMatch(bin -> found.histogram(bin) == truth.histogram(bin));
  }

  /** All partners that a chart has in the block: columns after it, and rows before it. */
  private List<Partner> score(int chart, BatchKernel reference) {
    List<Partner> partners = new ArrayList<>();
    if (chart >= fromRow && chart < toRow) {
      score(chart, Math.max(fromColumn, chart + 1), toColumn, reference, partners);
    }
    if (chart >= fromColumn && chart < toColumn) {
      score(chart, fromRow, Math.min(toRow, chart), reference, partners);
    }
    return partners;
  }

  private void score(int chart, int from, int to, BatchKernel reference, List<Partner> into) {
    if (from < to) {
      long[] scores = new long[to - from];
      reference.scores(charts, chart, charts, from, to, scores);
      for (int other = from; other < to; other++) {
        into.add(new Partner(scores[other - from], other));
      }
    }
  }
}
