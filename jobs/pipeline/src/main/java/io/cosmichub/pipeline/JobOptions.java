package io.cosmichub.pipeline;

import java.time.Duration;
import java.util.List;

/**
 * The job as Flink runs it.
 *
 * @param parallelism 0 leaves it to Flink's default
 */
public record JobOptions(
    String name, int parallelism, Duration bufferTimeout, Duration checkpointInterval) {

  static final Option<String> NAME =
      Option.of("cosmichub.job.name", ValueType.TEXT, "synastry", "Name of the job in Flink.");

  static final Option<Integer> PARALLELISM =
      Option.of(
          "cosmichub.parallelism",
          ValueType.INTEGER,
          "0",
          "Subtasks of every operator; 0 leaves it to Flink's `parallelism.default`.");

  static final Option<Duration> BUFFER_TIMEOUT =
      Option.of(
          "cosmichub.buffer-timeout",
          ValueType.DURATION_TYPE,
          "0ms",
          "How long a partly filled network buffer waits, and a batch of live records where that "
              + "is more than 2 ms. `0ms` sends each record by itself and spares a thread for each "
              + "task that sends, which wakes as often as this says.");

  static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.of(
          "cosmichub.checkpoint.interval",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between checkpoints. Exactly-once outputs become visible one checkpoint "
              + "later; at least 100ms.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL =
      List.of(NAME, PARALLELISM, BUFFER_TIMEOUT, CHECKPOINT_INTERVAL);

  private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

  /** Checks each value. */
  public JobOptions {
    PARALLELISM.require(parallelism >= 0, parallelism, "0 or more");
    CHECKPOINT_INTERVAL.require(
        checkpointInterval.compareTo(SHORTEST_INTERVAL) >= 0,
        checkpointInterval,
        "at least " + SHORTEST_INTERVAL);
  }

  static JobOptions of(Settings settings) {
    return new JobOptions(
        settings.get(NAME),
        settings.get(PARALLELISM),
        settings.get(BUFFER_TIMEOUT),
        settings.get(CHECKPOINT_INTERVAL));
  }
}
