package io.cosmichub.bench;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.TopicCatalog;
import io.cosmichub.pipeline.PipelineConfig;
import io.cosmichub.quickstart.LocalBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** A broker and a Flink in this process, and one job at a time on new topics. */
final class Session implements AutoCloseable {

  /** The client id of this benchmark's own producer. */
  static final String OWN = "benchmark-own";

  private static final long TO_THE_END = -1;

  private static final long BETWEEN_LOOKS = 20;

  /** Without anything happening. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Hours of them: a phase of a benchmark asks for all that began in it. */
  private static final String CHECKPOINTS_REMEMBERED = "4000";

  private final LocalBroker broker;
  private final MiniCluster cluster;
  private final Admin admin;
  private final Sender sender;
  private final JobMetrics metrics = JobMetrics.ofProcess();
  private int taskManagersGone;

  private Session(LocalBroker broker, MiniCluster cluster) {
    this.broker = broker;
    this.cluster = cluster;
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    sender = sender("");
  }

  /**
   * Starts both; {@code flinkConfiguration} is the folder of the cluster's own config.yaml. A job
   * that fails has failed.
   */
  static Session start(Path folder, Path flinkConfiguration) throws Exception {
    return start(folder, flinkConfiguration, Map.of("restart-strategy.type", "none"));
  }

  /** The same, with settings that win over the cluster's own. */
  static Session start(Path folder, Path flinkConfiguration, Map<String, String> settings)
      throws Exception {
    Configuration flink = GlobalConfiguration.loadConfiguration(flinkConfiguration.toString());
    flink.set(RestOptions.BIND_PORT, "0");
    flink.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    flink.setString("web.checkpoints.history", CHECKPOINTS_REMEMBERED);
    flink.setString("metrics.reporters", "benchmark");
    flink.setString("metrics.reporter.benchmark.factory.class", JobMetrics.Factory.class.getName());
    settings.forEach(flink::setString);
    LocalBroker broker = LocalBroker.start(folder.resolve("kafka"));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(flink)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
    cluster.start();
    Session session = new Session(broker, cluster);
    session.createTopics();
    return session;
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Starts the job that {@code definition} defines, on empty topics. */
  Job submit(PipelineConfig config, Definition definition) throws Exception {
    empty();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    definition.define(environment, config);
    JobID id = cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
    Job job = new Job(id);
    job.await(() -> job.running());
    return job;
  }

  /** The topics of the catalog, none compacted: what is compacted cannot be emptied. */
  private void createTopics() throws Exception {
    List<NewTopic> topics =
        TopicCatalog.load().stream()
            .map(entry -> new NewTopic(entry.topic(), entry.partitions(), (short) 1))
            .toList();
    admin.createTopics(topics).all().get();
  }

  /** Topics are emptied, not deleted: sources and producers take a while to notice a new topic. */
  private void empty() throws Exception {
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    for (TopicCatalog.Entry topic : TopicCatalog.load()) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        all.put(
            new TopicPartition(topic.topic(), partition), RecordsToDelete.beforeOffset(TO_THE_END));
      }
    }
    admin.deleteRecords(all).all().get();
  }

  /** Sends a record, and does not wait for it. */
  void send(OutputRecord record) {
    sender.send(record);
  }

  /** A producer beside that of {@link #send}, so that neither waits for what the other sends. */
  Sender sender(String name) {
    return new Sender(bootstrapServers(), OWN + name);
  }

  /**
   * Stops the task manager with all that runs on it, and starts another one, without waiting for
   * the end of the first, which the result is.
   */
  CompletableFuture<Void> replaceTaskManager() throws Exception {
    CompletableFuture<Void> gone = cluster.terminateTaskManager(taskManagersGone++);
    cluster.startTaskManager();
    return gone;
  }

  /** By operator, what a histogram of the job says of a quantile. */
  Map<String, Double> quantiles(String nameEnding, double quantile) {
    return metrics.quantiles(nameEnding, quantile);
  }

  void flush() {
    sender.flush();
  }

  @Override
  public void close() {
    sender.close();
    admin.close();
    cluster.closeAsync().join();
    broker.close();
  }

  /** Defines a job. */
  interface Definition {
    void define(StreamExecutionEnvironment environment, PipelineConfig config);
  }

  /** A condition to wait for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** A running job. */
  final class Job {

    private final JobID id;

    private Job(JobID id) {
      this.id = id;
    }

    /** The sum of a metric over its series, of all operators or of those named. */
    long metric(String nameEnding, String... operators) {
      return metrics.sum(nameEnding, operators);
    }

    /** Waits until a metric has come to {@code least}, as long as it grows. */
    void awaitMetric(String nameEnding, long least) throws Exception {
      long seen = metric(nameEnding);
      while (seen < least) {
        long before = seen;
        await(() -> metric(nameEnding) > before);
        seen = metric(nameEnding);
      }
    }

    /** Takes a checkpoint. */
    void checkpoint() throws Exception {
      long unused = checkpoint(CheckpointType.CONFIGURED);
    }

    /** Takes a checkpoint, and returns its id. */
    long checkpoint(CheckpointType type) throws Exception {
      return cluster.triggerCheckpoint(id, type).get();
    }

    /** All that are remembered. */
    Checkpoints checkpoints() throws Exception {
      return Checkpoints.of(cluster.getExecutionGraph(id).get(), System.currentTimeMillis());
    }

    /** The longest of the checkpoints that began after {@code since}, however they ended. */
    Duration longestCheckpoint(Instant since) throws Exception {
      return checkpoints().begun(since, Instant.now()).longest();
    }

    /**
     * By task, the longest that it stood still for one of the checkpoints that began after {@code
     * since}, in milliseconds; without those that never took longer than {@code least}.
     */
    Map<String, Long> standstills(Instant since, long least) throws Exception {
      var graph = cluster.getExecutionGraph(id).get();
      Map<String, Long> longest = new TreeMap<>();
      for (AbstractCheckpointStats each :
          graph.getCheckpointStatsSnapshot().getHistory().getCheckpoints()) {
        if (each.getTriggerTimestamp() < since.toEpochMilli()) {
          continue;
        }
        for (TaskStateStats task : each.getAllTaskStateStats()) {
          long sync = task.getSummaryStats().getSyncCheckpointDurationStats().getMaximum();
          if (sync > least) {
            var vertex = graph.getJobVertex(task.getJobVertexId());
            longest.merge(vertex == null ? "?" : vertex.getName(), sync, Math::max);
          }
        }
      }
      return longest;
    }

    void cancel() throws Exception {
      cluster.cancelJob(id).get();
      while (!cluster.getJobStatus(id).get().isGloballyTerminalState()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }

    private boolean running() throws Exception {
      for (var task : cluster.getExecutionGraph(id).get().getAllExecutionVertices()) {
        if (task.getExecutionState() != ExecutionState.RUNNING) {
          return false;
        }
      }
      return true;
    }

    /** Fails if the job has failed. */
    void check() throws Exception {
      if (cluster.getJobStatus(id).get() == JobStatus.FAILED) {
        throw new IllegalStateException("the job failed; see the log");
      }
    }

    /** Waits until a condition holds, for a while. */
    void await(Condition condition) throws Exception {
      await(PATIENCE, BETWEEN_LOOKS, condition);
    }

    /** Waits until a condition holds, for so long at most, with milliseconds between two looks. */
    void await(Duration patience, long between, Condition condition) throws Exception {
      long end = System.nanoTime() + patience.toNanos();
      while (!condition.holds()) {
        check();
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the job did not get there within " + patience);
        }
        TimeUnit.MILLISECONDS.sleep(between);
      }
    }
  }
}
