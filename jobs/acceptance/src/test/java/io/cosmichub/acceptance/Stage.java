package io.cosmichub.acceptance;

import io.cosmichub.contracts.Format;
import io.cosmichub.pipeline.CreateTopics;
import io.cosmichub.pipeline.KafkaJob;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.quickstart.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink for the tests of a class, and for each of them a broker of its own with the topics of the
 * contract, in a temporary folder.
 */
final class Stage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private @Nullable Path directory;
  private @Nullable Cluster cluster;
  private @Nullable LocalBroker broker;
  private int brokers;
  private int jobs;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("cosmichub-acceptance-");
    cluster = Cluster.start(directory().resolve("flink"));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    closeBroker();
    brokers++;
    LocalBroker started = LocalBroker.start(directory().resolve("broker-" + brokers));
    broker = started;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", started.bootstrapServers()))) {
      CreateTopics.createMissing(admin);
    }
  }

  Inputs inputs(Format format) {
    return new Inputs(bootstrapServers(), format);
  }

  /** A read-committed reader of the outputs. */
  Outputs outputs() {
    return new Outputs(bootstrapServers(), Outputs.SYNASTRY);
  }

  /** A read-committed reader of the outputs and of the dead letters. */
  Outputs outputsAndDeadLetters() {
    List<String> topics = new ArrayList<>(Outputs.SYNASTRY);
    topics.add(Outputs.EXPOSURES);
    Inputs.TOPICS.forEach(topic -> topics.add(topic + ".dlq"));
    return new Outputs(bootstrapServers(), topics);
  }

  Cluster.Job submit(Format format) {
    return submit(format, null);
  }

  /**
   * Submits the job as its main class builds it; without a savepoint it is another job, from the
   * beginning of the topics. {@code more} are arguments of the command line.
   */
  Cluster.Job submit(Format format, @Nullable String savepoint, String... more) {
    if (savepoint == null) {
      jobs++;
    }
    List<String> arguments = new ArrayList<>(List.of("--cosmichub.parallelism=2"));
    arguments.addAll(List.of(more));
    arguments.add("--cosmichub.kafka.bootstrap-servers=" + bootstrapServers());
    arguments.add("--cosmichub.kafka.group-id=acceptance-" + jobs);
    arguments.add("--cosmichub.kafka.transactional-id-prefix=acceptance-" + jobs);
    arguments.add("--cosmichub.output.format=" + format.name().toLowerCase(Locale.ROOT));
    arguments.add("--cosmichub.checkpoint.interval=1s");
    PipelineConfig config = PipelineConfig.load(arguments.toArray(new String[0]), Map.of(), null);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(cluster().configuration());
    KafkaJob.define(environment, config);
    return cluster().submit(environment.getStreamGraph(), savepoint);
  }

  Metrics metrics() {
    return cluster().metrics();
  }

  Accounting accounting() {
    return Accounting.of(metrics());
  }

  /** Returns when so many control records are known in every one of two subtasks. */
  void awaitServed(long records) {
    Await.until("what is served is known", LIMIT, () -> accounting().applied() >= records);
    Await.until(
        "every subtask is told",
        LIMIT,
        () ->
            metrics().ending("_cosmichub_serving_changes").stream()
                    .mapToDouble(Metrics.Sample::value)
                    .sum()
                >= 2 * records);
  }

  String bootstrapServers() {
    return Objects.requireNonNull(broker).bootstrapServers();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    closeBroker();
    FileUtils.deleteDirectory(directory().toFile());
  }

  /** A temporary folder of the class. */
  Path directory() {
    return Objects.requireNonNull(directory);
  }

  private Cluster cluster() {
    return Objects.requireNonNull(cluster);
  }

  private void closeBroker() {
    if (broker != null) {
      broker.close();
      broker = null;
    }
  }
}
