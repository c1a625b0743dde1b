package io.cosmichub.kernels.guard;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Keeps calls away from a kernel that fails: opens after some failures in a row, lets one call try
 * again after a pause, and closes when that one succeeds. Every call that was let through is
 * followed by {@link #succeeded}, {@link #failed} or {@link #brokenOff}. Safe for use by several
 * threads; a closed one costs a call two plain reads.
 */
public final class Breaker {

  /** What the breaker does with a call. */
  public enum State {
    /** Lets every call through. */
    CLOSED(0),
    /** Waits for the outcome of one call and lets no other through. */
    HALF_OPEN(1),
    /** Lets no call through until the pause is over. */
    OPEN(2),
    /** Lets no call through ever again. */
    OFF(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    /** The number by which metrics show this state; larger is worse. */
    public int code() {
      return code;
    }
  }

  private final int limit;
  private final long pause;
  private final LongSupplier nanos;
  private final Consumer<State> moved;

  private volatile State state = State.CLOSED;
  private volatile int failures;
  private volatile long openedAt;

  /**
   * Opens at the failure number {@code limit} in a row, for {@code pause}; {@code moved} hears of
   * each change while the breaker is locked, so it must return soon.
   */
  public Breaker(int limit, Duration pause, LongSupplier nanos, Consumer<State> moved) {
    this.limit = limit;
    this.pause = pause.toNanos();
    this.nanos = nanos;
    this.moved = moved;
  }

  /** What it does at the moment. */
  public State state() {
    return state;
  }

  /** Whether {@link #tryAcquire} would let a call through. */
  boolean wouldAllow() {
    State now = state;
    return now == State.CLOSED || (now == State.OPEN && pauseIsOver());
  }

  /** Whether a call may go through; if so, its outcome must be told. */
  boolean tryAcquire() {
    return state == State.CLOSED || tryAgain();
  }

  private synchronized boolean tryAgain() {
    if (state == State.OPEN && pauseIsOver()) {
      move(State.HALF_OPEN);
      return true;
    }
    return state == State.CLOSED;
  }

  private boolean pauseIsOver() {
    return nanos.getAsLong() - openedAt >= pause;
  }

  /** A call that was let through went well. */
  void succeeded() {
    if (failures != 0) {
      recover();
    }
  }

  private synchronized void recover() {
    if (state == State.CLOSED || state == State.HALF_OPEN) {
      failures = 0;
      move(State.CLOSED);
    }
  }

  /** A call that was let through failed. */
  synchronized void failed() {
    if (state == State.CLOSED || state == State.HALF_OPEN) {
      failures = Math.min(limit, failures + 1);
      if (failures == limit) {
        openedAt = nanos.getAsLong();
        move(State.OPEN);
      }
    }
  }

  /** A call that was let through was broken off; after a trial the next call tries again. */
  synchronized void brokenOff() {
    if (state == State.HALF_OPEN) {
      move(State.OPEN);
    }
  }

  /** Lets no call through from now on. */
  synchronized void switchOff() {
    move(State.OFF);
  }

  private void move(State next) {
    if (state != next) {
      state = next;
      moved.accept(next);
    }
  }
}
