package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.Screen;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is on the heap of a cohort: the candidates, whose lists name whom, and whose are due when.
 * All of it can be told from the state. Of one task thread.
 */
final class CohortBoard {

  private final long everyMillis;
  private final Candidates candidates;
  private final Map<String, Seat> seats = new HashMap<>();
  private final TreeSet<Seat> waiting = new TreeSet<>(Seat.BY_DUE);
  private long wakesAt = Long.MAX_VALUE;
  private long pausedUntil = Long.MIN_VALUE;
  private boolean endAwaited;

  CohortBoard(MatchConfig config, Screen screen) {
    everyMillis = config.everyMillis();
    candidates = new Candidates(config.candidates(), screen);
  }

  Candidates candidates() {
    return candidates;
  }

  int waiting() {
    return waiting.size();
  }

  /** Takes how a chart stands, which may be new. */
  Seat put(String id, Longitudes longitudes) {
    Seat seat = seats.computeIfAbsent(id, Seat::new);
    candidates.put(seat, longitudes);
    return seat;
  }

  /** Takes a chart off; null if it is not known. */
  @Nullable Seat remove(String id, Candidates.Standing standing) throws Exception {
    Seat seat = seats.remove(id);
    if (seat != null) {
      waiting.remove(seat);
      candidates.remove(seat, standing);
    }
    return seat;
  }

  /** When a chart that has changed is due for a list. */
  long afterChange(Seat seat, long now) {
    return seat.listedAt() == Seat.NEVER ? now : Math.max(now, afterErasure(seat));
  }

  /** When a chart is due for a list whose list names one that was erased: before who came since. */
  long afterErasure(Seat seat) {
    return seat.listedAt() + everyMillis;
  }

  /** A chart is due for a list; whether it was not, or is so earlier now. */
  boolean await(Seat seat, long due) {
    if (seat.due() != Seat.NEVER) {
      if (seat.due() <= due) {
        return false;
      }
      waiting.remove(seat);
    }
    seat.due(due);
    waiting.add(seat);
    return true;
  }

  /** As it was before a restart. */
  void await(String id, long due) {
    await(seat(id), due);
    endAwaited = true;
  }

  /** Whose list is due first; null if none is. */
  @Nullable Seat first() {
    return waiting.isEmpty() ? null : waiting.first();
  }

  /** A chart got its list, and waits no more. */
  void listed(Seat seat, long at) {
    waiting.remove(seat);
    seat.due(Seat.NEVER);
    seat.listedAt(at);
  }

  /** The list of a chart as it was published before a restart. */
  void restore(String id, PublishedMatches published) {
    Seat seat = seat(id);
    seat.listedAt(published.at());
    name(seat, List.of(), published.ids());
  }

  /** The list of a chart names others than before; those who are gone are passed over. */
  void name(Seat seat, Collection<String> before, Collection<String> after) {
    for (String id : before) {
      Seat other = seats.get(id);
      if (other != null) {
        other.notNamedBy(seat);
      }
    }
    for (String id : after) {
      Seat other = seats.get(id);
      if (other != null) {
        other.namedBy(seat);
      }
    }
  }

  /** Whether the end of the input is awaited while a chart waits, and that has just changed. */
  boolean endChanged() {
    boolean changed = endAwaited == waiting.isEmpty();
    endAwaited = !waiting.isEmpty();
    return changed;
  }

  /** No list is made before a time. */
  void pause(long until) {
    pausedUntil = until;
  }

  /** When the list of a chart can be made, from a time on. */
  long earliest(Seat seat, long from) {
    return Math.max(Math.max(seat.due(), from), pausedUntil);
  }

  /** Whether a timer at a time comes before the one that is set; it is then the one that is set. */
  boolean wakes(long at) {
    boolean earlier = at < wakesAt;
    wakesAt = Math.min(at, wakesAt);
    return earlier;
  }

  /** A timer came. */
  void woken(long at) {
    if (at >= wakesAt) {
      wakesAt = Long.MAX_VALUE;
    }
  }

  private Seat seat(String id) {
    return Objects.requireNonNull(seats.get(id), "no such chart");
  }
}
