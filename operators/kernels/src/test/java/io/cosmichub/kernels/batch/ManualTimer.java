package io.cosmichub.kernels.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that stands still until a test moves it; tasks then run on the test's thread. */
public final class ManualTimer implements Timer {

  private final List<Task> waiting = new ArrayList<>();
  private long now = 1_000_000_000_000L;
  private boolean closed;

  /** Moves time on, task by task. A task may call this again. */
  public void advance(long nanos) {
    long until = now + nanos;
    for (Optional<Task> next = next(until); next.isPresent(); next = next(until)) {
      waiting.remove(next.get());
      now = Math.max(now, next.get().at);
      next.get().work.run();
    }
    now = Math.max(now, until);
  }

  private Optional<Task> next(long until) {
    return waiting.stream()
        .filter(task -> task.at <= until)
        .min(Comparator.comparingLong(task -> task.at));
  }

  /** How many tasks wait for their time. */
  public int waiting() {
    return waiting.size();
  }

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public Wake after(long nanos, Runnable work) {
    Task task = new Task(now + nanos, work);
    if (!closed) {
      waiting.add(task);
    }
    return () -> waiting.remove(task);
  }

  @Override
  public void close() {
    closed = true;
    waiting.clear();
  }

  /** Compared by identity. */
  private static final class Task {

    final long at;
    final Runnable work;

    Task(long at, Runnable work) {
      this.at = at;
      this.work = work;
    }
  }
}
