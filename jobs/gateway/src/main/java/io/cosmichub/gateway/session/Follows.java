package io.cosmichub.gateway.session;

import io.cosmichub.gateway.state.PairState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pairs that one client follows, and the thresholds that it set. For one thread at a time. */
final class Follows {
  private static final int MOST_ALERTS = 64;

  private final int most;
  private final Map<String, Following> pairs = new HashMap<>();

  Follows(int most) {
    this.most = most;
  }

  @Nullable Following find(String pairId) {
    return pairs.get(pairId);
  }

  /** Whether there is room for one more. */
  boolean hasRoom() {
    return pairs.size() < most;
  }

  void add(String pairId, Following following) {
    pairs.put(pairId, following);
  }

  void remove(String pairId) {
    pairs.remove(pairId);
  }

  /** The pairs that the client wants no more when it leaves a chart. */
  List<String> leaveChart(String chart) {
    List<String> left = new ArrayList<>();
    pairs.forEach(
        (pairId, following) -> {
          if (following.leave(chart)) {
            left.add(pairId);
          }
        });
    return left;
  }

  /** What leads the client to the latest of a pair, or null. */
  @Nullable String next(String pairId) {
    Following following = pairs.get(pairId);
    return following == null ? null : following.next();
  }

  /** Sets or drops a threshold; what is wrong with it, or null. */
  @Nullable String set(ClientMessage.Alert alert) {
    Following following = pairs.get(alert.pair());
    if (following == null) {
      return "alerts are for pairs that one follows";
    }
    if (!alert.on()) {
      following.thresholds().remove(alert.threshold());
      return null;
    }
    if (pairs.values().stream().mapToInt(one -> one.thresholds().size()).sum() >= MOST_ALERTS) {
      return "there are " + MOST_ALERTS + " alerts already";
    }
    following.thresholds().add(alert.threshold());
    return null;
  }

  /** The alerts of the thresholds that a step crosses. */
  List<String> crossed(Topic.Step step) {
    Following following = pairs.get(step.after().pairId());
    PairState before = step.before();
    Double was = before == null ? null : before.overall();
    Double now = step.after().overall();
    List<String> alerts = new ArrayList<>();
    if (following != null && was != null && now != null) {
      for (double threshold : following.thresholds()) {
        if ((was < threshold) != (now < threshold)) {
          alerts.add(Messages.alert(step.after(), threshold, was, now));
        }
      }
    }
    return alerts;
  }

  Set<String> ids() {
    return Set.copyOf(pairs.keySet());
  }

  void clear() {
    pairs.clear();
  }
}
