package io.cosmichub.gateway.session;

import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: what it follows, what it was told last of each pair, and what waits for it. What it
 * is told of a pair leads from the state that it holds to the latest: a whole state first, deltas
 * then, none left out, none twice. Thread-safe.
 */
public final class Session {
  private static final int MOST_TEXTS = 256;

  // Configuration.
  private final Grant grant;
  private final Hub hub;
  private final Outlet outlet;
  private final Limits limits;
  private final LongSupplier nanos;

  // Runtime; all of it under this object's lock.
  private final Mailbox mailbox = new Mailbox(MOST_TEXTS);
  private final Sender sender;
  private final Follows pairs;
  private final Set<String> charts = new HashSet<>();
  private final Set<Key> watched = new HashSet<>();
  private final Rate rate;
  private long lastBeat;
  private boolean closed;

  public Session(Grant grant, Hub hub, Outlet outlet, Limits limits, LongSupplier nanos) {
    this.grant = grant;
    this.hub = hub;
    this.outlet = outlet;
    this.limits = limits;
    this.nanos = nanos;
    this.pairs = new Follows(limits.subscriptions());
    this.rate = new Rate(limits.messagesPerSecond());
    this.sender = new Sender(this, mailbox, outlet, this::latest, nanos);
    this.lastBeat = nanos.getAsLong();
  }

  /** Greets. */
  public void opened() {
    say(
        Messages.hello(
            grant.user(), grant.write(), limits.heartbeat().toMillis(), limits.subscriptions()));
  }

  /** The client has sent a message. */
  public void received(String text) {
    boolean allowed;
    synchronized (this) {
      allowed = rate.allows(nanos.getAsLong());
    }
    if (!allowed) {
      close(CloseCode.POLICY);
      return;
    }
    try {
      ClientMessage message = ClientMessage.read(text);
      if (message instanceof ClientMessage.Subscribe wanted) {
        subscribe(wanted);
      } else if (message instanceof ClientMessage.Unsubscribe left) {
        unsubscribe(left);
      } else if (message instanceof ClientMessage.Alert alert) {
        alert(alert);
      } else {
        say(Messages.pong());
      }
    } catch (ClientMessage.Unreadable e) {
      say(Messages.error("BAD_MESSAGE", e.reason(), null));
    }
  }

  /**
   * Time has passed: a heartbeat is due, or the token has expired, or the client is too slow.
   *
   * @param now epoch milliseconds
   * @param newest when Kafka had the newest live record that was read, or 0
   */
  public void tick(long now, long newest) {
    long nanoTime = nanos.getAsLong();
    boolean slow = sender.nanosUnderWay() > limits.slowAfter().toNanos();
    boolean beat;
    synchronized (this) {
      beat = nanoTime - lastBeat >= limits.heartbeat().toNanos();
      if (beat) {
        lastBeat = nanoTime;
      }
    }
    if (now >= grant.expiresAt()) {
      close(CloseCode.EXPIRED);
    } else if (slow) {
      close(CloseCode.SLOW);
    } else if (beat) {
      say(Messages.heartbeat(now, newest));
    }
  }

  /** Closes from this side; once. */
  public void close(CloseCode code) {
    if (ended()) {
      outlet.close(code.code(), code.reason());
    }
  }

  /** The connection is gone: nothing of the client stays. */
  public void gone() {
    ended();
  }

  /** How many keys and texts wait. */
  public synchronized int waiting() {
    return mailbox.size();
  }

  void changed(Key key) {
    synchronized (this) {
      if (closed || !watched.contains(key)) {
        return;
      }
      mailbox.changed(key);
    }
    sender.pump();
  }

  /** A pair has come from one state to the next. */
  void changed(Topic.Step step) {
    boolean full = false;
    synchronized (this) {
      String pairId = step.after().pairId();
      if (closed || pairs.find(pairId) == null) {
        return;
      }
      mailbox.changed(Key.pair(pairId));
      for (String alert : pairs.crossed(step)) {
        full |= !mailbox.add(alert);
      }
    }
    if (full) {
      close(CloseCode.SLOW);
    } else {
      sender.pump();
    }
  }

  /** A chart that the client follows has come into a pair. */
  void pairOfChart(String pairId) {
    if (grant.pairs().allow(pairId)) {
      follow(pairId, null);
    }
  }

