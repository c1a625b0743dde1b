package io.cosmichub.pipeline;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the pipeline on Kafka, in the Flink that started this class. */
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** See {@code --help}. */
  public static void main(String[] args) throws Exception {
    EntryPoint.run("Keeps the aspects of every watched pair up to date.", args, Main::execute);
  }

  private static void execute(PipelineConfig config) throws Exception {
    if (config.charts().hasPublicErasureKey()) {
      LOG.warn(
          "{} is not set: what remains of an erased chart can be traced by anyone. Fine for a"
              + " trial, not for real people.",
          ChartOptions.ERASURE_KEY.key());
    }
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    KafkaJob.define(environment, config);
    environment.execute(config.job().name());
  }
}
