package io.cosmichub.acceptance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition by asking again until a deadline; there is no other waiting in these tests.
 */
final class Await {

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** Asks every few milliseconds. */
  static void until(String what, Duration limit, BooleanSupplier reached) {
    until(what, limit, reached, () -> "");
  }

  /** Asks every few milliseconds; {@code state} says in the failure how far it came. */
  static void until(String what, Duration limit, BooleanSupplier reached, Supplier<String> state) {
    Deadline deadline = Deadline.in(limit);
    while (!reached.getAsBoolean()) {
      deadline.check(what, state);
      pause();
    }
  }

  /** A moment before asking again. */
  static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  /** A point in monotonic time. */
  record Deadline(long nanos, Duration limit) {

    static Deadline in(Duration limit) {
      return new Deadline(System.nanoTime() + limit.toNanos(), limit);
    }

    boolean passed() {
      return System.nanoTime() - nanos > 0;
    }

    void check(String what, Supplier<String> state) {
      if (passed()) {
        throw new AssertionError(
            "not within " + limit.toSeconds() + " s: " + what + "; " + state.get());
      }
    }
  }
}
