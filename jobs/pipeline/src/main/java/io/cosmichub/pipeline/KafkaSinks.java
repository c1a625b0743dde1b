package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.ENCODE_COMMITTED;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_LIVE;
import static io.cosmichub.pipeline.OperatorIds.WRITE_COMMITTED;
import static io.cosmichub.pipeline.OperatorIds.WRITE_LIVE;

import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.streaming.record.RecordTypes;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Binds the outputs of the pipeline to their Kafka topics. */
public final class KafkaSinks {

  private static final String ALL_REPLICAS = "all";
  private static final String BATCH_BYTES = "131072";
  private static final String COMPRESSION = "lz4";
  private static final String COMMITTED_LINGER_MS = "20";
  private static final String LIVE_LINGER_MS = "0";

  private KafkaSinks() {}

  /**
   * Writes deltas, full sets, scores and dead letters through one exactly-once sink, so that one
   * transaction per subtask and checkpoint holds them all; and live records at once, at least once.
   */
  public static void bind(OutputStreams outputs, PipelineConfig config) {
    var committed =
        ENCODE_COMMITTED.on(
            outputs
                .pairs()
                .connect(outputs.deadLetters())
                .flatMap(new EncodeCommitted(config.output()), RecordTypes.OUTPUT_RECORD));
    WRITE_COMMITTED.on(committed.sinkTo(committedSink(config.kafka())));

    var live =
        ENCODE_LIVE.on(
            outputs.pairs().map(new EncodeLive(config.output()), RecordTypes.OUTPUT_RECORD));
    WRITE_LIVE.on(live.sinkTo(liveSink(config.kafka())));
  }

  private static KafkaSink<OutputRecord> committedSink(PipelineConfig.Kafka kafka) {
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(committedProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setRecordSerializer(new EncodedRecords())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionalIdPrefix())
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .build();
  }

  private static KafkaSink<OutputRecord> liveSink(PipelineConfig.Kafka kafka) {
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(liveProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setRecordSerializer(new EncodedRecords())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /** For throughput: a batch waits a little for company. */
  static Properties committedProperties(PipelineConfig.Kafka kafka) {
    Properties properties = properties(COMMITTED_LINGER_MS, kafka);
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(kafka.transactionTimeout().toMillis()));
    return properties;
  }

  /** For latency: nothing waits, so a batch is what came while the one before it was sent. */
  static Properties liveProperties(PipelineConfig.Kafka kafka) {
    return properties(LIVE_LINGER_MS, kafka);
  }

  /** A record of the live topic has some ten kilobytes of JSON: Kafka's own batches hold one. */
  private static Properties properties(String lingerMs, PipelineConfig.Kafka kafka) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
    properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, COMPRESSION);
    properties.putAll(kafka.properties().values());
    properties.setProperty(ProducerConfig.ACKS_CONFIG, ALL_REPLICAS);
    return properties;
  }
}
