package io.cosmichub.bench;

import java.io.PrintStream;
import java.time.Duration;

/** Says now and then how far something is, and gives up when it gets no further. */
final class Progress {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final double NANO = 1e9;

  private final String what;
  private final int all;
  private final PrintStream out;
  private final long start;
  private long saidAt;
  private long grewAt;
  private int before;

  /** Of so many pairs, from now on. */
  Progress(String what, int all, PrintStream out) {
    this.what = what;
    this.all = all;
    this.out = out;
    start = System.nanoTime();
    saidAt = start;
    grewAt = start;
  }

  /** So many are done by now. */
  void of(int done) {
    long now = System.nanoTime();
    if (done > before) {
      before = done;
      grewAt = now;
    } else if (now - grewAt > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          what + ": no more than " + done + " of " + all + " pairs after another " + PATIENCE);
    }
    if (now - saidAt > BETWEEN_LINES.toNanos()) {
      saidAt = now;
      out.printf("  %s: %,d of %,d pairs after %.0f s%n", what, done, all, secondsTo(now));
    }
  }

  /** Seconds from the beginning to a moment of {@link System#nanoTime}. */
  double secondsTo(long nanos) {
    return (nanos - start) / NANO;
  }
}
