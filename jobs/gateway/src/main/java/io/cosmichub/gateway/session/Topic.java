package io.cosmichub.gateway.session;

import io.cosmichub.gateway.state.PairState;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A pair that someone follows: how it stands, who follows it, and what was last written of it. */
final class Topic {

  /** A text, and between which states it leads; {@code from} is null for a whole state. */
  private record Text(@Nullable PairState from, PairState to, String json) {}

  private final Set<Session> followers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable PairState current;
  private volatile @Nullable Text delta;
  private volatile @Nullable Text snapshot;

  Set<Session> followers() {
    return followers;
  }

  @Nullable PairState current() {
    return current;
  }

  /** Takes the state; null if the pair has passed it or stands there already. */
  synchronized @Nullable Step publish(PairState next) {
    PairState before = current;
    if (before != null && !next.mayFollow(before)) {
      return null;
    }
    current = next;
    return new Step(before, next);
  }

  /**
   * A life of the pair has ended, and what stands now, if anything does, is of another; null if
   * nothing is held that was before that.
   */
  synchronized @Nullable Step endBefore(@Nullable PairState next) {
    PairState before = current;
    if (before == null) {
      return null;
    }
    boolean known = next == null ? before.ended() : next.equals(before) || next.mayFollow(before);
    if (known) {
      return null;
    }
    // Nothing was before an end that comes at zero.
    PairState end = before.end(next == null ? before.sequence() + 1 : 0);
    current = end;
    return before.ended() ? null : new Step(before, end);
  }

  /** From one state to the next. */
  record Step(@Nullable PairState before, PairState after) {}

  /** The JSON that leads from one state to another; written once for all who need the same. */
  @SuppressWarnings("ReferenceEquality") // the very states that were told, not such as are equal
  String delta(PairState from, PairState to) {
    Text held = delta;
    if (held == null || held.from() != from || held.to() != to) {
      held = new Text(from, to, Messages.delta(from, to));
      delta = held;
    }
    return held.json();
  }

  /** The JSON of a whole state. */
  @SuppressWarnings("ReferenceEquality")
  String snapshot(PairState state) {
    Text held = snapshot;
    if (held == null || held.to() != state) {
      held = new Text(null, state, Messages.snapshot(state));
      snapshot = held;
    }
    return held.json();
  }
}
