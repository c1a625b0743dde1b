package io.cosmichub.gateway.session;

import io.cosmichub.gateway.access.Grant;
import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client: what it asks, what waits for it, and how its connection ends. What it is told of a
 * pair leads from the state that it holds to the latest: a whole state first, deltas then, none
 * left out, none twice. Thread-safe.
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
  private final Interests interests;
  private final Rate rate;
  private long lastBeat;
  private boolean closed;

  public Session(Grant grant, Hub hub, Outlet outlet, Limits limits, LongSupplier nanos) {
    this.grant = grant;
    this.hub = hub;
    this.outlet = outlet;
    this.limits = limits;
    this.nanos = nanos;
    this.interests = new Interests(this, hub, mailbox, limits.subscriptions());
    this.rate = new Rate(limits.messagesPerSecond());
    this.sender = new Sender(this, mailbox, outlet, this::latest, nanos);
    this.lastBeat = nanos.getAsLong() - limits.heartbeat().toNanos(); // the first comes at once
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
        interests.leave(left.pairs(), left.others());
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
      if (!interests.has(key)) {
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
      if (!interests.follows(pairId)) {
        return;
      }
      mailbox.changed(Key.pair(pairId));
      for (String alert : interests.crossed(step)) {
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
  void pairOfChart(String chart, String pairId) {
    if (grant.pairs().allow(pairId)) {
      interests.followPairOf(chart, pairId);
      sender.pump();
    }
  }

  private void subscribe(ClientMessage.Subscribe wanted) {
    for (ClientMessage.Wanted pair : wanted.pairs()) {
      if (allowed(grant.pairs().allow(pair.id()), pair.id())) {
        interests.follow(pair.id(), pair.version());
      }
    }
    for (String chart : wanted.others().charts()) {
      if (allowed(grant.charts().allow(chart), chart)) {
        interests.followChart(chart);
      }
    }
    for (Key key : wanted.others().keys()) {
      boolean may =
          switch (key.kind()) {
            case POSITIONS -> grant.charts().allow(key.id());
            case EXPERIMENTS -> grant.experiments();
            case PAIR, PIPELINE, TRENDS -> true;
          };
      if (allowed(may, key.id().isEmpty() ? null : key.id())) {
        interests.watch(key);
      }
    }
    sender.pump();
  }

  private void alert(ClientMessage.Alert alert) {
    String problem;
    synchronized (this) {
      problem = interests.set(alert);
    }
    if (problem != null) {
      say(Messages.error("NO_ALERT", problem, alert.pair()));
    }
  }

  private boolean allowed(boolean allowed, @Nullable String id) {
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
      case PAIR -> interests.next(key.id());
      case POSITIONS -> Messages.positions(key.id(), hub.charts().find(key.id()));
      case PIPELINE -> hub.pipeline();
      case TRENDS -> {
        String told = hub.trends(key.id());
        yield told == null ? Messages.noTrends(key.id()) : told;
      }
      case EXPERIMENTS -> hub.experiments();
    };
  }

  private boolean ended() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      sender.stop();
      mailbox.clear();
    }
    interests.end();
    return true;
  }
}
