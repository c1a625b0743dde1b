package io.cosmichub.population.privacy;

import io.cosmichub.population.count.CellCounts;
import java.util.BitSet;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/**
 * The rule of publication: no figure rests on fewer than so many people, nor does what can be told
 * by taking published figures from their published total.
 *
 * @param people the threshold, 2 to 64
 */
public record Anonymity(int people) {
  /*
   * Of cells that add up to a published total, three kinds are withheld: those with nobody (so that
   * absence says nothing), those with fewer people than the threshold, and, where there is any of
   * the second kind, the smallest of the rest. What is left of the total then holds at least one
   * cell with enough people, and so do the people behind it.
   */

  /** Twenty people. */
  public static final Anonymity DEFAULT = new Anonymity(20);

  private static final int MOST = CellCounts.MOST_PEOPLE / 2;

  /** {@link IllegalArgumentException} outside 2 to 64: more could not be told apart reliably. */
  public Anonymity {
    if (people < 2 || people > MOST) {
      throw new IllegalArgumentException(
          "figures rest on 2 to " + MOST + " people at least, not " + people);
    }
  }

  /** Whether a figure that rests on at least so many people may be published on its own. */
  public boolean allows(int atLeast) {
    return atLeast >= people;
  }

  /** Whether nothing is left of a published whole, or what rests on enough people. */
  public boolean allowsRest(int atLeast) {
    return atLeast == 0 || allows(atLeast);
  }

  /**
   * The fewest people that so many different pairs of people can be of: n people make n(n − 1)/2
   * pairs.
   */
  public static int leastPeople(long pairs) {
    if (pairs == 0) {
      return 0;
    }
    long people = (long) Math.sqrt(2.0 * pairs);
    while (people * (people - 1) / 2 < pairs) {
      people++;
    }
    return (int) Math.min(Integer.MAX_VALUE, people);
  }

  /** The cells that may be published on their own: nothing published is their sum. */
  public BitSet single(CellCounts counts) {
    BitSet published = new BitSet();
    counts.forEach(
        cell -> {
          if (counts.count(cell) > 0 && allows(counts.people(cell))) {
            published.set(cell);
          }
        });
    return published;
  }

  /** The cells of a sum whose total is published too; none if the total may not be published. */
  public BitSet parts(CellCounts counts) {
    return parts(counts.cells(), counts::count, counts::people);
  }

  /** The same where cells 0 to {@code cells} − 1 have counts that are people themselves. */
  public BitSet parts(int cells, IntToLongFunction peopleIn) {
    return parts(
        cells, peopleIn, cell -> (int) Math.min(Integer.MAX_VALUE, peopleIn.applyAsLong(cell)));
  }

  /** The same, given counts of pairs and at least how many people they are of. */
  public BitSet parts(int cells, IntToLongFunction count, IntUnaryOperator peopleIn) {
    BitSet published = new BitSet();
    boolean withheld = false;
    int smallest = -1;
    for (int cell = 0; cell < cells; cell++) {
      long inCell = count.applyAsLong(cell);
      if (inCell > 0 && allows(peopleIn.applyAsInt(cell))) {
        published.set(cell);
        if (smallest < 0 || inCell < count.applyAsLong(smallest)) {
          smallest = cell;
        }
      } else {
        withheld |= inCell != 0;
      }
    }
    if (withheld && smallest >= 0) {
      published.clear(smallest);
    }
    return published;
  }
}
