package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.kernels.Kernels;
import java.time.Duration;
import java.util.List;

/** Every key that the job knows, in the order in which the reference lists them. */
public final class PipelineOptions {

  /** What every key begins with. */
  static final String PREFIX = "cosmichub.";

  /** Keys that begin with this are handed to Kafka's clients without it. */
  public static final String KAFKA_PROPERTIES = PREFIX + "kafka.properties.";

  /** The erasure key that holds when none is set; whoever reads this source knows it. */
  static final String PUBLIC_ERASURE_KEY = "public-key-for-trials-only";

  public static final Option<String> JOB_NAME =
      Option.of("cosmichub.job.name", ValueType.TEXT, "synastry", "Name of the job in Flink.");

  public static final Option<Integer> PARALLELISM =
      Option.of(
          "cosmichub.parallelism",
          ValueType.INTEGER,
          "0",
          "Subtasks of every operator; 0 leaves it to Flink's `parallelism.default`.");

  public static final Option<Duration> BUFFER_TIMEOUT =
      Option.of(
          "cosmichub.buffer-timeout",
          ValueType.DURATION_TYPE,
          "0ms",
          "How long a partly filled network buffer waits, and a batch of live records where that "
              + "is more than 2 ms. `0ms` sends each record by itself and spares a thread for each "
              + "task that sends, which wakes as often as this says.");

  public static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.of(
          "cosmichub.checkpoint.interval",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between checkpoints. Exactly-once outputs become visible one checkpoint "
              + "later; at least 100ms.");

  public static final Option<String> KAFKA_BOOTSTRAP_SERVERS =
      Option.of(
          "cosmichub.kafka.bootstrap-servers",
          ValueType.TEXT,
          "localhost:9092",
          "Brokers to begin with, as `host:port`, separated by commas.");

  public static final Option<String> KAFKA_GROUP_ID =
      Option.of(
          "cosmichub.kafka.group-id",
          ValueType.TEXT,
          "cosmichub-synastry",
          "Consumer group under which progress is reported, and the beginning of every client id.");

  public static final Option<StartOffsets> KAFKA_START =
      Option.of(
          "cosmichub.kafka.start",
          ValueType.choice(StartOffsets.class),
          "earliest",
          "Where to begin without a checkpoint or savepoint. State is rebuilt only from "
              + "`earliest`.");

  public static final Option<String> KAFKA_TRANSACTIONAL_ID_PREFIX =
      Option.of(
          "cosmichub.kafka.transactional-id-prefix",
          ValueType.TEXT,
          "cosmichub-synastry",
          "Beginning of every transactional id. Two jobs on one Kafka cluster must not share it.");

  public static final Option<Duration> KAFKA_TRANSACTION_TIMEOUT =
      Option.of(
          "cosmichub.kafka.transaction-timeout",
          ValueType.DURATION_TYPE,
          "15min",
          "How long an outage may last before the broker gives up what is not committed yet. "
              + "At least twice the checkpoint interval, and not above what the brokers allow.");

  public static final Option<Duration> KAFKA_TRANSACTION_TIMEOUT_MAX =
      Option.of(
          "cosmichub.kafka.transaction-timeout-max",
          ValueType.DURATION_TYPE,
          "15min",
          "What the brokers allow: their `transaction.max.timeout.ms`.");

  public static final Option<Format> OUTPUT_FORMAT =
      Option.of(
          "cosmichub.output.format",
          ValueType.choice(Format.class),
          "json",
          "How output values are written.");

  public static final Option<String> KERNEL =
      Option.of(
          "cosmichub.kernel",
          ValueType.TEXT,
          Kernels.AUTO,
          "The code that computes aspects: `auto` takes the best that runs here, `vector` the "
              + "fast one for CPUs, `reference` the plain one, `cuda` the one for GPUs where it is "
              + "installed. A named kernel that cannot run stops the job.");

  public static final Option<Long> KERNEL_MEMORY =
      Option.of(
          "cosmichub.kernel.memory",
          ValueType.BYTES,
          "256mb",
          "What the results of one call of the kernel may take; at least 1mb.");

