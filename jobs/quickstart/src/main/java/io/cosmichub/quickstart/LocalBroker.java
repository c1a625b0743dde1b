package io.cosmichub.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and its KRaft controller as one node of this process, reachable from this machine
 * only. Its log lives in one directory: a broker started there again holds the same topics and
 * records.
 */
public final class LocalBroker implements AutoCloseable {

  /** The address that the broker binds and advertises. */
  public static final String HOST = "127.0.0.1";

  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";

  private final KafkaRaftServer server;
  private final int port;

  private LocalBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a broker on a free port; see {@link #start(Path, int, Map)}. */
  public static LocalBroker start(Path directory) throws IOException {
    return start(directory, Ports.free(), Map.of());
  }

  /**
   * Formats the directory if it is new and starts the broker; returns once it serves clients. The
   * overrides are broker properties that win over the ones chosen here.
   *
   * @throws IOException if the directory cannot be written or formatted
   */
  public static LocalBroker start(Path directory, int port, Map<String, String> overrides)
      throws IOException {
    Path log = Files.createDirectories(directory).toAbsolutePath();
    if (!Files.exists(log.resolve("meta.properties"))) {
      format(log);
    }
    Map<String, String> properties = new HashMap<>(defaults(log, port, Ports.free()));
    properties.putAll(overrides);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException | Error e) {
      server.shutdown();
      throw e;
    }
    return new LocalBroker(server, port);
  }

  /** The address for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** Stops the broker in an orderly way; its directory stays as it is. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path log) throws IOException {
    Formatter formatter =
        new Formatter()
            .setNodeId(NODE_ID)
            .setClusterId(Uuid.randomUuid().toString())
            .setDirectories(List.of(log.toString()))
            .setMetadataLogDirectory(Optional.of(log.toString()))
            .setControllerListenerName(CONTROLLER)
            .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    try {
      formatter.run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + log + " for the broker: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> defaults(Path log, int port, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", Integer.toString(NODE_ID)),
        Map.entry("log.dirs", log.toString()),
        Map.entry(
            "listeners",
            "PLAINTEXT://"
                + HOST
                + ":"
                + port
                + ","
                + CONTROLLER
                + "://"
                + HOST
                + ":"
                + controllerPort),
        Map.entry("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("inter.broker.listener.name", "PLAINTEXT"),
        Map.entry("controller.listener.names", CONTROLLER),
        Map.entry("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort),
        // One node: nothing can be replicated, and a handful of internal partitions is plenty.
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "4"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "4"),
        Map.entry("share.coordinator.state.topic.replication.factor", "1"),
        Map.entry("share.coordinator.state.topic.min.isr", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("auto.create.topics.enable", "false"),
        // Small enough for a laptop, which has other use for its processors: few threads, log
        // cleaner memory, segments that compaction can reach, and no haste to compact them.
        // The system sizes the buffers of connections: Kafka's own are too small for the loopback,
        // which drops what overflows them and sends it again a fifth of a second later.
        Map.entry("socket.receive.buffer.bytes", "-1"),
        Map.entry("socket.send.buffer.bytes", "-1"),
        Map.entry("num.io.threads", "2"),
        Map.entry("num.network.threads", "1"),
        Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20)),
        Map.entry("log.cleaner.io.max.bytes.per.second", Integer.toString(4 << 20)),
        Map.entry("log.segment.bytes", Integer.toString(64 << 20)));
  }
}
