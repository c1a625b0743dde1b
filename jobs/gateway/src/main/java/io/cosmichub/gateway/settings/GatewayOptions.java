package io.cosmichub.gateway.settings;

import java.time.Duration;
import java.util.List;

/** Every key that the gateway knows, in the order in which the reference lists them. */
public final class GatewayOptions {

  /** What every key begins with. */
  static final String PREFIX = "cosmichub.gateway.";

  /** Keys that begin with this are handed to Kafka's clients without it. */
  static final String KAFKA_PROPERTIES = PREFIX + "kafka.properties.";

  static final Option<String> HOST =
      Option.text(
          PREFIX + "host", "127.0.0.1", "Address to listen on; `0.0.0.0` is every interface.");
  static final Option<Integer> PORT =
      Option.number(PREFIX + "port", 0, 65_535, "8088", "Port to listen on; 0 takes a free one.");
  static final Option<String> BOOTSTRAP_SERVERS =
      Option.text(
          PREFIX + "kafka.bootstrap-servers",
          "localhost:9092",
          "Brokers to begin with, as `host:port`, separated by commas.");
  static final Option<Duration> CATCH_UP =
      Option.duration(
          PREFIX + "kafka.catch-up",
          "60s",
          "How far back the live topic is read at the start; above the job's checkpoint interval.");

  static final Option<GatewayConfig.Access> ACCESS =
      Option.choice(
          PREFIX + "access",
          GatewayConfig.Access.class,
          "token",
          "`token`: a bearer token decides. `open`: everyone may do everything; only where the"
              + " address is a loopback one.");
  static final Option<Secret> SHARED_SECRET =
      Option.secret(
          PREFIX + "token.shared-secret", "Key of HS256 tokens; 32 bytes in UTF-8 at least.");
  static final Option<String> PUBLIC_KEY =
      Option.text(
          PREFIX + "token.public-key", "", "PEM file with the RSA public key of RS256 tokens.");
  static final Option<String> JWKS =
      Option.text(
          PREFIX + "token.jwks", "", "URL or file of a JWK set with the RSA keys of RS256 tokens.");
  static final Option<String> ISSUER =
      Option.text(PREFIX + "token.issuer", "", "What `iss` of a token must be; unset: anything.");
  static final Option<String> AUDIENCE =
      Option.text(
          PREFIX + "token.audience", "", "What `aud` of a token must hold; unset: anything.");
  static final Option<List<String>> ORIGINS =
      Option.list(
          PREFIX + "origins",
          "",
          "Origins of pages that may connect, exactly, such as `https://app.example.org`. Unset:"
              + " those of the gateway's own address.");

  static final Option<String> KEYSTORE =
      Option.text(
          PREFIX + "tls.keystore", "", "PKCS#12 file with certificate and key; unset: no TLS.");
  static final Option<Secret> KEYSTORE_PASSWORD =
      Option.secret(PREFIX + "tls.keystore-password", "Its password.");

  static final Option<Integer> MESSAGES_PER_SECOND =
      Option.number(
          PREFIX + "limits.messages-per-second",
          1,
          1_000,
          "20",
          "Messages that a client may send in a second; one more closes with 1008.");
  static final Option<Integer> REQUESTS_PER_SECOND =
      Option.number(
          PREFIX + "limits.requests-per-second",
          1,
          1_000_000,
          "50",
          "Requests that one user, or one address without a token, may make in a second to `/api` and"
              + " `/metrics`; one more is answered with 429.");
  static final Option<Integer> SUBSCRIPTIONS =
      Option.number(
          PREFIX + "limits.subscriptions",
          1,
          100_000,
          "256",
          "Pairs that a client may follow at once, those of its charts included; as many charts"
              + " and as many other views.");
  static final Option<Integer> PER_USER =
      Option.number(
          PREFIX + "limits.connections-per-user", 1, 1_000_000, "20", "Connections of one user.");
  static final Option<Integer> PER_ADDRESS =
      Option.number(
          PREFIX + "limits.connections-per-address",
          1,
          1_000_000,
          "100",
          "Connections from one network address.");
  static final Option<Integer> CONNECTIONS =
      Option.number(
          PREFIX + "limits.connections", 1, 1_000_000, "10000", "Connections of all together.");
  static final Option<Integer> PAIRS =
      Option.number(
          PREFIX + "limits.pairs",
          1,
          100_000_000,
          "200000",
          "Pairs whose two charts are known, for subscriptions by chart.");
  static final Option<Integer> MEBIBYTES =
      Option.number(
          PREFIX + "limits.mebibytes",
          1,
          1_000_000,
          "64",
          "Memory for the latest records of pairs that nobody follows just now; as much for charts,"
              + " and for each of the two topics of best matches.");
  static final Option<Duration> SLOW_AFTER =
      Option.duration(
          PREFIX + "slow-after",
          "10s",
          "How long one message may take to leave; then the client is closed with 4408.");
  static final Option<Duration> HEARTBEAT =
      Option.duration(PREFIX + "heartbeat", "5s", "Time between heartbeats.");

  static final Option<String> PIPELINE_METRICS =
      Option.url(
          PREFIX + "pipeline.metrics",
          "URL of the job's Prometheus page, for the view of the pipeline; unset: no such view.");
  static final Option<String> FLINK_PAGE =
      Option.url(PREFIX + "pipeline.flink-page", "URL of Flink's web page, to link to.");

  private GatewayOptions() {}

  static List<Option<?>> all() {
    return List.of(
        HOST,
        PORT,
        BOOTSTRAP_SERVERS,
        CATCH_UP,
        ACCESS,
        SHARED_SECRET,
        PUBLIC_KEY,
        JWKS,
        ISSUER,
        AUDIENCE,
        ORIGINS,
        KEYSTORE,
        KEYSTORE_PASSWORD,
        MESSAGES_PER_SECOND,
        REQUESTS_PER_SECOND,
        SUBSCRIPTIONS,
        PER_USER,
        PER_ADDRESS,
        CONNECTIONS,
        PAIRS,
        MEBIBYTES,
        SLOW_AFTER,
        HEARTBEAT,
        PIPELINE_METRICS,
        FLINK_PAGE);
  }
}
