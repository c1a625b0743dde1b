package io.cosmichub.population.pattern;

import java.util.List;

/**
 * A frequent set of two items or more, read as: whoever has the others has {@code then} more (or
 * less) often than all have.
 *
 * @param set the items, {@code then} among them, with their rows and people
 * @param then the item for which the others say most
 * @param support the share of all rows that have the set
 * @param supportInterval where that lies if the rows are a sample
 * @param confidence the share of rows with the others that have {@code then}
 * @param confidenceInterval where that lies
 * @param lift the confidence by the share of all rows that have {@code then}
 */
public record Pattern(
    ItemSet set,
    int then,
    double support,
    Interval supportInterval,
    double confidence,
    Interval confidenceInterval,
    double lift) {

  /** The other items. */
  public List<Integer> given() {
    return set.items().stream().filter(item -> item != then).toList();
  }
}
