package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * What calls of a kernel allocate once the compiler is done with them, by the threads' counters.
 */
public final class SteadyState {

  private static final int ROUNDS = 20_000;
  private static final int IN_A_ROW = 3;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] threads;
  private final boolean together;

  private SteadyState(long[] threads) {
    this.threads = threads;
    together = threads.length > 1;
  }

  /** Calls until three calls in a row allocate less than a byte a pair on the calling thread. */
  public static void assertReached(int pairs, Runnable call) {
    new SteadyState(new long[] {Thread.currentThread().getId()}).reach(pairs, call);
  }

  /**
   * Calls until three calls in a row allocate less than a byte a pair on the calling thread and all
   * that are named {@code others} together; a call in which none of those did anything does not
   * count.
   */
  public static void assertReached(int pairs, String others, Runnable call) {
    call.run();
    long[] named =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(Objects::nonNull)
            .filter(thread -> thread.getThreadName().equals(others))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    assertThat(named).as("threads named " + others).isNotEmpty();
    LongStream all =
        LongStream.concat(LongStream.of(Thread.currentThread().getId()), LongStream.of(named));
    new SteadyState(all.toArray()).reach(pairs, call);
  }

  private void reach(int pairs, Runnable call) {
    int steady = 0;
    int helped = 0;
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && steady < IN_A_ROW; round++) {
      long before = allocated();
      long ran = ranByOthers();
      call.run();
      long now = allocated() - before;
      boolean help = !together || ranByOthers() > ran;
      least = Math.min(least, now);
      helped += help ? 1 : 0;
      if (help) {
        steady = now < pairs ? steady + 1 : 0;
      }
    }
    assertThat(steady)
        .as(
            "%s bytes for %s pairs at the fewest, with help in %s of %s",
            least, pairs, helped, ROUNDS)
        .isEqualTo(IN_A_ROW);
  }

  /** A thread that has ended counts as nothing. */
  private long allocated() {
    long bytes = 0;
    for (long thread : threads) {
      bytes += Math.max(0, THREADS.getThreadAllocatedBytes(thread));
    }
    return bytes;
  }

  private long ranByOthers() {
    long nanos = 0;
    for (int other = 1; other < threads.length; other++) {
      nanos += Math.max(0, THREADS.getThreadCpuTime(threads[other]));
    }
    return nanos;
  }
}