  public static final Option<Integer> KERNEL_THREADS =
      Option.of(
          "cosmichub.kernel.threads",
          ValueType.INTEGER,
          "1",
          "Threads of one subtask that share work big enough to be split, such as a ranking of "
              + "many charts. Single pairs are computed on the subtask's own thread; at least 1.");

  public static final Option<Integer> KERNEL_BATCH_MAX =
      Option.of(
          "cosmichub.kernel.batch.max",
          ValueType.INTEGER,
          "128",
          "Pairs of a full batch, for a kernel that prefers batches (`cuda`); no more than half of "
              + "`cosmichub.async.capacity` are used, so that a full queue holds a full batch and "
              + "the next one; 1 to 65536.");

  public static final Option<Duration> KERNEL_BATCH_LINGER =
      Option.of(
          "cosmichub.kernel.batch.linger",
          ValueType.DURATION_TYPE,
          "1ms",
          "How long the first pair of a batch waits for others, so that a batch which never fills "
              + "leaves all the same; above 0.");

  public static final Option<Integer> KERNEL_BATCH_IN_FLIGHT =
      Option.of(
          "cosmichub.kernel.batch.in-flight",
          ValueType.INTEGER,
          "2",
          "Batches handed to the device and not answered. Beyond that the CPU computes full "
              + "batches; at least 1.");

  public static final Option<Duration> KERNEL_DEADLINE =
      Option.of(
          "cosmichub.kernel.deadline",
          ValueType.DURATION_TYPE,
          "500ms",
          "When a batch handed to the device counts as late and the CPU computes it; above 0. Twice "
              + "this and the linger must be below `cosmichub.async.timeout`.");

  public static final Option<Integer> KERNEL_BREAKER_FAILURES =
      Option.of(
          "cosmichub.kernel.breaker.failures",
          ValueType.INTEGER,
          "3",
          "After how many failures or late batches in a row the kernel is left alone; at least 1.");

  public static final Option<Duration> KERNEL_BREAKER_PAUSE =
      Option.of(
          "cosmichub.kernel.breaker.pause",
          ValueType.DURATION_TYPE,
          "30s",
          "How long it is left alone before one batch tries it again; above 0.");

  public static final Option<Double> KERNEL_SHADOW_SHARE =
      Option.of(
          "cosmichub.kernel.shadow.share",
          ValueType.FRACTION,
          "0.001",
          "Share of batches (of pairs, for a kernel that takes no batches) that the plain kernel "
              + "computes as well. One difference and the kernel is off until the task ends; 0 to 1.");

  public static final Option<Integer> ASYNC_CAPACITY =
      Option.of(
          "cosmichub.async.capacity",
          ValueType.INTEGER,
          "256",
          "Pairs that one subtask may have in the kernel at a time; at least 2.");

  public static final Option<Duration> ASYNC_TIMEOUT =
      Option.of(
          "cosmichub.async.timeout",
          ValueType.DURATION_TYPE,
          "30s",
          "How long a pair may wait for the kernel and for whatever stands in for it before the "
              + "plain one computes it on the spot; above 0.");

  public static final Option<Integer> MOTION_EPSILON =
      Option.of(
          "cosmichub.motion.epsilon",
          ValueType.DEGREES,
          "0",
          "A body that moved by no more than this since it was last published stays as "
              + "published; below 180.");

  public static final Option<Integer> FANOUT_PAGE_SIZE =
      Option.of(
          "cosmichub.fanout.page-size",
          ValueType.INTEGER,
          "256",
          "Pairs that one chart's update reaches between two chances for a checkpoint; 1 to "
              + "65536.");

  public static final Option<Duration> FANOUT_PAGE_PAUSE =
      Option.of(
          "cosmichub.fanout.page-pause",
          ValueType.DURATION_TYPE,
          "20ms",
          "Time between two such pages of one chart, in which the updates of others pass; "
              + "more than 0.");

  public static final Option<String> MODELS_FOLDER =
      Option.of(
          "cosmichub.models.folder",
          ValueType.TEXT,
          "none",
          "Folder, as a URI that Flink can read, below which models lie that control records refer "
              + "to; `none`: models come inline only.");

  public static final Option<Integer> RESCORED_PER_SECOND =
      Option.of(
          "cosmichub.models.rescored-per-second",
          ValueType.INTEGER,
          "500",
          "Pairs of one subtask that are looked at a second, at most, when pairs in which nothing "
              + "moved are to be scored by another model; at least 1.");

