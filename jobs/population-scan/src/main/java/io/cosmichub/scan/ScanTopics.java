package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.ScanEncoder;
import io.cosmichub.contracts.Topics;
import io.cosmichub.quickstart.UsageException;
import io.cosmichub.topics.KafkaRecords;
import io.cosmichub.topics.TopicException;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a scan. Its results appear in one transaction: whoever reads what is committed sees
 * all of a scan or nothing.
 */
final class ScanTopics {

  /** A scan that begins ends the transaction of one that was killed. */
  private static final String TRANSACTIONAL_ID = "cosmichub-scan";

  private final Properties clients;
  private final ScanEncoder encoder;

  ScanTopics(Properties clients, Format format) {
    this.clients = clients;
    this.encoder = new ScanEncoder(format);
  }

  /** The properties of Kafka's clients, with those of a file if there is one. */
  static Properties clients(String bootstrap, @Nullable Path file) throws IOException {
    Properties properties = new Properties();
    if (file != null) {
      if (!Files.isReadable(file)) {
        throw new UsageException("there is no file " + file);
      }
      try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    }
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    return properties;
  }

  /** A {@link TopicException} if a topic that results go to is not there. */
  void check() {
    try (TopicReader reader = new TopicReader(clients)) {
      reader.require(List.of(Topics.POPULATION_SCANS, Topics.POPULATION_MATCHES));
    }
  }

  /**
   * Writes all results, and a tombstone for each chart that an earlier scan saw and this did not.
   */
  void publish(ScanCharts charts, BestMatches matches, ScanFigures figures, AspectPolicy policy)
      throws IOException {
    ScanMessages messages = new ScanMessages(PopulationEncoder.time(charts.at()), policy);
    Set<String> gone = new TreeSet<>(matched());
    gone.removeAll(new HashSet<>(charts.ids()));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer.initTransactions();
      producer.beginTransaction();
      matches.forEach(
          (chartId, partners) ->
              send(producer, encoder.matches(messages.matches(chartId, partners))));
      gone.forEach(chartId -> send(producer, encoder.gone(chartId, charts.at())));
      messages.figures(figures, figure -> send(producer, encoder.figure(figure)));
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw new IOException("the results cannot be written to topics: " + e.getMessage(), e);
    }
  }

  /** The charts that have matches on the topic. */
  private Set<String> matched() {
    Set<String> matched = new HashSet<>();
    try (TopicReader reader = new TopicReader(clients)) {
      reader.read(
          List.of(Topics.POPULATION_MATCHES),
          record -> {
            String chartId =
                new String(Objects.requireNonNull(record.key()), StandardCharsets.UTF_8);
            if (record.value() == null) {
              matched.remove(chartId);
            } else {
              matched.add(chartId);
            }
          });
    }
    return matched;
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Properties properties = new Properties();
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "50");
    properties.putAll(clients);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, OutputRecord record) {
    // A send that fails fails the commit.
    var unused = producer.send(KafkaRecords.output(record));
  }
}
