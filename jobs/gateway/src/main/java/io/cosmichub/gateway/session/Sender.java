package io.cosmichub.gateway.session;

import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Sends what waits in a mailbox, one message at a time, each made when its turn has come. */
final class Sender {
  /*
   * One message is on its way at a time. So a client that reads slowly costs one message and the keys of what changed, however much
   * happens; and what it gets next is the latest. The lock is that of the session, whose state the messages are made of.
   */
  private final Object lock;
  private final Mailbox mailbox;
  private final Outlet outlet;
  private final Function<Key, @Nullable String> latest;
  private final LongSupplier nanos;

  private long sendingSince;
  private boolean sending;
  private boolean pumping;
  private boolean stopped;

  Sender(
      Object lock,
      Mailbox mailbox,
      Outlet outlet,
      Function<Key, @Nullable String> latest,
      LongSupplier nanos) {
    this.lock = lock;
    this.mailbox = mailbox;
    this.outlet = outlet;
    this.latest = latest;
    this.nanos = nanos;
  }

  /** Sends one message after another, as long as each leaves at once. */
  void pump() {
    synchronized (lock) {
      if (pumping || sending) {
        return;
      }
      pumping = true;
    }
    while (true) {
      String next;
      synchronized (lock) {
        next = sending || stopped ? null : next();
        if (next == null) {
          pumping = false;
          return;
        }
        sending = true;
        sendingSince = nanos.getAsLong();
      }
      outlet.send(next, this::sent);
    }
  }

  /** For how long the message that is on its way has been so, or 0 if none is. */
  long nanosUnderWay() {
    synchronized (lock) {
      return sending ? nanos.getAsLong() - sendingSince : 0;
    }
  }

  /** Nothing is sent from now on. Under the lock. */
  void stop() {
    stopped = true;
  }

  private void sent() {
    synchronized (lock) {
      sending = false;
    }
    pump();
  }

  private @Nullable String next() {
    String text = mailbox.nextText();
    while (text == null) {
      Key key = mailbox.nextChanged();
      if (key == null) {
        return null;
      }
      text = latest.apply(key);
    }
    return text;
  }
}
