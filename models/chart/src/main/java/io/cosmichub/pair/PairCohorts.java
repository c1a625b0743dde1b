package io.cosmichub.pair;

import java.util.ArrayList;
import java.util.List;

/**
 * The cohorts that a pair counts in: those that both of its charts are in.
 *
 * @param kept in which it counts as it did before
 * @param left in which it counts no more
 * @param joined in which it counts from now on
 */
public record PairCohorts(List<String> kept, List<String> left, List<String> joined) {

  /** None at all. */
  public static final PairCohorts NONE = new PairCohorts(List.of(), List.of(), List.of());

  /** Unmodifiable. */
  public PairCohorts {
    kept = List.copyOf(kept);
    left = List.copyOf(left);
    joined = List.copyOf(joined);
  }

  /** Whether there are any that it left or joined. */
  public boolean changed() {
    return !(left.isEmpty() && joined.isEmpty());
  }

  /** Whether it is none at all. */
  public boolean isEmpty() {
    return kept.isEmpty() && !changed();
  }

  /** The same from then on: in which it counts now, and nothing changes. */
  public PairCohorts settled() {
    if (!changed()) {
      return this;
    }
    List<String> now = new ArrayList<>(kept);
    now.addAll(joined);
    return of(now);
  }

  /** Where nothing changes. */
  static PairCohorts of(List<String> kept) {
    return kept.isEmpty() ? NONE : new PairCohorts(kept, List.of(), List.of());
  }

  /** From those before to those after. */
  static PairCohorts between(List<String> before, List<String> after) {
    return before.equals(after)
        ? of(after)
        : new PairCohorts(both(before, after), without(before, after), without(after, before));
  }

  /** Those that two charts are both in. */
  static List<String> both(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return List.of();
    }
    List<String> both = new ArrayList<>(a);
    both.retainAll(b);
    return both;
  }

  private static List<String> without(List<String> some, List<String> others) {
    List<String> rest = new ArrayList<>(some);
    rest.removeAll(others);
    return rest;
  }
}
