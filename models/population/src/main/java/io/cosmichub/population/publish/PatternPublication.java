package io.cosmichub.population.publish;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.pattern.HeldCells;
import io.cosmichub.population.pattern.Interval;
import io.cosmichub.population.pattern.ItemTable;
import io.cosmichub.population.pattern.Pattern;
import io.cosmichub.population.pattern.ShownPatterns;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.shape.ShapeCounter;
import io.cosmichub.population.shape.ShapeFinder;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What may be published of samples of pairs and charts: aspects that come together among all pairs
 * and among those with the highest scores, and named figures. Immutable and thread-safe.
 */
public final class PatternPublication {

  /** One pair in so many is a high scorer, and whoever has the same score. */
  private static final int HIGH = 10;

  private static final int NOTHING = AspectCell.COUNT;

  private final AspectPolicy policy;
  private final Anonymity anonymity;
  private final int most;
  private final RuleScorer scorer;
  private final ShapeFinder finder;

  /** At most {@code most} patterns of each group, of sets of {@code policy}. */
  public PatternPublication(AspectPolicy policy, Anonymity anonymity, int most) {
    this.policy = policy;
    this.anonymity = anonymity;
    this.most = most;
    scorer = new RuleScorer(policy);
    finder = new ShapeFinder(policy);
  }

  /** Of the pairs that stand at the end of a window, {@code share} of all. */
  public List<PublishedPattern> pairs(WindowId window, List<Sampled> pairs, double share) {
    Numbers people = new Numbers();
    List<AspectSet> sets = new ArrayList<>();
    ShapeCounter shapes = new ShapeCounter();
    for (Sampled pair : pairs) {
      sets.add(set(pair.a(), pair.b()));
      shapes.add(
          finder.across(pair.a(), pair.b()), people.of(pair.personA()), people.of(pair.personB()));
    }
    double[] scores = sets.stream().mapToDouble(set -> scorer.score(set).overall()).toArray();
    double high = high(scores);
    ItemTable all = new ItemTable();
    ItemTable ofHigh = new ItemTable();
    ItemTable rest = new ItemTable();
    for (int row = 0; row < scores.length; row++) {
      BitSet items = HeldCells.of(sets.get(row));
      int a = people.of(pairs.get(row).personA());
      int b = people.of(pairs.get(row).personB());
      all.add(items, a, b);
      (scores[row] >= high ? ofHigh : rest).add(items, a, b);
    }
    List<PublishedPattern> out = new ArrayList<>();
    patterns(window, PublishedPattern.Group.PAIRS, all, share, any -> true, out);
    // Both groups are published: what one leaves of the other has to be enough as well.
    patterns(
        window,
        PublishedPattern.Group.HIGH_SCORERS,
        ofHigh,
        share,
        pattern ->
            anonymity.allowsRest(rest.people(pattern.set().items(), List.of(NOTHING)))
                && anonymity.allowsRest(rest.people(pattern.given(), List.of(NOTHING)))
                && anonymity.allowsRest(rest.people(List.of(pattern.then()), List.of(NOTHING))),
        out);
    named(window, PublishedPattern.Group.PAIRS, shapes, pairs.size(), share, out);
    return out;
  }

  /** Of the charts that stand at the end of a window, {@code share} of all. */
  public List<PublishedPattern> charts(WindowId window, List<Sampled> charts, double share) {
    ShapeCounter shapes = new ShapeCounter();
    for (int chart = 0; chart < charts.size(); chart++) {
      shapes.add(finder.inChart(charts.get(chart).a()), chart, chart);
    }
    List<PublishedPattern> out = new ArrayList<>();
    named(window, PublishedPattern.Group.CHARTS, shapes, charts.size(), share, out);
    return out;
  }

  private void patterns(
      WindowId window,
      PublishedPattern.Group group,
      ItemTable items,
      double share,
      Predicate<Pattern> also,
      List<PublishedPattern> out) {
    for (Pattern pattern : ShownPatterns.of(items, anonymity, most, also).patterns()) {
      out.add(
          new PublishedPattern(
              window,
              group,
              pattern.given().stream().map(cell -> AspectCell.id(cell, policy)).toList(),
              AspectCell.id(pattern.then(), policy),
              pattern.set().rows(),
              items.rows(),
              pattern.support(),
              pattern.supportInterval(),
              new PublishedPattern.Rule(
                  pattern.confidence(), pattern.confidenceInterval(), pattern.lift()),
              share));
    }
  }

  private void named(
      WindowId window,
      PublishedPattern.Group group,
      ShapeCounter shapes,
      int of,
      double share,
      List<PublishedPattern> out) {
    shapes
        .shown(anonymity)
        .forEach(
            (kind, count) ->
                out.add(
                    new PublishedPattern(
                        window,
                        group,
                        List.of(),
                        kind.id(),
                        count,
                        of,
                        (double) count / of,
                        Interval.wilson(count, of),
                        null,
                        share)));
  }

  /** The score from which on a pair is among the highest. */
  private static double high(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length - 1 - (sorted.length - 1) / HIGH];
  }

  private AspectSet set(Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    int bodies = policy.bodyMask();
    for (int left = a.presentMask() & bodies; left != 0; left &= left - 1) {
      int row = Integer.numberOfTrailingZeros(left);
      for (int right = b.presentMask() & bodies; right != 0; right &= right - 1) {
        int col = Integer.numberOfTrailingZeros(right);
        int hit = policy.match(MicroDegrees.separation(a.at(row), b.at(col)));
        if (hit != Hit.NONE) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  /** People numbered from 0, in the order in which they are met. */
  private static final class Numbers {
    private final Map<Long, Integer> numbers = new HashMap<>();

    int of(long person) {
      return numbers.computeIfAbsent(person, fresh -> numbers.size());
    }
  }
}
