package io.cosmichub.pipeline;

import java.time.Duration;
import java.util.List;

/** How Kafka is reached, and the terms of its transactions. */
public record KafkaOptions(
    String bootstrapServers,
    String groupId,
    StartOffsets start,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Duration transactionTimeoutMax,
    KafkaProperties properties) {

  /**
   * For the buffers of connections: Kafka's own sizes are too small for the loopback, which drops
   * what overflows them and sends it again 200 ms later.
   */
  static final String SIZED_BY_SYSTEM = "-1";

  static final Option<String> BOOTSTRAP_SERVERS =
      Option.of(
          "cosmichub.kafka.bootstrap-servers",
          ValueType.TEXT,
          "localhost:9092",
          "Brokers to begin with, as `host:port`, separated by commas.");

  static final Option<String> GROUP_ID =
      Option.of(
          "cosmichub.kafka.group-id",
          ValueType.TEXT,
          "cosmichub-synastry",
          "Consumer group under which progress is reported, and the beginning of every client id.");

  static final Option<StartOffsets> START =
      Option.of(
          "cosmichub.kafka.start",
          ValueType.choice(StartOffsets.class),
          "earliest",
          "Where to begin without a checkpoint or savepoint. State is rebuilt only from "
              + "`earliest`.");

  static final Option<String> TRANSACTIONAL_ID_PREFIX =
      Option.of(
          "cosmichub.kafka.transactional-id-prefix",
          ValueType.TEXT,
          "cosmichub-synastry",
          "Beginning of every transactional id. Two jobs on one Kafka cluster must not share it.");

  static final Option<Duration> TRANSACTION_TIMEOUT =
      Option.of(
          "cosmichub.kafka.transaction-timeout",
          ValueType.DURATION_TYPE,
          "15min",
          "How long an outage may last before the broker gives up what is not committed yet. "
              + "At least twice the checkpoint interval, and not above what the brokers allow.");

  static final Option<Duration> TRANSACTION_TIMEOUT_MAX =
      Option.of(
          "cosmichub.kafka.transaction-timeout-max",
          ValueType.DURATION_TYPE,
          "15min",
          "What the brokers allow: their `transaction.max.timeout.ms`.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL =
      List.of(
          BOOTSTRAP_SERVERS,
          GROUP_ID,
          START,
          TRANSACTIONAL_ID_PREFIX,
          TRANSACTION_TIMEOUT,
          TRANSACTION_TIMEOUT_MAX);

  /** Checks that the brokers would accept the transaction timeout. */
  public KafkaOptions {
    TRANSACTION_TIMEOUT.require(
        transactionTimeout.compareTo(transactionTimeoutMax) <= 0,
        transactionTimeout,
        "at most " + TRANSACTION_TIMEOUT_MAX.key() + ", " + transactionTimeoutMax);
  }

  static KafkaOptions of(Settings settings) {
    return new KafkaOptions(
        settings.get(BOOTSTRAP_SERVERS),
        settings.get(GROUP_ID),
        settings.get(START),
        settings.get(TRANSACTIONAL_ID_PREFIX),
        settings.get(TRANSACTION_TIMEOUT),
        settings.get(TRANSACTION_TIMEOUT_MAX),
        settings.kafkaProperties());
  }
}
