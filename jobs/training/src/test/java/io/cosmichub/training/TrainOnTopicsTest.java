package io.cosmichub.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.quickstart.LocalBroker;
import io.cosmichub.topics.KafkaRecords;
import io.cosmichub.topics.TopicReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainOnTopicsTest {
  private static final int PAIRS = 60;

  @TempDir private Path folder = Path.of("");
  private final StringWriter err = new StringWriter();

  @Test
  void topicsAreReadToWhereTheyEndedAndTrainedOn() throws Exception {
    try (LocalBroker broker = LocalBroker.start(folder.resolve("broker"))) {
      assertThat(train(broker.bootstrapServers())).isEqualTo(2);
      createTopics(broker);
      try (KafkaProducer<byte[], byte[]> producer = producer(broker, Map.of("linger.ms", "0"))) {
        for (OutputRecord record : records()) {
          send(producer, record);
        }
        abort(broker, TopicRecords.feedback("p0", "rating", 1, 300));

        List<InputRecord> read = new ArrayList<>();
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        try (TopicReader reader = new TopicReader(client)) {
          reader.read(
              TopicData.TOPICS,
              record -> {
                if (read.isEmpty()) {
                  // After the reading began: for the next one.
                  for (int i = 0; i < PAIRS; i++) {
                    send(producer, TopicRecords.feedback("p" + i, "rating", 0.5, 400));
                  }
                }
                read.add(record);
              });
        }
        assertThat(read).hasSize(4 * PAIRS);
        assertThat(read)
            .filteredOn(record -> record.topic().equals(Topics.PAIR_FEEDBACK))
            .hasSize(PAIRS);
      }

      assertThat(train(broker.bootstrapServers())).isEqualTo(3);
      assertThat(folder.resolve("model/card.md"))
          .content()
          .contains("Feedback of kind rating: 120 records", "0 pieces of feedback were left out");
    }
    assertThat(err.toString()).contains("there is no topic " + Topics.CHART_UPDATES);
  }

  @Test
  void aBrokerThatIsNotThereIsSaidAndNamed() throws IOException {
    Path settings =
        Files.writeString(folder.resolve("client.properties"), "default.api.timeout.ms=200\n");

    assertThat(train("127.0.0.1:1", "--kafka", settings.toString())).isEqualTo(2);
    assertThat(train("127.0.0.1:1", "--kafka", "nowhere.properties")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "the topics at 127.0.0.1:1 cannot be read", "there is no file nowhere.properties");
  }

  private static List<OutputRecord> records() {
    List<OutputRecord> records = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      records.add(TopicRecords.chart("a" + i, 1, 100, i, 2 * i));
      records.add(TopicRecords.chart("b" + i, 1, 100, 3 * i, 5 * i));
      records.add(TopicRecords.watch("p" + i, "a" + i, "b" + i));
      records.add(TopicRecords.feedback("p" + i, "rating", i % 10 / 10.0, 200));
    }
    return records;
  }

  private int train(String bootstrap, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--data", "topics", "--trainers", "linear", "--bootstrap"));
    arguments.addAll(List.of(bootstrap, "--out", folder.resolve("model").toString()));
    arguments.addAll(List.of(more));
    return Train.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private static void createTopics(LocalBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      List<NewTopic> topics =
          TopicData.TOPICS.stream().map(topic -> new NewTopic(topic, 2, (short) 1)).toList();
      admin.createTopics(topics).all().get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(
      LocalBroker broker, Map<String, String> more) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.putAll(more);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void abort(LocalBroker broker, OutputRecord record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        producer(broker, Map.of("transactional.id", "aborted"))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(KafkaRecords.output(record)).get();
      producer.abortTransaction();
    }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, OutputRecord record) {
    try {
      producer.send(KafkaRecords.output(record)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
