package io.cosmichub.pipeline;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import java.time.Clock;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Binds the inputs of the pipeline to their Kafka topics. */
public final class KafkaSources {

  private static final String DISCOVERY_INTERVAL_MS = "60000";
  private static final String READ_COMMITTED = "read_committed";

  private final StreamExecutionEnvironment environment;
  private final PipelineConfig config;

  private KafkaSources(StreamExecutionEnvironment environment, PipelineConfig config) {
    this.environment = environment;
    this.config = config;
  }

  /**
   * One source for each input topic: read committed, new partitions found while it runs, event time
   * and watermarks by partition.
   */
  public static InputStreams open(StreamExecutionEnvironment environment, PipelineConfig config) {
    KafkaSources sources = new KafkaSources(environment, config);
    return new InputStreams(
        sources.stream(Topics.CHART_UPDATES, OperatorIds.READ_CHART_UPDATES),
        sources.stream(Topics.CHART_MOVES, OperatorIds.READ_CHART_MOVES),
        sources.stream(Topics.PAIR_WATCHES, OperatorIds.READ_PAIR_WATCHES),
        sources.stream(Topics.PAIR_FEEDBACK, OperatorIds.READ_FEEDBACK),
        sources.stream(Topics.CONTROL, OperatorIds.READ_CONTROL));
  }

  private DataStream<InputRecord> stream(String topic, OperatorId id) {
    return id.on(
        environment.fromSource(source(topic, id, config.kafka()), watermarks(config), id.name()));
  }

  private static KafkaSource<InputRecord> source(String topic, OperatorId id, KafkaOptions kafka) {
    return KafkaSource.<InputRecord>builder()
        .setProperties(properties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setGroupId(kafka.groupId())
        .setClientIdPrefix(kafka.groupId() + "-" + id.uid())
        .setTopics(topic)
        .setStartingOffsets(offsets(topic, kafka.start()))
        .setDeserializer(new RawRecords())
        .build();
  }

  private static WatermarkStrategy<InputRecord> watermarks(PipelineConfig config) {
    EventTimeOptions time = config.eventTime();
    return WatermarkStrategy.<InputRecord>forBoundedOutOfOrderness(time.outOfOrderness())
        .withTimestampAssigner(new BoundedEventTime(time.maxAhead().toMillis(), Clock.systemUTC()))
        .withIdleness(time.idleness());
  }

  static Properties properties(KafkaOptions kafka) {
    Properties properties = new Properties();
    properties.setProperty(
        KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_INTERVAL_MS);
    properties.setProperty(ConsumerConfig.RECEIVE_BUFFER_CONFIG, KafkaOptions.SIZED_BY_SYSTEM);
    properties.putAll(kafka.properties().values());
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, READ_COMMITTED);
    return properties;
  }

  private static OffsetsInitializer offsets(String topic, StartOffsets start) {
    OffsetsInitializer earliest = OffsetsInitializer.earliest();
    if (topic.equals(Topics.CONTROL)) {
      return earliest; // what is served holds for ever, whenever it was said
    }
    return switch (start) {
      case EARLIEST -> earliest;
      case COMMITTED -> OffsetsInitializer.committedOffsets(earliest.getAutoOffsetResetStrategy());
      case LATEST -> OffsetsInitializer.latest();
    };
  }
}
