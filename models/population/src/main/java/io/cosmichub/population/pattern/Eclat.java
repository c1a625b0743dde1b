package io.cosmichub.population.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds every set of items that enough rows have.
 *
 * @param leastRows in how many rows a set must be; at least 1
 * @param mostItems how many items a set may have; at least 1
 */
public record Eclat(long leastRows, int mostItems) {
  /*
   * Depth first: a set is extended by the items that come after its last one, and the rows that
   * have the longer set are the bitwise and of both. What is not frequent is not extended, for no
   * longer set can be more frequent (Zaki, "Scalable algorithms for association mining", 2000).
   */

  /** {@link IllegalArgumentException} outside the limits. */
  public Eclat {
    if (leastRows < 1 || mostItems < 1) {
      throw new IllegalArgumentException("a pattern is in a row and has an item at least");
    }
  }

  /** The frequent sets of a table, shorter ones first, then in the order of their items. */
  public List<ItemSet> mine(ItemTable table) {
    List<Column> columns = new ArrayList<>();
    for (int item : table.items()) {
      keep(item, table.column(item), columns);
    }
    List<ItemSet> found = new ArrayList<>();
    extend(table, List.of(), columns, found);
    found.sort(
        Comparator.comparingInt((ItemSet set) -> set.items().size())
            .thenComparing(ItemSet::items, Eclat::compare));
    return List.copyOf(found);
  }

  /** An item, and the rows that have it and all items before it. */
  private static final class Column {
    private final int item;
    private final long[] bits;
    private final long rows;

    Column(int item, long[] bits, long rows) {
      this.item = item;
      this.bits = bits;
      this.rows = rows;
    }
  }

  private void extend(
      ItemTable table, List<Integer> prefix, List<Column> columns, List<ItemSet> found) {
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      List<Integer> items = new ArrayList<>(prefix);
      items.add(column.item);
      found.add(new ItemSet(items, column.rows, table.people(column.bits)));
      if (items.size() == mostItems) {
        continue;
      }
      List<Column> longer = new ArrayList<>();
      for (Column other : columns.subList(i + 1, columns.size())) {
        keep(other.item, and(column.bits, other.bits), longer);
      }
      extend(table, items, longer, found);
    }
  }

  private void keep(int item, long[] bits, List<Column> into) {
    long rows = 0;
    for (long word : bits) {
      rows += Long.bitCount(word);
    }
    if (rows >= leastRows) {
      into.add(new Column(item, bits, rows));
    }
  }

  private static long[] and(long[] left, long[] right) {
    long[] both = new long[left.length];
    for (int word = 0; word < both.length; word++) {
      both[word] = left[word] & right[word];
    }
    return both;
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    return IntStream.range(0, Math.min(left.size(), right.size()))
        .map(i -> Integer.compare(left.get(i), right.get(i)))
        .filter(order -> order != 0)
        .findFirst()
        .orElse(Integer.compare(left.size(), right.size()));
  }
}
