package io.cosmichub.population.pattern;

import io.cosmichub.population.privacy.Anonymity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The patterns of a table that may be published, the surest lift first.
 *
 * @param rows among how many rows
 * @param leastRows how many of them have to have a pattern
 * @param patterns the first of those that may be shown
 */
public record ShownPatterns(int rows, long leastRows, List<Pattern> patterns) {

  private static final int MOST_ITEMS = 3;
  private static final double LEAST_SUPPORT = 0.02;

  /** Unmodifiable. */
  public ShownPatterns {
    patterns = List.copyOf(patterns);
  }

  /**
   * At most {@code most} patterns of up to three items that one row in fifty has, of which {@code
   * also} holds too.
   */
  public static ShownPatterns of(
      ItemTable items, Anonymity anonymity, int most, Predicate<Pattern> also) {
    long least = Math.max(anonymity.people(), (long) Math.ceil(items.rows() * LEAST_SUPPORT));
    List<ItemSet> frequent = new Eclat(least, MOST_ITEMS).mine(items);
    List<Pattern> shown = new ArrayList<>();
    for (Pattern pattern : Patterns.of(frequent, items.rows())) {
      if (shown.size() < most && mayBeShown(pattern, items, anonymity) && also.test(pattern)) {
        shown.add(pattern);
      }
    }
    return new ShownPatterns(items.rows(), least, shown);
  }

  /** Confidence and lift tell how many have the one part without the other, too. */
  private static boolean mayBeShown(Pattern pattern, ItemTable items, Anonymity anonymity) {
    List<Integer> then = List.of(pattern.then());
    return anonymity.allows(pattern.set().people())
        && anonymity.allowsRest(items.people(pattern.given(), then))
        && anonymity.allowsRest(items.people(then, pattern.given()));
  }
}
