package io.cosmichub.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How a job comes back after a failure, to be looked at again and again until it is back. */
final class Recovery {

  /** The ends of the windows in which hits are counted, after the first live record. */
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

  private static final long CAUGHT_UP_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final double NANO = 1e9;

  private final Session.Job job;
  private final Lateness lateness;
  private final long failed;
  private final List<Double> hitRates = new ArrayList<>();

  /** The counters of a task begin with it. */
  private HotState counted = new HotState(0, 0);

  private OptionalLong caughtUp = OptionalLong.empty();

  private long stopped;

  /** Of a job that fails now. */
  Recovery(Session.Job job, Lateness lateness) {
    this.job = job;
    this.lateness = lateness;
    failed = System.nanoTime();
  }

  /** Nothing of the job runs any more that ran when it failed. */
  void stopped() {
    stopped = System.nanoTime();
    lateness.mark(stopped);
  }

  /** Looks, and says whether all has been seen. */
  boolean isOver() {
    OptionalLong first = lateness.firstAfterMark();
    if (first.isEmpty()) {
      return false;
    }
    long now = System.nanoTime();
    if (caughtUp.isEmpty() && lateness.longestWait(now) < CAUGHT_UP_NANOS) {
      caughtUp = OptionalLong.of(now);
    }
    int window = hitRates.size();
    if (window < WINDOWS.size() && now - first.getAsLong() >= WINDOWS.get(window).toNanos()) {
      HotState state = HotState.of(job);
      hitRates.add(state.hitRateSince(counted));
      counted = state;
    }
    return caughtUp.isPresent() && hitRates.size() == WINDOWS.size();
  }

  /** What was seen. */
  RecoveryFigures.Failure seen() {
    return new RecoveryFigures.Failure(
        (stopped - failed) / NANO,
        (lateness.firstAfterMark().orElseThrow() - failed) / NANO,
        (caughtUp.orElseThrow() - failed) / NANO,
        List.copyOf(hitRates));
  }
}
