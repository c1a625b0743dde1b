package io.cosmichub.population.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads frequent sets as patterns. */
public final class Patterns {

  private Patterns() {}

  /**
   * The patterns of all frequent sets of a table, of which those of two items or more are read; the
   * highest lift that its interval still allows first.
   */
  public static List<Pattern> of(List<ItemSet> frequent, long rows) {
    Map<List<Integer>, Long> counts = new HashMap<>();
    frequent.forEach(set -> counts.put(set.items(), set.rows()));
    List<Pattern> patterns = new ArrayList<>();
    for (ItemSet set : frequent) {
      if (set.items().size() > 1) {
        patterns.add(best(set, counts, rows));
      }
    }
    patterns.sort(
        Comparator.comparingDouble(Patterns::surely)
            .reversed()
            .thenComparing(pattern -> pattern.set().items().toString()));
    return List.copyOf(patterns);
  }

  /** The lift if the confidence is as low as its interval allows. */
  private static double surely(Pattern pattern) {
    return pattern.lift() * pattern.confidenceInterval().low() / pattern.confidence();
  }

  private static Pattern best(ItemSet set, Map<List<Integer>, Long> counts, long rows) {
    return set.items().stream()
        .map(then -> read(set, then, counts, rows))
        .max(
            Comparator.comparingDouble(Patterns::surely)
                .thenComparing(Pattern::then, Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static Pattern read(
      ItemSet set, Integer then, Map<List<Integer>, Long> counts, long rows) {
    List<Integer> given = set.items().stream().filter(item -> !item.equals(then)).toList();
    long having = count(counts, given);
    double confidence = (double) set.rows() / having;
    return new Pattern(
        set,
        then,
        (double) set.rows() / rows,
        Interval.wilson(set.rows(), rows),
        confidence,
        Interval.wilson(set.rows(), having),
        confidence * rows / count(counts, List.of(then)));
  }

  /** Every part of a frequent set is frequent, so it was counted. */
  private static long count(Map<List<Integer>, Long> counts, List<Integer> items) {
    return Objects.requireNonNull(counts.get(items), "a part of a frequent set is missing");
  }
}