  public static final Option<Duration> RESULTS_EVERY =
      Option.of(
          "cosmichub.experiments.results-every",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between two results of an experiment whose figures change; at least 100ms.");

  public static final Option<Integer> HOT_STATE =
      Option.of(
          "cosmichub.hot-state.mebibytes",
          ValueType.INTEGER,
          "48",
          "Heap that one subtask uses for the state of the pairs that change most, by estimate; "
              + "0 reads every pair from the state backend; up to 65536.");

  public static final Option<Duration> TIMESTAMP_MAX_AHEAD =
      Option.of(
          "cosmichub.timestamp.max-ahead",
          ValueType.DURATION_TYPE,
          "1d",
          "How far `effectiveAt` may lie in the future before the record is dead-lettered.");

  public static final Option<Duration> WATERMARK_OUT_OF_ORDERNESS =
      Option.of(
          "cosmichub.watermark.out-of-orderness",
          ValueType.DURATION_TYPE,
          "10s",
          "How far event time may go back within a partition without a record being late.");

  public static final Option<Duration> WATERMARK_IDLENESS =
      Option.of(
          "cosmichub.watermark.idleness",
          ValueType.DURATION_TYPE,
          "30s",
          "A partition silent for this long no longer holds event time back; above 0.");

  public static final Option<Duration> ERASURE_MEMORY =
      Option.of(
          "cosmichub.erasure.memory",
          ValueType.DURATION_TYPE,
          "7d",
          "How long the keyed hash of an erased chart is remembered, so that a late move does"
              + " not bring it back: as long as moves are kept; above 0.");

  public static final Option<Secret> ERASURE_KEY =
      Option.secret(
          "cosmichub.erasure.key",
          PUBLIC_ERASURE_KEY,
          "Secret of the keyed hash under which charts are kept. Set one, of 16 characters at"
              + " least; state cannot be found again under another.");

  public static final Option<Boolean> POPULATION =
      Option.of(
          "cosmichub.population.enabled",
          ValueType.SWITCH,
          "true",
          "Whether figures of the population are kept and published.");

  public static final Option<Duration> POPULATION_WINDOW =
      Option.of(
          "cosmichub.population.window",
          ValueType.DURATION_TYPE,
          "1h",
          "How long a tumbling window of event time is; 15min to 7d. Under another length, what is"
              + " trending starts to be known anew.");

  public static final Option<Duration> POPULATION_SLIDING_WINDOW =
      Option.of(
          "cosmichub.population.sliding-window",
          ValueType.DURATION_TYPE,
          "24h",
          "How long the sliding windows are, one of which ends with each tumbling one: a multiple"
              + " of these, at most 1,000; `0ms`: none.");

  public static final Option<Duration> POPULATION_ALLOWED_LATENESS =
      Option.of(
          "cosmichub.population.allowed-lateness",
          ValueType.DURATION_TYPE,
          "1min",
          "How long after its end a window takes what belongs to it; then it is published, once.");

  public static final Option<Integer> POPULATION_PEOPLE =
      Option.of(
          "cosmichub.population.people",
          ValueType.INTEGER,
          "20",
          "On how many people every published figure rests at least; 2 to 64.");

  public static final Option<Integer> POPULATION_TRAILING =
      Option.of(
          "cosmichub.population.trailing-windows",
          ValueType.INTEGER,
          "24",
          "With how many windows before it a figure is compared; 8 to 1000.");

  public static final Option<Double> POPULATION_FALSE_DISCOVERIES =
      Option.of(
          "cosmichub.population.false-discoveries",
          ValueType.FRACTION,
          "0.05",
          "The share of what is called trending that may be chance; above 0 and below 1.");

  public static final Option<Integer> POPULATION_INSIGHTS =
      Option.of(
          "cosmichub.population.insights",
          ValueType.INTEGER,
          "5",
          "How many sentences about a window are published at most; 0 or more.");

  public static final Option<Integer> POPULATION_PATTERNS =
      Option.of(
          "cosmichub.population.patterns",
          ValueType.INTEGER,
          "20",
          "How many patterns among pairs, and as many among high scorers, are published of a window"
              + " at most; 0 to 1000, 0: neither patterns nor named figures are looked for.");

  public static final Option<Duration> POPULATION_PATTERN_WINDOW =
      Option.of(
          "cosmichub.population.pattern-window",
          ValueType.DURATION_TYPE,
          "24h",
          "How long the windows are at whose ends patterns and named figures are published; 15min"
              + " to 7d.");

  public static final Option<Double> POPULATION_SAMPLE_SHARE =
      Option.of(
          "cosmichub.population.sample-share",
          ValueType.FRACTION,
          "0.1",
          "The share of pairs, and of charts, by the hashes of their ids, from which patterns and"
              + " named figures are told; above 0 and up to 1.");

  public static final Option<Integer> POPULATION_SAMPLE_SIZE =
      Option.of(
          "cosmichub.population.sample-size",
          ValueType.INTEGER,
          "20000",
          "How many pairs, and how many charts, that sample holds at most; then it is halved. 100 to"
              + " 100000.");

  public static final Option<Integer> MATCHES_BEST =
      Option.of(
          "cosmichub.matches.best",
          ValueType.INTEGER,
          "10",
          "How many matches the list of a chart names at most; 0 to 100, 0: no lists are kept or"
              + " published, nor are they where `cosmichub.population.enabled` is false.");

  public static final Option<Duration> MATCHES_EVERY =
      Option.of(
          "cosmichub.matches.every",
          ValueType.DURATION_TYPE,
          "10s",
          "Time between two lists of a chart that changes, or whose list named a chart that was"
              + " erased; at least 100ms.");

  public static final Option<Integer> MATCHES_CANDIDATES =
      Option.of(
          "cosmichub.matches.candidates",
          ValueType.INTEGER,
          "20000",
          "With how many charts a chart is compared: with all, or, where there are more, with those"
              + " whose ids have the lowest hashes; 100 to 100000.");

  private static final List<Option<?>> ALL =
      List.of(
          JOB_NAME,
          PARALLELISM,
          BUFFER_TIMEOUT,
          CHECKPOINT_INTERVAL,
          KAFKA_BOOTSTRAP_SERVERS,
          KAFKA_GROUP_ID,
          KAFKA_START,
          KAFKA_TRANSACTIONAL_ID_PREFIX,
          KAFKA_TRANSACTION_TIMEOUT,
          KAFKA_TRANSACTION_TIMEOUT_MAX,
          OUTPUT_FORMAT,
          KERNEL,
          KERNEL_MEMORY,
          KERNEL_THREADS,
          KERNEL_BATCH_MAX,
          KERNEL_BATCH_LINGER,
          KERNEL_BATCH_IN_FLIGHT,
          KERNEL_DEADLINE,
          KERNEL_BREAKER_FAILURES,
          KERNEL_BREAKER_PAUSE,
          KERNEL_SHADOW_SHARE,
          ASYNC_CAPACITY,
          ASYNC_TIMEOUT,
          MOTION_EPSILON,
          FANOUT_PAGE_SIZE,
          FANOUT_PAGE_PAUSE,
          MODELS_FOLDER,
          RESCORED_PER_SECOND,
          RESULTS_EVERY,
          HOT_STATE,
          TIMESTAMP_MAX_AHEAD,
          WATERMARK_OUT_OF_ORDERNESS,
          WATERMARK_IDLENESS,
          ERASURE_MEMORY,
          ERASURE_KEY,
          POPULATION,
          POPULATION_WINDOW,
          POPULATION_SLIDING_WINDOW,
          POPULATION_ALLOWED_LATENESS,
          POPULATION_PEOPLE,
          POPULATION_TRAILING,
          POPULATION_FALSE_DISCOVERIES,
          POPULATION_INSIGHTS,
          POPULATION_PATTERNS,
          POPULATION_PATTERN_WINDOW,
          POPULATION_SAMPLE_SHARE,
          POPULATION_SAMPLE_SIZE,
          MATCHES_BEST,
          MATCHES_EVERY,
          MATCHES_CANDIDATES);

  private PipelineOptions() {}

  /** Every option. */
  public static List<Option<?>> all() {
    return ALL;
  }
}
