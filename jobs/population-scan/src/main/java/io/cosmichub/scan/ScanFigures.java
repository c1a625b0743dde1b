package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.population.count.AllPairs;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.Eclat;
import io.cosmichub.population.pattern.ItemSet;
import io.cosmichub.population.pattern.ItemTable;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.Patterns;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.shape.Shape;
import io.cosmichub.population.shape.ShapeFinder;
import io.cosmichub.population.shape.ShapeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

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
    PatternFigures overall,
    PatternFigures best,
    ShapeFigures shapes) {

  /** Bins of the published distribution. */
  static final int BINS = 100;

  private static final int MOST_ITEMS = 3;
  private static final int MOST_PATTERNS = 100;
  private static final double LEAST_SUPPORT = 0.02;

  /**
   * Patterns, the surest lift first.
   *
   * @param pairs among how many pairs
   * @param leastPairs how many of them have to have a pattern
   * @param patterns the first hundred that may be shown
   */
  record PatternFigures(int pairs, long leastPairs, List<Pattern> patterns) {}

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
    ItemTable items = new ItemTable();
    drawn.forEach(
        charts,
        kernel,
        (pair, aspects) -> {
          items.add(AspectCell.heldBy(aspects), pair.a(), pair.b());
          ofPairs.add(
              finder.across(charts.get(pair.a()), charts.get(pair.b())), pair.a(), pair.b());
        });
    ItemTable ofBest = new ItemTable();
    Sample.ofBest(ranking)
        .forEach(
            charts,
            kernel,
            (pair, aspects) -> ofBest.add(AspectCell.heldBy(aspects), pair.a(), pair.b()));
    return new ScanFigures(
        charts.size(),
        ranking.pairs(),
        IntStream.range(0, BINS).mapToObj(bin -> binsShown.get(bin) ? bins[bin] : 0L).toList(),
        binsShown,
        prevalence,
        shown(prevalence, policy, anonymity),
        patterns(items, anonymity),
        patterns(ofBest, anonymity),
        new ShapeFigures(
            ofCharts.shown(charts.size(), left -> left, anonymity),
            ofPairs.shown(drawn.size(), Anonymity::leastPeople, anonymity),
            drawn.size()));
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

  private static PatternFigures patterns(ItemTable items, Anonymity anonymity) {
    long least = Math.max(anonymity.people(), (long) Math.ceil(items.rows() * LEAST_SUPPORT));
    List<ItemSet> frequent = new Eclat(least, MOST_ITEMS).mine(items, Eclat.Screen.NONE);
    List<Pattern> shown = new ArrayList<>();
    for (Pattern pattern : Patterns.of(frequent, items.rows())) {
      if (shown.size() < MOST_PATTERNS && mayBeShown(pattern, items, anonymity)) {
        shown.add(pattern);
      }
    }
    return new PatternFigures(items.rows(), least, List.copyOf(shown));
  }

  /** Confidence and lift tell how many have the one part without the other, too. */
  private static boolean mayBeShown(Pattern pattern, ItemTable items, Anonymity anonymity) {
    List<Integer> then = List.of(pattern.then());
    return anonymity.allows(pattern.set().people())
        && anonymity.allowsRest(items.people(pattern.given(), then))
        && anonymity.allowsRest(items.people(then, pattern.given()));
  }

  /** Counts those who have a figure, and the people they are. */
  private static final class ShapeCounter {
    private final Map<ShapeKind, Long> counts = new EnumMap<>(ShapeKind.class);
    private final Map<ShapeKind, BitSet> people = new EnumMap<>(ShapeKind.class);

    void add(List<Shape> shapes, int personA, int personB) {
      Set<ShapeKind> kinds = EnumSet.noneOf(ShapeKind.class);
      shapes.forEach(shape -> kinds.add(shape.kind()));
      for (ShapeKind kind : kinds) {
        counts.merge(kind, 1L, Long::sum);
        BitSet having = people.computeIfAbsent(kind, fresh -> new BitSet());
        having.set(personA);
        having.set(personB);
      }
    }

    /**
     * Those kinds that enough people have and enough, or none, do not; {@code rest} tells at least
     * how many people so many without are.
     */
    Map<ShapeKind, Long> shown(int of, IntUnaryOperator rest, Anonymity anonymity) {
      Map<ShapeKind, Long> shown = new EnumMap<>(ShapeKind.class);
      counts.forEach(
          (kind, count) -> {
            BitSet having = people.get(kind);
            if (having != null
                && anonymity.allows(having.cardinality())
                && anonymity.allowsRest(rest.applyAsInt(of - count.intValue()))) {
              shown.put(kind, count);
            }
          });
      return shown;
    }
  }
}
