package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Format;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the clients are told, and what nobody can tell them otherwise. */
final class KafkaClientsTest {

  private static KafkaOptions kafka(String... args) {
    return PipelineConfig.load(args, Map.of(), null).kafka();
  }

  @Test
  void sourcesReadWhatIsCommittedAndFindNewPartitions() {
    Properties properties = KafkaSources.properties(kafka());

    assertThat(properties)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("partition.discovery.interval.ms", "60000");
  }

  @Test
  void committedRecordsStayWithinTheTransactionTimeout() {
    Properties properties =
        KafkaSinks.committedProperties(kafka("--cosmichub.kafka.transaction-timeout=5min"));

    assertThat(properties)
        .containsEntry("transaction.timeout.ms", "300000")
        .containsEntry("acks", "all");
  }

  @Test
  void liveRecordsWaitForLittleButTheirReplicas() {
    assertThat(KafkaSinks.liveProperties(kafka(), Duration.ZERO, Format.PROTOBUF))
        .containsEntry("linger.ms", "2")
        .containsEntry("acks", "all")
        .doesNotContainKey("transaction.timeout.ms");
    assertThat(KafkaSinks.liveProperties(kafka(), Duration.ofMillis(20), Format.PROTOBUF))
        .containsEntry("linger.ms", "20");
  }

  @Test
  void whatShrinksIsCompressed() {
    String compression = "compression.type";
    assertThat(KafkaSinks.liveProperties(kafka(), Duration.ZERO, Format.JSON))
        .containsEntry(compression, "lz4");
    assertThat(KafkaSinks.liveProperties(kafka(), Duration.ZERO, Format.PROTOBUF))
        .containsEntry(compression, "none");
    assertThat(KafkaSinks.committedProperties(kafka())).containsEntry(compression, "lz4");
  }

  @Test
  void propertiesOfTheOperatorReachEveryClient() {
    KafkaOptions kafka =
        kafka(
            "--cosmichub.kafka.properties.security.protocol=SASL_SSL",
            "--cosmichub.kafka.properties.compression.type=zstd",
            "--cosmichub.kafka.properties.partition.discovery.interval.ms=5000");

    assertThat(KafkaSources.properties(kafka))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("partition.discovery.interval.ms", "5000");
    assertThat(KafkaSinks.committedProperties(kafka))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("compression.type", "zstd");
    assertThat(KafkaSinks.liveProperties(kafka, Duration.ZERO, Format.PROTOBUF))
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("compression.type", "zstd");
  }
}
