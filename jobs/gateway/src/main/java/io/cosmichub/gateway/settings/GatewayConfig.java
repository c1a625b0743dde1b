package io.cosmichub.gateway.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway is told, checked as a whole.
 *
 * @param origins the exact origins that may connect; empty: those of the own address
 * @param pipelineMetrics the URL of the job's Prometheus page, or null
 * @param flinkPage the URL of Flink's web page, or null
 */
public record GatewayConfig(
    String host,
    int port,
    Kafka kafka,
    Access access,
    Tokens tokens,
    List<String> origins,
    @Nullable Tls tls,
    Limits limits,
    @Nullable String pipelineMetrics,
    @Nullable String flinkPage) {

  private static final int SHORTEST_SECRET_BYTES = 32;

  /** Who may connect. */
  public enum Access {
    TOKEN,
    OPEN
  }

  /** Brokers, and what else Kafka's clients are handed. */
  public record Kafka(String bootstrapServers, Duration catchUp, Map<String, String> properties) {}

  /** How tokens are judged; exactly one of the first three is there if tokens are asked for. */
  public record Tokens(
      @Nullable Secret sharedSecret,
      @Nullable String publicKey,
      @Nullable String jwks,
      @Nullable String issuer,
      @Nullable String audience) {

    private int keys() {
      return (sharedSecret == null ? 0 : 1) + (publicKey == null ? 0 : 1) + (jwks == null ? 0 : 1);
    }
  }

  /** Certificate and key. */
  public record Tls(String keystore, Secret password) {}

  /** What one client, and all of them, may take up. */
  public record Limits(
      int messagesPerSecond,
      int requestsPerSecond,
      int subscriptions,
      int perUser,
      int perAddress,
      int connections,
      int pairs,
      long bytes,
      Duration slowAfter,
      Duration heartbeat) {}

  /** Reads the settings; {@link ConfigException} for what does not go together. */
  public static GatewayConfig of(Settings settings) {
    String keystore = settings.orNull(GatewayOptions.KEYSTORE);
    Secret password = settings.orNull(GatewayOptions.KEYSTORE_PASSWORD);
    List<String> origins = settings.orNull(GatewayOptions.ORIGINS);
    GatewayConfig config =
        new GatewayConfig(
            settings.get(GatewayOptions.HOST),
            settings.get(GatewayOptions.PORT),
            new Kafka(
                settings.get(GatewayOptions.BOOTSTRAP_SERVERS),
                settings.get(GatewayOptions.CATCH_UP),
                settings.kafkaProperties()),
            settings.get(GatewayOptions.ACCESS),
            new Tokens(
                settings.orNull(GatewayOptions.SHARED_SECRET),
                settings.orNull(GatewayOptions.PUBLIC_KEY),
                settings.orNull(GatewayOptions.JWKS),
                settings.orNull(GatewayOptions.ISSUER),
                settings.orNull(GatewayOptions.AUDIENCE)),
            origins == null ? List.of() : origins,
            keystore == null
                ? null
                : new Tls(keystore, password == null ? new Secret("") : password),
            limits(settings),
            settings.orNull(GatewayOptions.PIPELINE_METRICS),
            settings.orNull(GatewayOptions.FLINK_PAGE));
    config.check();
    return config;
  }

  /** Whether only this machine can reach the address. */
  public boolean loopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new ConfigException(
          GatewayOptions.HOST.key() + " is '" + host + "', which is no address");
    }
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.get(GatewayOptions.MESSAGES_PER_SECOND),
        settings.get(GatewayOptions.REQUESTS_PER_SECOND),
        settings.get(GatewayOptions.SUBSCRIPTIONS),
        settings.get(GatewayOptions.PER_USER),
        settings.get(GatewayOptions.PER_ADDRESS),
        settings.get(GatewayOptions.CONNECTIONS),
        settings.get(GatewayOptions.PAIRS),
        (long) settings.get(GatewayOptions.MEBIBYTES) << 20,
        settings.get(GatewayOptions.SLOW_AFTER),
        settings.get(GatewayOptions.HEARTBEAT));
  }

  private void check() {
    if (access == Access.OPEN && !loopback()) {
      throw new ConfigException(
          GatewayOptions.ACCESS.key()
              + " is open and "
              + GatewayOptions.HOST.key()
              + " is "
              + host
              + ": without tokens the gateway listens on a loopback address only");
    }
    if (access == Access.TOKEN && tokens.keys() != 1) {
      throw new ConfigException(
          "Tokens need one key: set "
              + GatewayOptions.SHARED_SECRET.key()
              + ", "
              + GatewayOptions.PUBLIC_KEY.key()
              + " or "
              + GatewayOptions.JWKS.key()
              + ", and only one of them; or set "
              + GatewayOptions.ACCESS.key()
              + "=open on a loopback address");
    }
    Secret secret = tokens.sharedSecret();
    if (secret != null
        && secret.value().getBytes(StandardCharsets.UTF_8).length < SHORTEST_SECRET_BYTES) {
      throw new ConfigException(
          GatewayOptions.SHARED_SECRET.key()
              + " has fewer than "
              + SHORTEST_SECRET_BYTES
              + " bytes");
    }
  }
}
