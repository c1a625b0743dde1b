package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.population.count.AllPairs;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.HeldCells;
import io.cosmichub.population.pattern.ItemTable;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.ShownPatterns;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.shape.ShapeCounter;
import io.cosmichub.population.shape.ShapeFinder;
import io.cosmichub.population.shape.ShapeKind;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a scan shows of all charts together; nothing in it rests on fewer people than allowed.
 *
 * @param charts how many charts there are
 * @param pairs how many pairs
 * @param bins pairs by overall score, one point a bin; 0 where there are none or withheld
 * @param binsShown which bins may be shown
 * @param prevalence the aspects between each two bodies, over all pairs
 * @param cellsShown which of its cells may be shown
 * @param overall patterns among pairs drawn from all
 * @param best patterns among each chart's best match
 * @param shapes named figures
 */
record ScanFigures(
    int charts,
    long pairs,
    List<Long> bins,
    BitSet binsShown,
    AllPairs prevalence,
    BitSet cellsShown,
    ShownPatterns overall,
    ShownPatterns best,
    ShapeFigures shapes) {

  /** Bins of the published distribution. */
  static final int BINS = 100;

  private static final int MOST_PATTERNS = 100;

  /**
   * How many have a named figure at least once; a kind that may not be shown is not there.
   *
   * @param charts charts, by kind
   * @param pairs pairs with one that takes both charts, by kind
   * @param ofPairs among how many pairs, drawn from all
   */
  record ShapeFigures(Map<ShapeKind, Long> charts, Map<ShapeKind, Long> pairs, int ofPairs) {}

  /** Computes them, from {@code sample} pairs where not from all. */
  static ScanFigures of(
      List<Longitudes> charts,
      Ranking ranking,
      BatchKernel kernel,
      int sample,
      Anonymity anonymity) {
    AspectPolicy policy = kernel.policy();
    long[] bins = new long[BINS];
    for (int bin = 0; bin < Ranking.BINS; bin++) {
      bins[bin * BINS / Ranking.BINS] += ranking.histogram(bin);
    }
    BitSet binsShown =
        anonymity.parts(BINS, bin -> bins[bin], bin -> Anonymity.leastPeople(bins[bin]));
    AllPairs prevalence = AllPairs.of(charts, policy);
    Sample drawn = Sample.ofAll(charts.size(), sample);
    ShapeFinder finder = new ShapeFinder(policy);
    ShapeCounter ofCharts = new ShapeCounter();
    for (int chart = 0; chart < charts.size(); chart++) {
      ofCharts.add(finder.inChart(charts.get(chart)), chart, chart);
    }
    ShapeCounter ofPairs = new ShapeCounter();
    Sample bestPairs = Sample.ofBest(ranking);
    ItemTable items = new ItemTable();
    ItemTable rest = new ItemTable();
    drawn.forEach(
        charts,
        kernel,
        (pair, aspects) -> {
          BitSet held = HeldCells.of(aspects);
          items.add(held, pair.a(), pair.b());
          if (!bestPairs.contains(pair)) {
            rest.add(held, pair.a(), pair.b());
          }
          ofPairs.add(
              finder.across(charts.get(pair.a()), charts.get(pair.b())), pair.a(), pair.b());
        });
    ItemTable ofBest = new ItemTable();
    bestPairs.forEach(
        charts, kernel, (pair, aspects) -> ofBest.add(HeldCells.of(aspects), pair.a(), pair.b()));
    return new ScanFigures(
        charts.size(),
        ranking.pairs(),
        IntStream.range(0, BINS).mapToObj(bin -> binsShown.get(bin) ? bins[bin] : 0L).toList(),
        binsShown,
        prevalence,
        shown(prevalence, policy, anonymity),
        ShownPatterns.of(items, anonymity, MOST_PATTERNS, any -> true),
        ShownPatterns.of(
            ofBest, anonymity, MOST_PATTERNS, pattern -> leavesEnough(pattern, rest, anonymity)),
        new ShapeFigures(ofCharts.shown(anonymity), ofPairs.shown(anonymity), drawn.size()));
  }

  /** What is published of best matches and of all pairs tells of those that are no best match. */
  private static boolean leavesEnough(Pattern pattern, ItemTable rest, Anonymity anonymity) {
    List<Integer> nothing = List.of(AspectCell.COUNT);
    return Stream.of(pattern.set().items(), pattern.given(), List.of(pattern.then()))
        .allMatch(items -> anonymity.allowsRest(rest.people(items, nothing)));
  }

  /** Between two bodies, the aspects and no aspect add up to all cells, two for a pair at most. */
  private static BitSet shown(AllPairs prevalence, AspectPolicy policy, Anonymity anonymity) {
    BitSet shown = new BitSet();
    for (int high = 0; high < Body.COUNT; high++) {
      for (int low = 0; low <= high; low++) {
        long[] counts = new long[policy.aspects().size() + 1];
        int[] people = new int[counts.length];
        int[] cells = new int[counts.length - 1];
        int none = cells.length;
        for (int aspect = 0; aspect < none; aspect++) {
          cells[aspect] = AspectCell.of(low, high, policy.aspects().get(aspect).code());
          counts[aspect] = prevalence.count(cells[aspect]);
          people[aspect] = prevalence.people(cells[aspect]);
          counts[none] -= counts[aspect];
        }
        counts[none] += prevalence.cells(cells[0]);
        people[none] = Anonymity.leastPeople((counts[none] + 1) / 2);
        BitSet parts = anonymity.parts(counts.length, part -> counts[part], part -> people[part]);
        parts.clear(none);
        parts.stream().forEach(part -> shown.set(cells[part]));
      }
    }
    return shown;
  }
}
