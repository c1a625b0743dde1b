package io.cosmichub.kernels.guard;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A device thread that works when a test has it work, on the test's thread. */
final class ManualThread implements DeviceThread {

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean busy;
  private boolean ended;

  @Override
  public void execute(Runnable task) {
    if (!ended) {
      tasks.add(task);
    }
  }

  /** Runs the next task, unless there is none or one is being run; whether it did. */
  boolean work() {
    Runnable task = busy ? null : tasks.poll();
    if (task == null) {
      return false;
    }
    busy = true;
    task.run();
    busy = false;
    return true;
  }

  @Override
  public void end(Runnable last, Duration patience) {
    tasks.add(last);
    ended = true;
  }
}
