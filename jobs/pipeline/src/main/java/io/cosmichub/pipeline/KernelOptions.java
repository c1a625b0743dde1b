package io.cosmichub.pipeline;

import io.cosmichub.kernels.Kernels;
import java.time.Duration;
import java.util.List;

/**
 * The kernel and how far it is trusted.
 *
 * @param memory bytes
 */
public record KernelOptions(
    String name, long memory, int threads, Batches batches, Duration deadline, Trust trust) {

  static final Option<String> NAME =
      Option.of(
          "cosmichub.kernel",
          ValueType.TEXT,
          Kernels.AUTO,
          "The code that computes aspects: `auto` takes the best that runs here, `vector` the "
              + "fast one for CPUs, `reference` the plain one, `cuda` the one for GPUs where it is "
              + "installed. A named kernel that cannot run stops the job for good, whatever the restart "
              + "strategy; in place of one that ran and was lost the CPU goes on.");

  static final Option<Long> MEMORY =
      Option.of(
          "cosmichub.kernel.memory",
          ValueType.BYTES,
          "256mb",
          "What the results of one call of the kernel may take: larger batches that were collected for"
              + " a device are computed in chunks, and a whole batch or a ranking that would take more"
              + " is refused; at least 1mb.");

  static final Option<Integer> THREADS =
      Option.of(
          "cosmichub.kernel.threads",
          ValueType.INTEGER,
          "1",
          "Threads of one subtask that share a call of the kernel which is big enough: a batch of "
              + "8,192 pairs or more (32,768 of pairs whose moved bodies alone are computed), a "
              + "ranking. Smaller calls are computed on the subtask's own thread, and the steps of "
              + "the pipeline make no others: to use more cores raise the job's parallelism; at "
              + "least 1.");

  static final Option<Integer> BATCH_MAX =
      Option.of(
          "cosmichub.kernel.batch.max",
          ValueType.INTEGER,
          "128",
          "Pairs of a full batch, for a kernel that prefers batches (`cuda`); no more than half of "
              + "`cosmichub.async.capacity` are used, so that a full queue holds a full batch and "
              + "the next one; 1 to 65536.");

  static final Option<Duration> BATCH_LINGER =
      Option.of(
          "cosmichub.kernel.batch.linger",
          ValueType.DURATION_TYPE,
          "1ms",
          "How long the first pair of a batch waits for others, so that a batch which never fills "
              + "leaves all the same; above 0.");

  static final Option<Integer> BATCH_IN_FLIGHT =
      Option.of(
          "cosmichub.kernel.batch.in-flight",
          ValueType.INTEGER,
          "2",
          "Batches handed to the device and not answered. Beyond that the CPU computes full "
              + "batches; at least 1.");

  static final Option<Duration> DEADLINE =
      Option.of(
          "cosmichub.kernel.deadline",
          ValueType.DURATION_TYPE,
          "500ms",
          "When a batch handed to the device counts as late and the CPU computes it; above 0. Twice"
              + " this and the linger must be below `cosmichub.async.timeout`.");

  static final Option<Integer> BREAKER_FAILURES =
      Option.of(
          "cosmichub.kernel.breaker.failures",
          ValueType.INTEGER,
          "3",
          "After how many failures or late batches in a row the kernel is left alone; at least 1.");

  static final Option<Duration> BREAKER_PAUSE =
      Option.of(
          "cosmichub.kernel.breaker.pause",
          ValueType.DURATION_TYPE,
          "30s",
          "How long it is left alone before one batch tries it again; above 0.");

  static final Option<Double> SHADOW_SHARE =
      Option.of(
          "cosmichub.kernel.shadow.share",
          ValueType.FRACTION,
          "0.001",
          "Share of batches (of pairs, for a kernel that takes no batches) that the plain kernel"
              + " computes as well. One difference and the kernel is off until the task ends, a device"
              + " until its process does; 0 to 1.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL =
      List.of(
          NAME,
          MEMORY,
          THREADS,
          BATCH_MAX,
          BATCH_LINGER,
          BATCH_IN_FLIGHT,
          DEADLINE,
          BREAKER_FAILURES,
          BREAKER_PAUSE,
          SHADOW_SHARE);

  private static final long LEAST_MEMORY = 1L << 20;

  /** Checks each value. */
  public KernelOptions {
    MEMORY.require(memory >= LEAST_MEMORY, memory, "at least 1mb");
    THREADS.require(threads >= 1, threads, "at least 1");
    DEADLINE.require(!deadline.isZero(), deadline, "more than 0");
  }

  static KernelOptions of(Settings settings) {
    return new KernelOptions(
        settings.get(NAME),
        settings.get(MEMORY),
        settings.get(THREADS),
        new Batches(
            settings.get(BATCH_MAX), settings.get(BATCH_LINGER), settings.get(BATCH_IN_FLIGHT)),
        settings.get(DEADLINE),
        new Trust(
            settings.get(BREAKER_FAILURES),
            settings.get(BREAKER_PAUSE),
            settings.get(SHADOW_SHARE)));
  }

  /** For how long a pair may be collected, wait for room on the device, and be on it. */
  Duration longestWait() {
    return batches.linger().plus(deadline.multipliedBy(2));
  }

  /** How pairs are put into batches for a kernel that prefers them. */
  public record Batches(int max, Duration linger, int inFlight) {

    private static final int LARGEST = 1 << 16;

    /** Checks each value. */
    public Batches {
      BATCH_MAX.require(max >= 1 && max <= LARGEST, max, "1 to " + LARGEST);
      BATCH_LINGER.require(!linger.isZero(), linger, "more than 0");
      BATCH_IN_FLIGHT.require(inFlight >= 1, inFlight, "at least 1");
    }
  }

  /** When a kernel is left alone, and how often it is checked. */
  public record Trust(int failures, Duration pause, double shadowShare) {

    /** Checks each value. */
    public Trust {
      BREAKER_FAILURES.require(failures >= 1, failures, "at least 1");
      BREAKER_PAUSE.require(!pause.isZero(), pause, "more than 0");
      SHADOW_SHARE.require(shadowShare >= 0 && shadowShare <= 1, shadowShare, "0 to 1");
    }
  }
}
