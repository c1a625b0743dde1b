package io.cosmichub.acceptance;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * Flink in this process: two slots, RocksDB and a Prometheus endpoint as the deployment configures
 * them, checkpoints in a folder of the test.
 */
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MiniCluster cluster;
  private final int metricsPort;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  private Cluster(MiniCluster cluster, int metricsPort, Path directory) {
    this.cluster = cluster;
    this.metricsPort = metricsPort;
    this.directory = directory;
  }

  static Cluster start(Path directory) throws Exception {
    int metricsPort = freePort();
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(Checkout.file("deploy/flink").toString());
    configuration.setString("metrics.reporter.prom.port", Integer.toString(metricsPort));
    configuration.setString("io.tmp.dirs", directory.resolve("tmp").toString());
    configuration.setString(
        "execution.checkpointing.dir", directory.resolve("checkpoints").toUri().toString());
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .withRandomPorts()
                .build());
    cluster.start();
    return new Cluster(cluster, metricsPort, directory);
  }

  /** What the deployment tells Flink, with the places of this test. */
  Configuration configuration() {
    return new Configuration(cluster.getConfiguration());
  }

  /** Submits a job, from a savepoint if one is given, and waits until all of it runs. */
  Job submit(StreamGraph graph, @Nullable String savepoint) {
    if (savepoint != null) {
      graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
    }
    Job job = new Job(get(cluster.submitJob(graph.getJobGraph())).getJobID());
    job.awaitRunning();
    return job;
  }

  /** What Prometheus would see now. */
  Metrics metrics() {
    return Metrics.scrape(client, List.of(metricsPort));
  }

  static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    get(cluster.closeAsync());
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A job on this cluster; closing it cancels it. */
  final class Job implements AutoCloseable {

    private final JobID id;

    private Job(JobID id) {
      this.id = id;
    }

    JobStatus status() {
      return get(cluster.getJobStatus(id));
    }

    /** How often it restarted, by Flink's own count. */
    int restarts() {
      return metrics().samples().stream()
          .filter(sample -> sample.name().equals("flink_jobmanager_job_numRestarts"))
          .filter(sample -> sample.label("job_id").equals(id.toHexString()))
          .mapToInt(sample -> (int) sample.value())
          .reduce((one, two) -> two)
          .orElseThrow(() -> new AssertionError("Flink does not report the restarts of " + id));
    }

    /** Ends the job with a savepoint in canonical format; its path. */
    CompletableFuture<String> stopWithSavepoint() {
      return cluster.stopWithSavepoint(
          id,
          directory.resolve("savepoints").toUri().toString(),
          false,
          SavepointFormatType.CANONICAL);
    }

    @Override
    public void close() {
      if (!status().isGloballyTerminalState()) {
        get(cluster.cancelJob(id));
        Await.until("the end of the job", PATIENCE, () -> status().isGloballyTerminalState());
      }
    }

    private void awaitRunning() {
      Await.until(
          "every task of the job running",
          PATIENCE,
          () -> {
            if (status().isGloballyTerminalState()) {
              throw new AssertionError("the job ended: " + get(cluster.requestJobResult(id)));
            }
            return status() == JobStatus.RUNNING && tasksRunning();
          });
    }

    private boolean tasksRunning() {
      for (var vertex : get(cluster.getExecutionGraph(id)).getAllExecutionVertices()) {
        if (vertex.getExecutionState() != ExecutionState.RUNNING) {
          return false;
        }
      }
      return true;
    }
  }
}
