package io.cosmichub.scan;

import java.nio.file.Path;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job: the numbers of the blocks, shared out over subtasks, which keep what they find. */
final class ScanJob {

  private static final String LOOPBACK = "127.0.0.1";

  private ScanJob() {}

  /** Adds the job to an environment. */
  static void define(
      StreamExecutionEnvironment environment,
      Path folder,
      ScanPlan plan,
      String kernel,
      ScanKernels kernels) {
    environment
        .fromSequence(0, plan.blocks() - 1L)
        .uid("blocks")
        .name("Blocks")
        .map(new RankBlocks(folder, plan, kernel, kernels))
        .returns(Types.LONG)
        .uid("rank-blocks")
        .name("Rank blocks")
        .sinkTo(new DiscardingSink<>())
        .uid("done")
        .name("Done");
  }

  /** What Flink needs to run it in this process. */
  static Configuration configuration(Path scratch) {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(RestOptions.ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_ADDRESS, LOOPBACK);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(CoreOptions.TMP_DIRS, scratch.toString());
    return configuration;
  }
}
