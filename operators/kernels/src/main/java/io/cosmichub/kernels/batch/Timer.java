package io.cosmichub.kernels.batch;

/** Time that can be read and waited for. Safe for use by several threads. */
public interface Timer extends AutoCloseable {

  /** Nanoseconds since some moment, never going back. */
  long nanos();

  /**
   * Runs {@code task} once on the timer's thread when {@code nanos} have passed, unless it is
   * cancelled before. A closed timer runs nothing.
   */
  Wake after(long nanos, Runnable task);

  @Override
  void close();

  /** A task that waits for its time. */
  interface Wake {

    /** Does nothing if the task runs or ran. */
    void cancel();
  }
}