  private void subscribe(ClientMessage.Subscribe wanted) {
    for (ClientMessage.Wanted pair : wanted.pairs()) {
      if (allowed(grant.pairs().allow(pair.id()), pair.id())) {
        follow(pair.id(), pair.version());
      }
    }
    for (String chart : wanted.charts()) {
      if (allowed(grant.charts().allow(chart), chart)) {
        followChart(chart);
      }
    }
    for (String chart : wanted.positions()) {
      if (allowed(grant.charts().allow(chart), chart)) {
        watch(Key.positions(chart));
      }
    }
    if (wanted.pipeline()) {
      watch(Key.PIPELINE);
    }
  }

  private void unsubscribe(ClientMessage.Unsubscribe left) {
    left.pairs().forEach(this::unfollow);
    for (String chart : left.charts()) {
      synchronized (this) {
        charts.remove(chart);
      }
      hub.leaveChart(chart, this);
      hub.directory().ofChart(chart).forEach(this::unfollow);
    }
    left.positions().forEach(chart -> unwatch(Key.positions(chart)));
    if (left.pipeline()) {
      unwatch(Key.PIPELINE);
    }
  }

  private void alert(ClientMessage.Alert alert) {
    String problem;
    synchronized (this) {
      problem = pairs.set(alert);
    }
    if (problem != null) {
      say(Messages.error("NO_ALERT", problem, alert.pair()));
    }
  }

  private void followChart(String chart) {
    hub.followChart(chart, this);
    boolean kept;
    synchronized (this) {
      kept = !closed && charts.add(chart);
    }
    if (kept) {
      hub.directory().ofChart(chart).forEach(this::pairOfChart);
    } else if (closed()) {
      hub.leaveChart(chart, this);
    }
  }

  private void follow(String pairId, @Nullable String version) {
    Following following = new Following(pairId, version);
    synchronized (this) {
      if (closed || pairs.find(pairId) != null) {
        return;
      }
      if (pairs.hasRoom()) {
        pairs.add(pairId, following);
      } else {
        String reason = "no more than " + limits.subscriptions() + " pairs";
        mailbox.add(Messages.error("TOO_MANY", reason, pairId));
      }
    }
    Topic topic = hub.follow(pairId, this);
    boolean kept;
    synchronized (this) {
      kept = pairs.find(pairId) == following;
      if (kept) {
        following.topic(topic);
        mailbox.changed(Key.pair(pairId));
      }
    }
    if (!kept) {
      hub.leave(pairId, this);
    }
    sender.pump();
  }

  private void unfollow(String pairId) {
    synchronized (this) {
      pairs.remove(pairId);
      mailbox.forget(Key.pair(pairId));
    }
    hub.leave(pairId, this);
  }

  private void watch(Key key) {
    hub.watch(key, this);
    boolean kept;
    synchronized (this) {
      kept = !closed && watched.size() <= limits.subscriptions();
      if (kept) {
        watched.add(key);
        mailbox.changed(key);
      }
    }
    if (!kept) {
      hub.unwatch(key, this);
    }
    sender.pump();
  }

  private void unwatch(Key key) {
    synchronized (this) {
      watched.remove(key);
      mailbox.forget(key);
    }
    hub.unwatch(key, this);
  }

  private boolean allowed(boolean allowed, String id) {
    if (!allowed) {
      say(Messages.error("NOT_ALLOWED", "the token does not allow this", id));
    }
    return allowed;
  }

  private void say(String text) {
    boolean full;
    synchronized (this) {
      full = !closed && !mailbox.add(text);
    }
    if (full) {
      close(CloseCode.SLOW);
    } else {
      sender.pump();
    }
  }

  private @Nullable String latest(Key key) {
    return switch (key.kind()) {
      case PAIR -> pairs.next(key.id());
      case POSITIONS -> Messages.positions(key.id(), hub.charts().find(key.id()));
      case PIPELINE -> hub.pipeline();
    };
  }

  private synchronized boolean closed() {
    return closed;
  }

  private boolean ended() {
    Set<String> followed;
    Set<Key> keys;
    Set<String> ofCharts;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      sender.stop();
      followed = pairs.ids();
      keys = Set.copyOf(watched);
      ofCharts = Set.copyOf(charts);
      pairs.clear();
      watched.clear();
      charts.clear();
      mailbox.clear();
    }
    followed.forEach(pair -> hub.leave(pair, this));
    keys.forEach(key -> hub.unwatch(key, this));
    ofCharts.forEach(chart -> hub.leaveChart(chart, this));
    return true;
  }
}
