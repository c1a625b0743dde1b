package io.cosmichub.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;

/**
 * The checkpoints of a job that are remembered, the oldest first.
 *
 * @param all those that are done, those that failed, and one that is under way
 */
record Checkpoints(List<Checkpoint> all) {

  /** How a checkpoint ended, if it did. */
  enum End {
    DONE,
    FAILED,
    NONE
  }

  /**
   * One checkpoint.
   *
   * @param id what Flink counts
   * @param begun epoch milliseconds
   * @param millis how long it took, to its failure if it failed; its age if it has not ended
   * @param written bytes that it wrote, of an incremental one what is new
   * @param whole bytes of the state that it stands for
   */
  record Checkpoint(long id, long begun, long millis, End end, long written, long whole) {

    private static Checkpoint of(AbstractCheckpointStats stats, long now) {
      End end =
          switch (stats.getStatus()) {
            case COMPLETED -> End.DONE;
            case FAILED -> End.FAILED;
            case IN_PROGRESS -> End.NONE;
          };
      long millis =
          end == End.NONE ? now - stats.getTriggerTimestamp() : stats.getEndToEndDuration();
      return new Checkpoint(
          stats.getCheckpointId(),
          stats.getTriggerTimestamp(),
          Math.max(0, millis),
          end,
          stats.getCheckpointedSize(),
          stats.getStateSize());
    }
  }

  /** Those of a job; {@code now} in epoch milliseconds gives the age of one under way. */
  static Checkpoints of(AccessExecutionGraph graph, long now) {
    var snapshot = graph.getCheckpointStatsSnapshot();
    return snapshot == null
        ? new Checkpoints(List.of())
        : new Checkpoints(
            snapshot.getHistory().getCheckpoints().stream()
                .map(stats -> Checkpoint.of(stats, now))
                .sorted(Comparator.comparingLong(Checkpoint::begun))
                .toList());
  }

  /** Those that began from one moment to another. */
  Checkpoints begun(Instant from, Instant until) {
    return new Checkpoints(
        all.stream()
            .filter(each -> each.begun() >= from.toEpochMilli())
            .filter(each -> each.begun() <= until.toEpochMilli())
            .toList());
  }

  /** The one of this id. */
  Checkpoint get(long id) {
    return all.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
  }

  /** How long the longest took or has taken, however it ended; zero if there is none. */
  Duration longest() {
    return Duration.ofMillis(all.stream().mapToLong(Checkpoint::millis).max().orElse(0));
  }

  long count(End end) {
    return all.stream().filter(each -> each.end() == end).count();
  }

  /** The median of a figure over those that are done; NaN if there are none. */
  double median(ToLongFunction<Checkpoint> figure) {
    return Medians.of(
        all.stream()
            .filter(each -> each.end() == End.DONE)
            .mapToDouble(each -> figure.applyAsLong(each)));
  }

  /** How many there were, and how many did not come to a good end. */
  String words() {
    return all.size()
        + (count(End.FAILED) > 0 ? ", " + count(End.FAILED) + " failed" : "")
        + (count(End.NONE) > 0 ? ", " + count(End.NONE) + " unfinished" : "");
  }
}
