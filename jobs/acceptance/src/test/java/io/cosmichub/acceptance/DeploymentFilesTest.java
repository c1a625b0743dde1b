package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.pipeline.PipelineConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.executiongraph.failover.RestartBackoffTimeStrategyFactoryLoader;
import org.apache.flink.state.rocksdb.RocksDBNativeMetricOptions;
import org.junit.jupiter.api.Test;

/**
 * The files under {@code deploy} agree with one another, and those who read them understand them.
 */
final class DeploymentFilesTest {

  private final Configuration flink =
      GlobalConfiguration.loadConfiguration(Checkout.file("deploy/flink").toString());

  @Test
  void aTaskManagersJvmIsSizedAsFlinkIsTold() throws IOException {
    TaskExecutorProcessSpec sizes = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    List<String> options = jvmOptions("deploy/flink/taskmanager.options");

    assertThat(size(options, "-Xmx")).isEqualTo(sizes.getJvmHeapMemorySize());
    assertThat(size(options, "-Xms")).isEqualTo(sizes.getJvmHeapMemorySize());
    assertThat(size(options, "-XX:MaxDirectMemorySize=")).isEqualTo(sizes.getJvmDirectMemorySize());
    assertThat(size(options, "-XX:MaxMetaspaceSize=")).isEqualTo(sizes.getJvmMetaspaceSize());
  }

  @Test
  void aTaskManagerFitsIntoItsContainer() throws IOException {
    MemorySize needed =
        TaskExecutorProcessUtils.processSpecFromConfig(flink).getTotalProcessMemorySize();
    String taskManager =
        Files.readString(Checkout.file("docker-compose.yml")).split("\n  taskmanager:\n", 2)[1];
    String limit = taskManager.split("mem_limit: ", 2)[1].lines().findFirst().orElseThrow();

    assertThat(needed).isLessThanOrEqualTo(MemorySize.parse(limit));
  }

  @Test
  void stateIsKeptInRocksDbByIncrementalExactlyOnceCheckpoints() {
    assertThat(flink.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
    assertThat(flink.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
  }

  @Test
  void rocksDbCountsNoTickers() {
    RocksDBNativeMetricOptions metrics = RocksDBNativeMetricOptions.fromConfig(flink);

    assertThat(metrics.isEnabled()).as("property gauges").isTrue();
    assertThat(metrics.isStatisticsEnabled()).as("ticker metrics").isFalse();
  }

  @Test
  void aFailedJobIsRestartedLaterEachTime() {
    assertThat(
            RestartBackoffTimeStrategyFactoryLoader.createRestartBackoffTimeStrategyFactory(
                    new Configuration(), flink, true)
                .create()
                .toString())
        .contains("ExponentialDelay");
  }

  @Test
  void flinkListensOnLoopbackOnly() {
    assertThat(
            List.of(
                flink.get(RestOptions.BIND_ADDRESS),
                flink.get(JobManagerOptions.BIND_HOST),
                flink.get(TaskManagerOptions.BIND_HOST)))
        .containsOnly("127.0.0.1");
  }

  @Test
  void theJobUnderstandsItsSettingsAndTheBrokerAllowsItsTransactions() throws IOException {
    PipelineConfig config =
        PipelineConfig.load(new String[0], Map.of(), Checkout.file("deploy/cosmichub.properties"));
    Properties broker = new Properties();
    try (Reader reader = Files.newBufferedReader(Checkout.file("deploy/kafka/server.properties"))) {
      broker.load(reader);
    }

    Duration allowed =
        Duration.ofMillis(Long.parseLong(broker.getProperty("transaction.max.timeout.ms")));
    assertThat(config.kafka().transactionTimeout()).isLessThanOrEqualTo(allowed);
    assertThat(config.kafka().transactionTimeoutMax()).isEqualTo(allowed);
  }

  private static List<String> jvmOptions(String path) throws IOException {
    Path file = Checkout.file(path);
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static MemorySize size(List<String> options, String name) {
    return options.stream()
        .filter(option -> option.startsWith(name))
        .map(option -> MemorySize.parse(option.substring(name.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " among " + options));
  }
}
