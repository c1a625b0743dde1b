package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalBrokerTest {

  private static final String TOPIC = "notes";
  private static final Duration POLL = Duration.ofMillis(100);

  @TempDir Path directory;

  @Test
  void whatWasCommittedIsThereAgainAfterARestartAndWhatWasAbortedIsNot() throws Exception {
    try (LocalBroker broker = LocalBroker.start(directory)) {
      createTopic(broker);
      sendInTransaction(broker, "kept", true);
      sendInTransaction(broker, "aborted", false);
      assertThat(readCommitted(broker, 1)).containsExactly("kept");
    }
    try (LocalBroker broker = LocalBroker.start(directory)) {
      sendInTransaction(broker, "added", true);
      assertThat(readCommitted(broker, 2)).containsExactly("kept", "added");
    }
  }

  @Test
  void itListensOnLoopbackOnlyAndLeavesItsPortBehindFree() throws Exception {
    int port = Ports.free();
    try (LocalBroker broker = LocalBroker.start(directory, port, Map.of())) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        assertThat(admin.describeCluster().nodes().get())
            .singleElement()
            .satisfies(node -> assertThat(node.host()).isEqualTo("127.0.0.1"));
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      assertThat(socket.isBound()).isTrue();
    }
  }

  private static void createTopic(LocalBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void sendInTransaction(LocalBroker broker, String value, boolean commit)
      throws Exception {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  private static List<String> readCommitted(LocalBroker broker, int atLeast) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      List<String> values = new ArrayList<>();
      while (values.size() < atLeast || consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }
}
