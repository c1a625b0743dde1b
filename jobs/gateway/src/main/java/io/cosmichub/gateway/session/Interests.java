package io.cosmichub.gateway.session;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one client follows, here and at the hub alike: who is entered there is left there, however
 * things cross. What is new of it is marked in the mailbox; to send is the session's.
 */
final class Interests {
  /*
   * All fields are under the lock of the session, which is never held while the hub is called. So a session enters here, then at the
   * hub, and looks then whether it still wants to be there.
   */
  private final Session session;
  private final Hub hub;
  private final Mailbox mailbox;
  private final int most;
  private final Follows pairs;
  private final Set<String> charts = new HashSet<>();
  private final Set<String> overfull = new HashSet<>(); // charts not all of whose pairs fit
  private final Set<Key> watched = new HashSet<>();
  private boolean ended;

  Interests(Session session, Hub hub, Mailbox mailbox, int most) {
    this.session = session;
    this.hub = hub;
    this.mailbox = mailbox;
    this.most = most;
    this.pairs = new Follows(most);
  }

  /** Under the lock. */
  boolean has(Key key) {
    return watched.contains(key);
  }

  /** Under the lock. */
  boolean follows(String pairId) {
    return pairs.find(pairId) != null;
  }

  /** The alerts of the thresholds that a step crosses. Under the lock. */
  List<String> crossed(Topic.Step step) {
    return pairs.crossed(step);
  }

  /** Sets or drops a threshold; what is wrong with it, or null. Under the lock. */
  @Nullable String set(ClientMessage.Alert alert) {
    return pairs.set(alert);
  }

  /** What leads the client to the latest of a pair, or null. Under the lock. */
  @Nullable String next(String pairId) {
    return pairs.next(pairId);
  }

  /** Follows a pair for itself; {@code version} is the state that the client holds, or null. */
  void follow(String pairId, @Nullable String version) {
    enter(pairId, version, null);
  }

  /** Follows a pair as one of a chart's, if the chart is followed. */
  void followPairOf(String chart, String pairId) {
    enter(pairId, null, chart);
  }

  private void enter(String pairId, @Nullable String version, @Nullable String chart) {
    Following following = new Following(pairId, version);
    following.want(chart);
    synchronized (session) {
      if (ended || (chart != null && !charts.contains(chart))) {
        return;
      }
      Following held = pairs.find(pairId);
      if (held != null) {
        held.want(chart);
        return;
      }
      if (!pairs.hasRoom()) {
        if (chart == null) {
          refuse("pairs", pairId);
        } else if (overfull.add(chart)) {
          refuse("pairs", chart);
        }
        return;
      }
      pairs.add(pairId, following);
    }
    Topic topic = hub.follow(pairId, session);
    // Of a pair that was only forgotten, who holds a state has that until there is another.
    boolean holds = version != null && hub.stands(pairId);
    boolean kept;
    synchronized (session) {
      kept = pairs.find(pairId) == following;
      if (kept) {
        following.topic(topic);
        if (!holds || topic.current() != null) {
          mailbox.changed(Key.pair(pairId));
        }
      }
    }
    if (!kept) {
      hub.leave(pairId, session);
    }
  }

  void followChart(String chart) {
    synchronized (session) {
      if (ended || charts.contains(chart)) {
        return;
      }
      if (charts.size() >= most) {
        refuse("charts", chart);
        return;
      }
      charts.add(chart);
    }
    hub.followChart(chart, session);
    boolean kept;
    synchronized (session) {
      kept = charts.contains(chart);
    }
    if (kept) {
      hub.directory().ofChart(chart).forEach(pairId -> session.pairOfChart(chart, pairId));
    } else {
      hub.leaveChart(chart, session);
    }
  }

  /** To watch again what is watched shows it again. */
  void watch(Key key) {
    synchronized (session) {
      if (ended) {
        return;
      }
      if (watched.contains(key)) {
        mailbox.changed(key);
        return;
      }
      if (watched.size() >= most) {
        refuse("views", key.id().isEmpty() ? null : key.id());
        return;
      }
      watched.add(key);
    }
    hub.watch(key, session);
    boolean kept;
    synchronized (session) {
      kept = watched.contains(key);
      if (kept) {
        mailbox.changed(key);
      }
    }
    if (!kept) {
      hub.unwatch(key, session);
    }
  }

  /** Under the lock. */
  private void refuse(String what, @Nullable String id) {
    mailbox.add(Messages.error("TOO_MANY", "no more than " + most + " " + what, id));
  }

  void leave(List<String> left, ClientMessage.Others others) {
    left.forEach(this::unfollow);
    for (String chart : others.charts()) {
      List<String> pairsOfIt;
      synchronized (session) {
        charts.remove(chart);
        overfull.remove(chart);
        pairsOfIt = pairs.leaveChart(chart);
      }
      hub.leaveChart(chart, session);
      pairsOfIt.forEach(this::unfollow);
    }
    others.keys().forEach(this::unwatch);
  }

  /** Leaves everything, and enters nothing any more. */
  void end() {
    Set<String> followed;
    Set<Key> keys;
    Set<String> ofCharts;
    synchronized (session) {
      ended = true;
      followed = pairs.ids();
      keys = Set.copyOf(watched);
      ofCharts = Set.copyOf(charts);
      pairs.clear();
      watched.clear();
      charts.clear();
      overfull.clear();
      mailbox.clear();
    }
    followed.forEach(pair -> hub.leave(pair, session));
    keys.forEach(key -> hub.unwatch(key, session));
    ofCharts.forEach(chart -> hub.leaveChart(chart, session));
  }

  private void unfollow(String pairId) {
    synchronized (session) {
      pairs.remove(pairId);
      mailbox.forget(Key.pair(pairId));
    }
    hub.leave(pairId, session);
  }

  private void unwatch(Key key) {
    synchronized (session) {
      watched.remove(key);
      mailbox.forget(key);
    }
    hub.unwatch(key, session);
  }
}
