package io.cosmichub.pipeline;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Properties that are handed to Kafka's clients as they are; what may be secret in them is never
 * shown.
 */
public record KafkaProperties(Map<String, String> values) {

  /**
   * What the job sets by itself, because its guarantees rest on it, and which key to use instead,
   * if any.
   */
  private static final Map<String, String> OWNED =
      Map.ofEntries(
          Map.entry("bootstrap.servers", KafkaOptions.BOOTSTRAP_SERVERS.key()),
          Map.entry("group.id", KafkaOptions.GROUP_ID.key()),
          Map.entry("client.id", KafkaOptions.GROUP_ID.key()),
          Map.entry("client.id.prefix", KafkaOptions.GROUP_ID.key()),
          Map.entry("auto.offset.reset", KafkaOptions.START.key()),
          Map.entry("transactional.id", KafkaOptions.TRANSACTIONAL_ID_PREFIX.key()),
          Map.entry("transaction.timeout.ms", KafkaOptions.TRANSACTION_TIMEOUT.key()),
          Map.entry("isolation.level", ""),
          Map.entry("enable.auto.commit", ""),
          Map.entry("enable.idempotence", ""),
          Map.entry("acks", ""),
          Map.entry("key.serializer", ""),
          Map.entry("value.serializer", ""),
          Map.entry("key.deserializer", ""),
          Map.entry("value.deserializer", ""));

  private static final Set<String> SECRET_WORDS =
      Set.of("password", "secret", "jaas", "token", "credential", "ssl.keystore.key");

  /** Refuses, by a {@link ConfigException}, what the job sets by itself. */
  public KafkaProperties {
    for (String name : values.keySet()) {
      String instead = OWNED.get(name);
      if (instead != null) {
        throw new ConfigException(
            PipelineOptions.KAFKA_PROPERTIES
                + name
                + " is set by the job"
                + (instead.isEmpty() ? "" : "; use " + instead));
      }
    }
    values = Map.copyOf(values);
  }

  /** A copy for a client, to which the caller may add. */
  Properties toProperties() {
    Properties properties = new Properties();
    properties.putAll(values);
    return properties;
  }

  /** The value of {@code name} as it may be printed. */
  static String shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains) ? Secret.MASK : value;
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>();
    values.forEach((name, value) -> shown.put(name, shown(name, value)));
    return shown.toString();
  }
}
