package io.cosmichub.quickstart;

import io.cosmichub.streaming.ingest.Accounting;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/**
 * Flink's job manager and one task manager in this process, with the web page and the Prometheus
 * endpoint, configured by the same {@code config.yaml} as a cluster.
 */
final class LocalFlink implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;
  private static final int RESTARTS = 3;

  private final MiniCluster cluster;

  private LocalFlink(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The configuration of a cluster at these ports that keeps everything in the data directory, and
   * in which a job that failed four times has failed for good.
   */
  static Configuration configuration(
      Checkout checkout, DataDirectory data, int webPort, int metricsPort, int figuresPort) {
    Configuration configuration =
        GlobalConfiguration.loadConfiguration(checkout.flinkConfiguration().toString());
    configuration.set(RestOptions.PORT, webPort);
    configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    configuration.setString("metrics.reporter.prom.port", Integer.toString(metricsPort));
    // A short page of the pipeline's own counters beside the long one that operators read.
    configuration.setString(
        "metrics.reporter.figures.factory.class", PrometheusReporterFactory.class.getName());
    configuration.setString("metrics.reporter.figures.port", Integer.toString(figuresPort));
    configuration.setString(
        "metrics.reporter.figures.filter.includes", "*." + Accounting.GROUP + "*");
    configuration.set(CoreOptions.TMP_DIRS, data.scratch().toString());
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY, data.checkpoints().toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY, data.savepoints().toUri().toString());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    return configuration;
  }

  /** Starts the cluster; returns once it takes jobs. */
  static LocalFlink start(Configuration configuration) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .build());
    cluster.start();
    return new LocalFlink(cluster);
  }

  /** Submits a job, with the state of a snapshot if one is given. */
  Job submit(StreamGraph graph, @Nullable Path snapshot) throws Exception {
    if (snapshot != null) {
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(snapshot.toUri().toString()));
    }
    JobID id = get(cluster.submitJob(graph.getJobGraph())).getJobID();
    return new Job(id, cluster.requestJobResult(id));
  }

  /** Ends the cluster with all that runs on it. */
  @Override
  public void close() {
    cluster.closeAsync().join();
  }

  /** A job on this cluster. */
  final class Job {

    private final JobID id;
    private final CompletableFuture<JobResult> result;

    private Job(JobID id, CompletableFuture<JobResult> result) {
      this.id = id;
      this.result = result;
    }

    /** Whether every task of the job is at work. */
    boolean running() throws Exception {
      if (get(cluster.getJobStatus(id)) != JobStatus.RUNNING) {
        return false;
      }
      for (AccessExecutionVertex task :
          get(cluster.getExecutionGraph(id)).getAllExecutionVertices()) {
        ExecutionState state = task.getExecutionState();
        if (state != ExecutionState.RUNNING && state != ExecutionState.FINISHED) {
          return false;
        }
      }
      return true;
    }

    /** Why the job ended for good, or null while it has not. */
    @Nullable Throwable failure() throws Exception {
      if (!result.isDone()) {
        return null;
      }
      JobResult ended = get(result);
      return ended
          .getSerializedThrowable()
          .map(LocalFlink::root)
          .orElseGet(() -> new IllegalStateException("the job ended by itself"));
    }

    /** Waits for the end of a job over bounded inputs. */
    void awaitEnd() throws Exception {
      JobResult ended = result.get();
      if (!ended.isSuccess()) {
        throw new IllegalStateException("the job failed", failure());
      }
    }

    /** Ends the job and keeps its state. */
    void stopWithSavepoint(Path folder) throws Exception {
      get(
          cluster.stopWithSavepoint(
              id, folder.toUri().toString(), false, SavepointFormatType.NATIVE));
      get(result);
    }

    /** Ends the job. */
    void cancel() throws Exception {
      get(cluster.cancelJob(id));
      get(result);
    }
  }

  private static Throwable root(SerializedThrowable thrown) {
    Throwable cause = thrown.deserializeError(LocalFlink.class.getClassLoader());
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (TimeoutException e) {
      throw new TimeoutException("Flink did not answer within " + PATIENCE_SECONDS + " s");
    }
  }
}
