package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.jspecify.annotations.Nullable;

/**
 * The checked configuration of the job, one part for each group of operators, which says what each
 * of its values means. Values that do not go together are a {@link ConfigException}.
 */
public record PipelineConfig(
    JobOptions job,
    KafkaOptions kafka,
    EventTimeOptions eventTime,
    ChartOptions charts,
    ModelOptions models,
    HotStateOptions hotState,
    AspectOptions aspects,
    PolicyOptions policies,
    PopulationOptions population,
    MatchOptions matches,
    Format output) {

  /** Checks what concerns more than one part. */
  public PipelineConfig {
    KafkaOptions.TRANSACTION_TIMEOUT.require(
        kafka.transactionTimeout().compareTo(job.checkpointInterval().multipliedBy(2)) >= 0,
        kafka.transactionTimeout(),
        "at least twice " + JobOptions.CHECKPOINT_INTERVAL.key() + ", " + job.checkpointInterval());
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
        JobOptions.of(settings),
        KafkaOptions.of(settings),
        EventTimeOptions.of(settings),
        ChartOptions.of(settings),
        ModelOptions.of(settings),
        HotStateOptions.of(settings),
        AspectOptions.of(settings),
        PolicyOptions.of(settings),
        PopulationOptions.of(settings),
        MatchOptions.of(settings),
        settings.get(PipelineOptions.OUTPUT_FORMAT));
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
