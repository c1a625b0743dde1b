package io.cosmichub.pipeline;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline between Kafka and Kafka. */
public final class KafkaJob {

  private KafkaJob() {}

  /** Configures {@code environment} and defines the whole job in it; the caller executes. */
  public static void define(StreamExecutionEnvironment environment, PipelineConfig config) {
    environment.configure(config.flink());
    InputStreams inputs = KafkaSources.open(environment, config);
    KafkaSinks.bind(SynastryPipeline.define(inputs, config), config);
  }
}
