package io.cosmichub.quickstart;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How far the sky has been sent, and how far the live topic has followed, by revision. Of two
 * threads: the one that sends and the one that reads.
 */
final class SkyProgress {

  private static final long NEVER = 0;

  private final AtomicLongArray sentAt;
  private final Lock lock = new ReentrantLock();
  private final Condition followed = lock.newCondition();
  private volatile long sent;
  private volatile long seen;

  /**
   * A sky whose revisions up to {@code start} were sent and seen before, of at most {@code last}.
   */
  SkyProgress(long start, long last) {
    this.sentAt = new AtomicLongArray(Math.toIntExact(last + 1));
    this.sent = start;
    this.seen = start;
  }

  /** A revision is about to be sent, at this time of {@link System#nanoTime}. */
  void sending(long revision, long nanoTime) {
    sentAt.set(Math.toIntExact(revision), nanoTime == NEVER ? 1 : nanoTime);
    sent = revision;
  }

  /**
   * A pair with this revision of the sky was read; says how long ago that was sent, or -1 if not
   * here.
   */
  long saw(long revision, long nanoTime) {
    if (revision > seen) {
      lock.lock();
      try {
        seen = revision;
        followed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    if (revision < 0 || revision >= sentAt.length()) {
      return -1;
    }
    long at = sentAt.get(Math.toIntExact(revision));
    return at == NEVER ? -1 : nanoTime - at;
  }

  /** The last revision sent. */
  long sent() {
    return sent;
  }

  /** Revisions sent of which no pair was seen yet. */
  long inFlight() {
    return Math.max(0, sent - seen);
  }

  /** Waits until fewer than this many revisions are in flight; false if that took too long. */
  boolean awaitFewerInFlight(int limit, long timeout, TimeUnit unit) throws InterruptedException {
    long nanos = unit.toNanos(timeout);
    lock.lock();
    try {
      while (inFlight() >= limit) {
        if (nanos <= 0) {
          return false;
        }
        nanos = followed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
