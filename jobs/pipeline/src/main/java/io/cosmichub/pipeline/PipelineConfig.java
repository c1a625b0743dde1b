package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of the job, one part for each group of operators; {@link
 * PipelineOptions} says what each value means. Values that do not go together are a {@link
 * ConfigException}.
 */
public record PipelineConfig(
    Job job,
    Kafka kafka,
    EventTime eventTime,
    Charts charts,
    Models models,
    HotState hotState,
    Aspects aspects,
    Population population,
    Matches matches,
    Format output) {

  /** Checks what concerns more than one part. */
  public PipelineConfig {
    PipelineOptions.KAFKA_TRANSACTION_TIMEOUT.require(
        kafka.transactionTimeout().compareTo(job.checkpointInterval().multipliedBy(2)) >= 0,
        kafka.transactionTimeout(),
        "at least twice "
            + PipelineOptions.CHECKPOINT_INTERVAL.key()
            + ", "
            + job.checkpointInterval());
  }

  /**
   * The job as Flink runs it.
   *
   * @param parallelism 0 leaves it to Flink's default
   */
  public record Job(
      String name, int parallelism, Duration bufferTimeout, Duration checkpointInterval) {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    /** Checks each value. */
    public Job {
      PipelineOptions.PARALLELISM.require(parallelism >= 0, parallelism, "0 or more");
      PipelineOptions.CHECKPOINT_INTERVAL.require(
          checkpointInterval.compareTo(SHORTEST_INTERVAL) >= 0,
          checkpointInterval,
          "at least " + SHORTEST_INTERVAL);
    }
  }

  /** How Kafka is reached, and the terms of its transactions. */
  public record Kafka(
      String bootstrapServers,
      String groupId,
      StartOffsets start,
      String transactionalIdPrefix,
      Duration transactionTimeout,
      Duration transactionTimeoutMax,
      KafkaProperties properties) {

    /** Checks that the brokers would accept the transaction timeout. */
    public Kafka {
      PipelineOptions.KAFKA_TRANSACTION_TIMEOUT.require(
          transactionTimeout.compareTo(transactionTimeoutMax) <= 0,
          transactionTimeout,
          "at most "
              + PipelineOptions.KAFKA_TRANSACTION_TIMEOUT_MAX.key()
              + ", "
              + transactionTimeoutMax);
    }
  }

  /** Where event time comes from and how it advances. */
  public record EventTime(Duration maxAhead, Duration outOfOrderness, Duration idleness) {

    /** Checks each value. */
    public EventTime {
      PipelineOptions.WATERMARK_IDLENESS.require(!idleness.isZero(), idleness, "more than 0");
    }
  }

  /**
   * What charts and their fan-out need.
   *
   * @param motionEpsilon micro-degrees
   */
  public record Charts(
      int motionEpsilon,
      int pageSize,
      Duration pagePause,
      Secret erasureKey,
      Duration erasureMemory) {

    private static final int HALF_CIRCLE = 180_000_000;
    private static final int LARGEST_PAGE = 1 << 16;
    private static final int SHORTEST_KEY = 16;

    /** Checks each value. */
    public Charts {
      PipelineOptions.MOTION_EPSILON.require(
          motionEpsilon >= 0 && motionEpsilon < HALF_CIRCLE,
          motionEpsilon,
          "0 to below 180 degrees");
      PipelineOptions.FANOUT_PAGE_SIZE.require(
          pageSize >= 1 && pageSize <= LARGEST_PAGE, pageSize, "1 to " + LARGEST_PAGE);
      PipelineOptions.ERASURE_KEY.require(
          erasureKey.value().length() >= SHORTEST_KEY,
          erasureKey,
          "at least " + SHORTEST_KEY + " characters");
      PipelineOptions.FANOUT_PAGE_PAUSE.require(!pagePause.isZero(), pagePause, "more than 0");
      PipelineOptions.ERASURE_MEMORY.require(!erasureMemory.isZero(), erasureMemory, "more than 0");
    }

    /** Whether charts are kept under the key that everyone knows. */
    public boolean hasPublicErasureKey() {
      return erasureKey.value().equals(PipelineOptions.PUBLIC_ERASURE_KEY);
    }
  }

  /**
   * Where the models lie that control records refer to, how fast a new one is taken up, and how
   * often it is told where experiments stand.
   */
  public record Models(String folder, int rescoredPerSecond, Duration resultsEvery) {

    private static final String NONE = "none";
    private static final Duration OFTENEST = Duration.ofMillis(100);

    /** Checks each value. */
    public Models {
      PipelineOptions.RESCORED_PER_SECOND.require(
          rescoredPerSecond >= 1, rescoredPerSecond, "at least 1");
      PipelineOptions.RESULTS_EVERY.require(
          resultsEvery.compareTo(OFTENEST) >= 0, resultsEvery, "at least " + OFTENEST);
    }

    /** The folder as a URI, empty if there is none. */
    public String uri() {
      return folder.equals(NONE) ? "" : folder;
    }
  }

  /** How much of the pairs' state a subtask has on the heap. */
  public record HotState(int mebibytes) {

    private static final int MOST = 1 << 16;
    private static final int OF_FIVE_FOR_CHARTS = 4;

    /** Checks the value. */
    public HotState {
      PipelineOptions.HOT_STATE.require(
          mebibytes >= 0 && mebibytes <= MOST, mebibytes, "0 to " + MOST);
    }

    /** The share of both charts of a pair, which is the larger one by far. */
    public long chartBytes() {
      return bytes() / 5 * OF_FIVE_FOR_CHARTS;
    }

    /** The share of what is kept of the aspects. */
    public long aspectBytes() {
      return bytes() - chartBytes();
    }

    private long bytes() {
      return (long) mebibytes << 20;
    }
  }

  /** Which kernel computes aspects, and how many pairs may wait for it. */
  public record Aspects(Kernel kernel, int capacity, Duration timeout) {

    private static final int SMALLEST_CAPACITY = 2;

    /** Checks each value, and that what is late is noticed before it is too late. */
    public Aspects {
      PipelineOptions.ASYNC_CAPACITY.require(
          capacity >= SMALLEST_CAPACITY, capacity, "at least " + SMALLEST_CAPACITY);
      PipelineOptions.ASYNC_TIMEOUT.require(!timeout.isZero(), timeout, "more than 0");
      PipelineOptions.KERNEL_DEADLINE.require(
          kernel.longestWait().compareTo(timeout) < 0,
          kernel.deadline(),
          "twice of it with "
              + PipelineOptions.KERNEL_BATCH_LINGER.key()
              + " below "
              + PipelineOptions.ASYNC_TIMEOUT.key()
              + ", "
              + timeout);
    }
  }

  /**
   * The kernel and how far it is trusted.
   *
   * @param memory bytes
   */
  public record Kernel(
      String name, long memory, int threads, Batches batches, Duration deadline, Trust trust) {

    private static final long LEAST_MEMORY = 1L << 20;

    /** Checks each value. */
    public Kernel {
      PipelineOptions.KERNEL_MEMORY.require(memory >= LEAST_MEMORY, memory, "at least 1mb");
      PipelineOptions.KERNEL_THREADS.require(threads >= 1, threads, "at least 1");
      PipelineOptions.KERNEL_DEADLINE.require(!deadline.isZero(), deadline, "more than 0");
    }

    /** For how long a pair may be collected, wait for room on the device, and be on it. */
    Duration longestWait() {
      return batches.linger().plus(deadline.multipliedBy(2));
    }
  }

  /** How pairs are put into batches for a kernel that prefers them. */
  public record Batches(int max, Duration linger, int inFlight) {

    private static final int LARGEST = 1 << 16;

    /** Checks each value. */
    public Batches {
      PipelineOptions.KERNEL_BATCH_MAX.require(max >= 1 && max <= LARGEST, max, "1 to " + LARGEST);
      PipelineOptions.KERNEL_BATCH_LINGER.require(!linger.isZero(), linger, "more than 0");
      PipelineOptions.KERNEL_BATCH_IN_FLIGHT.require(inFlight >= 1, inFlight, "at least 1");
    }
  }

  /** When a kernel is left alone, and how often it is checked. */
  public record Trust(int failures, Duration pause, double shadowShare) {

    /** Checks each value. */
    public Trust {
      PipelineOptions.KERNEL_BREAKER_FAILURES.require(failures >= 1, failures, "at least 1");
      PipelineOptions.KERNEL_BREAKER_PAUSE.require(!pause.isZero(), pause, "more than 0");
      PipelineOptions.KERNEL_SHADOW_SHARE.require(
          shadowShare >= 0 && shadowShare <= 1, shadowShare, "0 to 1");
    }
  }

  /** What is kept of the population. */
  public record Population(
      boolean enabled,
      Duration window,
      Duration slidingWindow,
      Duration allowedLateness,
      int people,
      int trailing,
      double falseDiscoveries,
      int insights,
      Patterns patterns) {

    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST_WINDOWS = 1_000;

    /** Checks each value. */
    public Population {
      PipelineOptions.POPULATION_WINDOW.require(
          window.compareTo(SHORTEST) >= 0 && window.compareTo(LONGEST) <= 0,
          window,
          SHORTEST + " to " + LONGEST);
      PipelineOptions.POPULATION_SLIDING_WINDOW.require(
          slidingWindow.toMillis() % window.toMillis() == 0
              && slidingWindow.dividedBy(window) <= MOST_WINDOWS,
          slidingWindow,
          "a multiple of "
              + PipelineOptions.POPULATION_WINDOW.key()
              + ", "
              + window
              + ", and at most "
              + MOST_WINDOWS
              + " of them");
      PipelineOptions.POPULATION_ALLOWED_LATENESS.require(
          allowedLateness.compareTo(LONGEST) <= 0, allowedLateness, "at most " + LONGEST);
      PipelineOptions.POPULATION_PEOPLE.require(people >= 2 && people <= 64, people, "2 to 64");
      PipelineOptions.POPULATION_TRAILING.require(
          trailing >= 8 && trailing <= MOST_WINDOWS, trailing, "8 to " + MOST_WINDOWS);
      PipelineOptions.POPULATION_FALSE_DISCOVERIES.require(
          falseDiscoveries > 0 && falseDiscoveries < 1, falseDiscoveries, "above 0 and below 1");
      PipelineOptions.POPULATION_INSIGHTS.require(insights >= 0, insights, "0 or more");
    }
  }

  /** Which patterns are looked for, and in what. */
  public record Patterns(int most, Duration window, double share, int size) {

    private static final int MOST = 1_000;
    private static final int SMALLEST = 100;
    private static final int LARGEST = 100_000;

    /** Checks each value. */
    public Patterns {
      PipelineOptions.POPULATION_PATTERNS.require(most >= 0 && most <= MOST, most, "0 to " + MOST);
      PipelineOptions.POPULATION_PATTERN_WINDOW.require(
          window.compareTo(Population.SHORTEST) >= 0 && window.compareTo(Population.LONGEST) <= 0,
          window,
          Population.SHORTEST + " to " + Population.LONGEST);
      PipelineOptions.POPULATION_SAMPLE_SHARE.require(
          share > 0 && share <= 1, share, "above 0 and up to 1");
      PipelineOptions.POPULATION_SAMPLE_SIZE.require(
          size >= SMALLEST && size <= LARGEST, size, SMALLEST + " to " + LARGEST);
    }
  }

  /** Whether the best matches of charts are kept, and how. */
  public record Matches(int best, Duration every, int candidates) {

    private static final int MOST = 100;
    private static final Duration OFTENEST = Duration.ofMillis(100);
    private static final int FEWEST = 100;
    private static final int LARGEST = 100_000;

    /** Checks each value. */
    public Matches {
      PipelineOptions.MATCHES_BEST.require(best >= 0 && best <= MOST, best, "0 to " + MOST);
      PipelineOptions.MATCHES_EVERY.require(
          every.compareTo(OFTENEST) >= 0, every, "at least " + OFTENEST);
      PipelineOptions.MATCHES_CANDIDATES.require(
          candidates >= FEWEST && candidates <= LARGEST, candidates, FEWEST + " to " + LARGEST);
    }
  }

  /**
   * Reads and checks a configuration: command line over environment over file over default. The
   * file is the one named by {@code --config}, else {@code file}, else none.
   */
  public static PipelineConfig load(
      String[] args, Map<String, String> environment, @Nullable Path file) {
    return of(Settings.read(args, environment, file));
  }

  /** The configuration that {@code settings} spell out. */
  public static PipelineConfig of(Settings settings) {
    return new PipelineConfig(
        new Job(
            settings.get(PipelineOptions.JOB_NAME),
            settings.get(PipelineOptions.PARALLELISM),
            settings.get(PipelineOptions.BUFFER_TIMEOUT),
            settings.get(PipelineOptions.CHECKPOINT_INTERVAL)),
        new Kafka(
            settings.get(PipelineOptions.KAFKA_BOOTSTRAP_SERVERS),
            settings.get(PipelineOptions.KAFKA_GROUP_ID),
            settings.get(PipelineOptions.KAFKA_START),
            settings.get(PipelineOptions.KAFKA_TRANSACTIONAL_ID_PREFIX),
            settings.get(PipelineOptions.KAFKA_TRANSACTION_TIMEOUT),
            settings.get(PipelineOptions.KAFKA_TRANSACTION_TIMEOUT_MAX),
            settings.kafkaProperties()),
        new EventTime(
            settings.get(PipelineOptions.TIMESTAMP_MAX_AHEAD),
            settings.get(PipelineOptions.WATERMARK_OUT_OF_ORDERNESS),
            settings.get(PipelineOptions.WATERMARK_IDLENESS)),
        new Charts(
            settings.get(PipelineOptions.MOTION_EPSILON),
            settings.get(PipelineOptions.FANOUT_PAGE_SIZE),
            settings.get(PipelineOptions.FANOUT_PAGE_PAUSE),
            settings.get(PipelineOptions.ERASURE_KEY),
            settings.get(PipelineOptions.ERASURE_MEMORY)),
        new Models(
            settings.get(PipelineOptions.MODELS_FOLDER),
            settings.get(PipelineOptions.RESCORED_PER_SECOND),
            settings.get(PipelineOptions.RESULTS_EVERY)),
        new HotState(settings.get(PipelineOptions.HOT_STATE)),
        new Aspects(
            kernel(settings),
            settings.get(PipelineOptions.ASYNC_CAPACITY),
            settings.get(PipelineOptions.ASYNC_TIMEOUT)),
        new Population(
            settings.get(PipelineOptions.POPULATION),
            settings.get(PipelineOptions.POPULATION_WINDOW),
            settings.get(PipelineOptions.POPULATION_SLIDING_WINDOW),
            settings.get(PipelineOptions.POPULATION_ALLOWED_LATENESS),
            settings.get(PipelineOptions.POPULATION_PEOPLE),
            settings.get(PipelineOptions.POPULATION_TRAILING),
            settings.get(PipelineOptions.POPULATION_FALSE_DISCOVERIES),
            settings.get(PipelineOptions.POPULATION_INSIGHTS),
            new Patterns(
                settings.get(PipelineOptions.POPULATION_PATTERNS),
                settings.get(PipelineOptions.POPULATION_PATTERN_WINDOW),
                settings.get(PipelineOptions.POPULATION_SAMPLE_SHARE),
                settings.get(PipelineOptions.POPULATION_SAMPLE_SIZE))),
        new Matches(
            settings.get(PipelineOptions.MATCHES_BEST),
            settings.get(PipelineOptions.MATCHES_EVERY),
            settings.get(PipelineOptions.MATCHES_CANDIDATES)),
        settings.get(PipelineOptions.OUTPUT_FORMAT));
  }

  private static Kernel kernel(Settings settings) {
    return new Kernel(
        settings.get(PipelineOptions.KERNEL),
        settings.get(PipelineOptions.KERNEL_MEMORY),
        settings.get(PipelineOptions.KERNEL_THREADS),
        new Batches(
            settings.get(PipelineOptions.KERNEL_BATCH_MAX),
            settings.get(PipelineOptions.KERNEL_BATCH_LINGER),
            settings.get(PipelineOptions.KERNEL_BATCH_IN_FLIGHT)),
        settings.get(PipelineOptions.KERNEL_DEADLINE),
        new Trust(
            settings.get(PipelineOptions.KERNEL_BREAKER_FAILURES),
            settings.get(PipelineOptions.KERNEL_BREAKER_PAUSE),
            settings.get(PipelineOptions.KERNEL_SHADOW_SHARE)));
  }

  /**
   * What this configuration means to Flink, for {@code StreamExecutionEnvironment.configure}:
   * exactly-once checkpoints among it, no generated uids and no types without a serializer of their
   * own.
   */
  public Configuration flink() {
    Configuration flink = new Configuration();
    flink.set(org.apache.flink.configuration.PipelineOptions.NAME, job.name());
    flink.set(org.apache.flink.configuration.PipelineOptions.AUTO_GENERATE_UIDS, false);
    flink.set(org.apache.flink.configuration.PipelineOptions.GENERIC_TYPES, false);
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, job.bufferTimeout());
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, job.checkpointInterval());
    flink.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    if (job.parallelism() > 0) {
      flink.set(CoreOptions.DEFAULT_PARALLELISM, job.parallelism());
    }
    return flink;
  }
}
