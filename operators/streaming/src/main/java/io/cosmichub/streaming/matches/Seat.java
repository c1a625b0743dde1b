package io.cosmichub.streaming.matches;

import io.cosmichub.population.sample.SampleShare;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is on the heap of a chart, its longitudes aside. Of one task thread. */
final class Seat {

  /** Before the first list, and while none is waited for. */
  static final long NEVER = Long.MIN_VALUE;

  /** Not among the candidates. */
  static final int OUTSIDE = -1;

  /** The order of who is compared with: whoever comes first at a size does so at every size. */
  static final Comparator<Seat> BY_HASH =
      Comparator.<Seat>comparingLong(Seat::hash).thenComparing(Seat::id);

  /** The order in which lists are due. */
  static final Comparator<Seat> BY_DUE =
      Comparator.<Seat>comparingLong(Seat::due).thenComparing(BY_HASH);

  private final String id;
  private final long hash;
  private int number = OUTSIDE;
  private long listedAt = NEVER;
  private long due = NEVER;
  private @Nullable Set<Seat> namers;

  Seat(String id) {
    this.id = id;
    this.hash = SampleShare.hash(id);
  }

  String id() {
    return id;
  }

  long hash() {
    return hash;
  }

  /** Its number among the candidates. */
  int number() {
    return number;
  }

  void number(int now) {
    number = now;
  }

  /** When its latest list was published. */
  long listedAt() {
    return listedAt;
  }

  void listedAt(long at) {
    listedAt = at;
  }

  /** When its next list is due. */
  long due() {
    return due;
  }

  /** Not while it is in a set by {@link #BY_DUE}. */
  void due(long at) {
    due = at;
  }

  /** Whose published lists name it. */
  Collection<Seat> namers() {
    return namers == null ? List.of() : namers;
  }

  void namedBy(Seat other) {
    if (namers == null) {
      namers = new HashSet<>(4);
    }
    namers.add(other);
  }

  void notNamedBy(Seat other) {
    if (namers != null && namers.remove(other) && namers.isEmpty()) {
      namers = null;
    }
  }
}
