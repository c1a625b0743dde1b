package io.cosmichub.population.pattern;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which items came together: a row for each pair, and for each item a bit for each row that has it.
 * Not thread-safe.
 */
public final class ItemTable {

  private final SortedMap<Integer, long[]> columns = new TreeMap<>();
  private int[] peopleA = new int[64];
  private int[] peopleB = new int[64];
  private int rows;

  /** Adds the items of a pair of two people, whose numbers are the caller's, from 0. */
  public void add(BitSet items, int personA, int personB) {
    if (rows == peopleA.length) {
      peopleA = Arrays.copyOf(peopleA, 2 * rows);
      peopleB = Arrays.copyOf(peopleB, 2 * rows);
    }
    peopleA[rows] = personA;
    peopleB[rows] = personB;
    int word = rows / Long.SIZE;
    for (int item = items.nextSetBit(0); item >= 0; item = items.nextSetBit(item + 1)) {
      long[] column = columns.computeIfAbsent(item, fresh -> new long[word + 1]);
      if (column.length <= word) {
        column = Arrays.copyOf(column, Math.max(word + 1, 2 * column.length));
        columns.put(item, column);
      }
      column[word] |= 1L << rows;
    }
    rows++;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** The items that any row has, in ascending order. */
  int[] items() {
    return columns.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  /** A copy of the bits of an item, as long as all rows need. */
  long[] column(int item) {
    long[] column = columns.get(item);
    int words = (rows + Long.SIZE - 1) / Long.SIZE;
    return column == null ? new long[words] : Arrays.copyOf(column, words);
  }

  /** How many people the rows are of that have all of some items, and not all of some others. */
  public int people(List<Integer> having, List<Integer> notAll) {
    long[] bits = having(having);
    long[] without = having(notAll);
    for (int word = 0; word < bits.length; word++) {
      bits[word] &= ~without[word];
    }
    return people(bits);
  }

  private long[] having(List<Integer> items) {
    long[] bits = column(items.get(0));
    for (int item : items.subList(1, items.size())) {
      long[] other = column(item);
      for (int word = 0; word < bits.length; word++) {
        bits[word] &= other[word];
      }
    }
    return bits;
  }

  /** How many different people the rows with a bit are of. */
  int people(long[] bits) {
    BitSet people = new BitSet();
    BitSet having = BitSet.valueOf(bits);
    for (int row = having.nextSetBit(0); row >= 0; row = having.nextSetBit(row + 1)) {
      people.set(peopleA[row]);
      people.set(peopleB[row]);
    }
    return people.cardinality();
  }
}
