package io.cosmichub.gateway.session;

import io.cosmichub.gateway.state.PairState;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pair that one client follows, and what it was told of it last. For one thread at a time. */
final class Following {
  private final String pairId;
  private final @Nullable String version;
  private final Set<Double> thresholds = new TreeSet<>();
  private Set<String> charts = Set.of(); // most are followed for themselves
  private boolean named;
  private @Nullable Topic topic;
  private @Nullable PairState told;
  private boolean toldPending;

  /** {@code version} is the state that the client says it holds, or null. */
  Following(String pairId, @Nullable String version) {
    this.pairId = pairId;
    this.version = version;
  }

  /** The client wants it as one of a chart's pairs, or for itself where there is no chart. */
  void want(@Nullable String chart) {
    if (chart == null) {
      named = true;
    } else {
      charts = new HashSet<>(charts);
      charts.add(chart);
    }
  }

  /** The client follows the chart no more; whether it wants the pair no more for that. */
  boolean leave(String chart) {
    if (!charts.contains(chart)) {
      return false;
    }
    charts.remove(chart);
    return !named && charts.isEmpty();
  }

  void topic(Topic entered) {
    topic = entered;
  }

  /** The scores whose crossing the client wants to hear of. */
  Set<Double> thresholds() {
    return thresholds;
  }

  /** What leads the client from what it was told to the latest, or null if it is there. */
  @SuppressWarnings("ReferenceEquality") // the very state that was told
  @Nullable String next() {
    if (topic == null) {
      return null;
    }
    PairState state = topic.current();
    if (state == null) {
      boolean first = !toldPending;
      toldPending = true;
      return first ? Messages.pending(pairId) : null;
    }
    PairState before = told;
    told = state;
    if (before == state) {
      return null;
    }
    if (before == null && state.version().equals(version)) {
      return Messages.current(pairId);
    }
    if (state.ended()) {
      return Messages.ended(pairId);
    }
    return before == null || before.ended() ? topic.snapshot(state) : topic.delta(before, state);
  }
}
