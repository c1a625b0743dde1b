package io.cosmichub.population.shape;

import io.cosmichub.population.privacy.Anonymity;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts who has a named figure at least once, and the people with and without. Not thread-safe.
 */
public final class ShapeCounter {

  private final Map<ShapeKind, Counted> counts = new EnumMap<>(ShapeKind.class);

  private static final class Counted {
    private final BitSet with = new BitSet();
    private final BitSet without = new BitSet();
    private long count;
  }

  /** Nobody yet. */
  public ShapeCounter() {
    for (ShapeKind kind : ShapeKind.values()) {
      counts.put(kind, new Counted());
    }
  }

  /** Takes the figures of a chart or a pair, and the numbers of its people, from 0. */
  public void add(List<Shape> shapes, int personA, int personB) {
    Set<ShapeKind> kinds = EnumSet.noneOf(ShapeKind.class);
    shapes.forEach(shape -> kinds.add(shape.kind()));
    counts.forEach(
        (kind, counted) -> {
          boolean has = kinds.contains(kind);
          counted.count += has ? 1 : 0;
          BitSet people = has ? counted.with : counted.without;
          people.set(personA);
          people.set(personB);
        });
  }

  /** The counts of those kinds that enough people have and that enough, or none, are without. */
  public Map<ShapeKind, Long> shown(Anonymity anonymity) {
    Map<ShapeKind, Long> shown = new EnumMap<>(ShapeKind.class);
    counts.forEach(
        (kind, counted) -> {
          if (anonymity.allows(counted.with.cardinality())
              && anonymity.allowsRest(counted.without.cardinality())) {
            shown.put(kind, counted.count);
          }
        });
    return shown;
  }
}
