package io.cosmichub.population.pattern;

import java.util.List;

/**
 * Items that come together often.
 *
 * @param items ascending
 * @param rows how many rows have all of them
 * @param people how many people those rows are of
 */
public record ItemSet(List<Integer> items, long rows, int people) {

  /** Unmodifiable. */
  public ItemSet {
    items = List.copyOf(items);
  }
}
