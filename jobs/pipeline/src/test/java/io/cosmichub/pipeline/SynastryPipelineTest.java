package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.score.RuleScore;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.record.RecordTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The topology as the job runs it, on RocksDB, between lists instead of topics. */
final class SynastryPipelineTest {

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final int RECORDS_A_SECOND = 50;
  private static final Message FLAG =
      new Message(
          Topics.CONTROL,
          "again",
          "{\"name\":\"again\",\"version\":1,\"rollout\":{\"feature\":\"RESCORING\",\"salt\":\"s\"}}");

  private static final Message RATING =
      new Message(
          Topics.PAIR_FEEDBACK, "p", "{\"pairId\":\"p\",\"kind\":\"rating\",\"value\":0.5}");

  private CollectingSink<PairUpdate> pairs = new CollectingSink<>();
  private CollectingSink<DeadLetter> deadLetters = new CollectingSink<>();

  @BeforeEach
  void emptySinks() {
    pairs = new CollectingSink<>();
    deadLetters = new CollectingSink<>();
  }

  @Test
  void aWatchedCoupleGetsTheAspectsAndTheScoreThatTheProductGaveIt() throws Exception {
    StreamExecutionEnvironment environment = environment(new Configuration());
    Message broken = new Message(Topics.CHART_UPDATES, "person-0001", "{\"chartId\":");

    define(
        environment,
        2,
        new InputStreams(
            once(environment, "charts", Couple.chartB(), broken, Couple.chartA()),
            once(environment, "moves", Couple.chartAAsMove()),
            once(environment, "watches", Couple.watch()),
            once(environment, "opinions", RATING),
            once(environment, "said", FLAG)));
    environment.execute();

    List<PairUpdate> updates = pairs.all();
    assertThat(updates).hasSize(1);
    PairUpdate update = updates.get(0);
    assertThat(Couple.lines(update)).isEqualTo(Couple.expected(1));
    assertThat(update.pairId()).isEqualTo(Couple.PAIR);
    assertThat(update.chartA()).isEqualTo(Couple.CHART_A);
    assertThat(update.chartB()).isEqualTo(Couple.CHART_B);
    assertThat(update.revisionA()).isEqualTo(7);
    assertThat(update.revisionB()).isEqualTo(3);
    RuleScore score = Objects.requireNonNull(update.score());
    assertThat(score.overall()).isEqualTo(63.4);
    assertThat(score.rawTotal()).isCloseTo(26.837341585, within(1e-9));
    List<DeadLetter> letters = deadLetters.all();
    assertThat(letters).extracting(DeadLetter::code).containsExactly(DeadLetterCode.BROKEN_JSON);
    assertThat(letters.get(0).origin()).isEqualTo(broken.at(1));
  }

  @Test
  void aJobThatGoesOnFromASavepointAtAnotherParallelismSendsTheNextDeltaAndNothingTwice(
      @TempDir Path folder, @InjectMiniCluster MiniCluster cluster) throws Exception {
    StreamExecutionEnvironment before = environment(new Configuration());
    define(before, 1, endless(before, Couple.chartAAsMove()));
    JobClient first = before.executeAsync();
    assertThat(Couple.lines(pairs.next())).isEqualTo(Couple.expected(1));
    // A task that is about to finish declines a savepoint, so none of them does.
    CommonTestUtils.waitForAllTaskRunning(cluster, first.getJobID(), false);
    String savepoint =
        first
            .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);
    assertThat(pairs.all()).isEmpty();

    StreamExecutionEnvironment after =
        environment(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
    define(after, 2, endless(after, Couple.chartAAsMove(), Couple.sunOfAMoves()));
    JobClient second = after.executeAsync();
    PairUpdate update = pairs.next();
    second.cancel().get(60, TimeUnit.SECONDS);

    assertThat(Couple.lines(update)).isEqualTo(Couple.expected(2));
    assertThat(update.revisionA()).isEqualTo(8);
    assertThat(pairs.all()).isEmpty();
    assertThat(deadLetters.all()).isEmpty();
  }

  @Test
  @Timeout(120)
  void aKernelThatCannotBeHadFailsTheJobForGoodThoughOthersWouldBeRestarted() throws Exception {
    StreamExecutionEnvironment environment = restartingForEver();
    define(
        environment, 1, endless(environment, Couple.chartAAsMove()), "--cosmichub.kernel=abacus");
    JobClient job = environment.executeAsync();
    assertThatThrownBy(() -> job.getJobExecutionResult().get())
        .hasStackTraceContaining("Unknown kernel 'abacus'");
    assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  @Timeout(120)
  void aJobThatRestartsWhereItsKernelIsLostGoesOnWithoutIt() throws Exception {
    StreamExecutionEnvironment environment = restartingForEver();
    LosableDevice.appear();
    try {
      define(
          environment,
          1,
          endless(environment, Couple.chartAAsMove()),
          "--cosmichub.kernel=" + LosableDevice.NAME);
      JobClient job = environment.executeAsync();
      assertThat(Couple.lines(pairs.next())).isEqualTo(Couple.expected(1));
      assertThat(new LosableDevice().probe().lost()).isTrue();
      job.cancel().get(60, TimeUnit.SECONDS);
    } finally {
      LosableDevice.vanish();
    }
  }

  private static StreamExecutionEnvironment restartingForEver() {
    return environment(
        new Configuration()
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO));
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    return StreamExecutionEnvironment.getExecutionEnvironment(
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb"));
  }

  private void define(
      StreamExecutionEnvironment environment,
      int parallelism,
      InputStreams inputs,
      String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--cosmichub.parallelism=" + parallelism);
    PipelineConfig config = PipelineConfig.load(arguments.toArray(new String[0]), Map.of(), null);
    environment.configure(config.flink());
    OutputStreams outputs = SynastryPipeline.define(inputs, config);
    outputs.pairs().sinkTo(pairs).uid("pairs");
    outputs.deadLetters().sinkTo(deadLetters).uid("dead-letters");
  }

  /** Each message once, then the end. */
  private static DataStream<InputRecord> once(
      StreamExecutionEnvironment environment, String uid, Message... messages) {
    List<InputRecord> records = new ArrayList<>();
    for (Message message : messages) {
      records.add(message.at(records.size()));
    }
    return environment.fromData(records, RecordTypes.INPUT_RECORD).uid(uid).setParallelism(1);
  }

  /** The couple's inputs without end; {@code moves} are those of chart A. */
  private static InputStreams endless(StreamExecutionEnvironment environment, Message... moves) {
    return new InputStreams(
        again(environment, "charts", Couple.chartB()),
        again(environment, "moves", moves),
        again(environment, "watches", Couple.watch()),
        again(environment, "opinions", RATING),
        again(environment, "said", FLAG));
  }

  /** Each message once, then the last one again and again, without end. */
  private static DataStream<InputRecord> again(
      StreamExecutionEnvironment environment, String uid, Message... messages) {
    DataGeneratorSource<InputRecord> source =
        new DataGeneratorSource<>(
            index -> messages[(int) Math.min(index, messages.length - 1)].at(index),
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(RECORDS_A_SECOND),
            RecordTypes.INPUT_RECORD);
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), uid)
        .uid(uid)
        .setParallelism(1);
  }
}
