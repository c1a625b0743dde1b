package io.cosmichub.pipeline;

import static io.cosmichub.pipeline.OperatorIds.ENCODE_DEAD_LETTERS;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_EXPOSURES;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_FIGURES;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_LATE_CHANGES;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_MATCHES;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_OUTPUTS;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_PATTERNS;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_PAUSES;
import static io.cosmichub.pipeline.OperatorIds.ENCODE_RESULTS;
import static io.cosmichub.pipeline.OperatorIds.WRITE_COMMITTED;
import static io.cosmichub.pipeline.OperatorIds.WRITE_DEAD_LETTERS;
import static io.cosmichub.pipeline.OperatorIds.WRITE_EXPOSURES;
import static io.cosmichub.pipeline.OperatorIds.WRITE_LIVE;
import static io.cosmichub.pipeline.OperatorIds.WRITE_POPULATION;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.streaming.matches.MatchList;
import io.cosmichub.streaming.record.RecordTypes;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Binds the outputs of the pipeline to their Kafka topics. */
public final class KafkaSinks {

  private static final String ALL_REPLICAS = "all";
  private static final String BATCH_BYTES = "131072";
  private static final String COMPRESSION = "lz4";
  private static final String COMMITTED_LINGER_MS = "100";
  private static final long LIVE_LINGER_MS = 2;
  private static final String OF_EXPOSURES = "-exposures";
  private static final String OF_DEAD_LETTERS = "-dead-letters";
  private static final String OF_POPULATION = "-population";

  private KafkaSinks() {}

  /**
   * Writes deltas, full sets and scores through one exactly-once sink, so that one transaction per
   * subtask and checkpoint holds them all; live records at once, at least once; what experiments
   * lead to (exposures, results, pauses), what is published of the population (figures, patterns,
   * best matches), and dead letters exactly once through a sink each.
   */
  public static void bind(OutputStreams outputs, PipelineConfig config) {
    var committed =
        ENCODE_OUTPUTS.on(
            outputs.pairs().process(new EncodeOutputs(config.output()), RecordTypes.OUTPUT_RECORD));
    write(committed, committed.getSideOutput(EncodeOutputs.LIVE), config);
    var exposures =
        ENCODE_EXPOSURES.on(
            outputs.exposures().map(Encode.exposures(config.output()), RecordTypes.OUTPUT_RECORD));
    var results =
        ENCODE_RESULTS.on(
            outputs.results().map(Encode.results(config.output()), RecordTypes.OUTPUT_RECORD));
    var pauses =
        ENCODE_PAUSES.on(outputs.pauses().map(new EncodePauses(), RecordTypes.OUTPUT_RECORD));
    WRITE_EXPOSURES.on(
        exposures.union(results, pauses).sinkTo(committedSink(config.kafka(), OF_EXPOSURES)));
    var deadLetters =
        ENCODE_DEAD_LETTERS.on(
            outputs.deadLetters().map(new EncodeDeadLetters(), RecordTypes.OUTPUT_RECORD));
    WRITE_DEAD_LETTERS.on(deadLetters.sinkTo(committedSink(config.kafka(), OF_DEAD_LETTERS)));
    PopulationStreams population = outputs.population();
    if (population != null) {
      bind(population, config);
    }
  }

  private static void bind(PopulationStreams population, PipelineConfig config) {
    var figures =
        ENCODE_FIGURES.on(
            population.figures().map(Encode.figures(config.output()), RecordTypes.OUTPUT_RECORD));
    var late =
        ENCODE_LATE_CHANGES.on(
            population.late().map(Encode.late(config.output()), RecordTypes.OUTPUT_RECORD));
    DataStream<OutputRecord> published = figures.union(late);
    DataStream<PublishedPattern> patterns = population.patterns();
    if (patterns != null) {
      published =
          published.union(
              ENCODE_PATTERNS.on(
                  patterns.map(Encode.patterns(config.output()), RecordTypes.OUTPUT_RECORD)));
    }
    DataStream<MatchList> matches = population.matches();
    if (matches != null) {
      published =
          published.union(
              ENCODE_MATCHES.on(
                  matches.map(Encode.matches(config.output()), RecordTypes.OUTPUT_RECORD)));
    }
    WRITE_POPULATION.on(published.sinkTo(committedSink(config.kafka(), OF_POPULATION)));
  }

  /** Writes encoded records of pairs through the two sinks of {@link #bind}. */
  public static void write(
      DataStream<OutputRecord> committed, DataStream<OutputRecord> live, PipelineConfig config) {
    WRITE_COMMITTED.on(committed.sinkTo(committedSink(config.kafka(), "")));
    WRITE_LIVE.on(live.sinkTo(liveSink(config)));
  }

  private static KafkaSink<OutputRecord> committedSink(KafkaOptions kafka, String transactionsOf) {
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(committedProperties(kafka))
        .setBootstrapServers(kafka.bootstrapServers())
        .setRecordSerializer(new EncodedRecords())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionalIdPrefix() + transactionsOf)
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .build();
  }

  private static KafkaSink<OutputRecord> liveSink(PipelineConfig config) {
    return KafkaSink.<OutputRecord>builder()
        .setKafkaProducerConfig(
            liveProperties(config.kafka(), config.job().bufferTimeout(), config.output()))
        .setBootstrapServers(config.kafka().bootstrapServers())
        .setRecordSerializer(new EncodedRecords())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .build();
  }

  /**
   * For throughput: nobody sees a record before its checkpoint, so a batch may wait for company.
   */
  static Properties committedProperties(KafkaOptions kafka) {
    Properties properties = properties(COMMITTED_LINGER_MS, COMPRESSION, kafka);
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(kafka.transactionTimeout().toMillis()));
    return properties;
  }

  /**
   * For latency: a batch waits no longer than the broker takes for one, or than the job's buffers
   * may. It holds a few records then, and compressing a few kilobytes of Protobuf costs more than
   * it saves; JSON repeats its names.
   */
  static Properties liveProperties(KafkaOptions kafka, Duration bufferTimeout, Format format) {
    long linger = Math.max(LIVE_LINGER_MS, bufferTimeout.toMillis());
    String compression = format == Format.PROTOBUF ? "none" : COMPRESSION;
    return properties(Long.toString(linger), compression, kafka);
  }

  /** A record of the live topic has some ten kilobytes of JSON: Kafka's own batches hold one. */
  private static Properties properties(String lingerMs, String compression, KafkaOptions kafka) {
    Properties properties = new Properties();
    properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
    properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression);
    properties.setProperty(ProducerConfig.SEND_BUFFER_CONFIG, KafkaOptions.SIZED_BY_SYSTEM);
    properties.setProperty(ProducerConfig.RECEIVE_BUFFER_CONFIG, KafkaOptions.SIZED_BY_SYSTEM);
    properties.putAll(kafka.properties().values());
    properties.setProperty(ProducerConfig.ACKS_CONFIG, ALL_REPLICAS);
    return properties;
  }
}
