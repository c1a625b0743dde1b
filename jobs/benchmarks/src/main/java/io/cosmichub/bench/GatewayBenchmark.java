package io.cosmichub.bench;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.contracts.TopicCatalog;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.quickstart.LocalBroker;
import io.cosmichub.score.RuleScore;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code ./run bench gateway}: from a live record's send to a client's callback, with very many
 * clients; then the same with one that stops reading. Broker, gateway and clients share the
 * machine.
 */
@Command(
    name = "./run bench gateway",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "From a live record to the callbacks of very many clients.")
public final class GatewayBenchmark implements Callable<Integer> {

  private static final double MICROS_PER_MILLI = 1_000;
  private static final int SETS = 64;

  @Option(names = "--gateway", required = true, hidden = true)
  private Path gateway = Path.of("jobs", "gateway");

  @Option(names = "--clients", description = "Clients (${DEFAULT-VALUE}).")
  private int clients = 2_000;

  @Option(names = "--subscriptions", description = "Pairs that each follows (${DEFAULT-VALUE}).")
  private int subscriptions = 20;

  @Option(
      names = "--followers",
      description = "Clients that follow the same pair (${DEFAULT-VALUE}).")
  private int followers = 1;

  @Option(names = "--rate", description = "Live records a second (${DEFAULT-VALUE}).")
  private int rate = 1_000;

  @Option(names = "--seconds", description = "How long each run measures (${DEFAULT-VALUE}).")
  private int seconds = 20;

  private final PrintStream out = System.out;
  private final Random random = new Random(5);
  private final AspectSet[] sets = new AspectSet[SETS];
  private final PairUpdateEncoder encoder =
      new PairUpdateEncoder(Format.JSON, AspectPolicy.classic(), "rules/classic@1");

  private GatewayBenchmark() {}

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GatewayBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    for (int i = 0; i < SETS; i++) {
      sets[i] = set();
    }
    Path directory = Files.createTempDirectory("cosmichub-bench-gateway");
    int port = freePort();
    try (LocalBroker broker = LocalBroker.start(directory)) {
      createTopics(broker.bootstrapServers());
      Process process = startGateway(broker.bootstrapServers(), port);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", "0"),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        URI address = URI.create("ws://127.0.0.1:" + port + "/live");
        awaitReady(port);
        measure(process, producer, address);
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void measure(Process process, KafkaProducer<byte[], byte[]> producer, URI address)
      throws Exception {
    int pairs = Math.max(1, clients * subscriptions / followers);
    AtomicLongArray sentAt = new AtomicLongArray(pairs);
    long[] sequences = new long[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      send(producer, sentAt, sequences, pair);
    }
    producer.flush();
    GatewayClients all = new GatewayClients(address, sentAt);
    long began = System.nanoTime();
    all.connect(clients, subscriptions, pairs);
    out.printf(
        Locale.ROOT,
        "%,d clients with %d of %,d pairs each are connected after %.1f s; the gateway holds %,d MiB%n",
        clients,
        subscriptions,
        pairs,
        (System.nanoTime() - began) / 1e9,
        residentMebibytes(process));
    run("warming up", all, producer, sentAt, sequences);
    Histogram before = run("all read", all, producer, sentAt, sequences);
    long held = residentMebibytes(process);
    try (StalledClient stalled =
        StalledClient.open(address.getHost(), address.getPort(), subscriptions)) {
      Histogram after = run("one does not", all, producer, sentAt, sequences);
      out.printf(
          Locale.ROOT,
          "p99 with one that does not read: %.1f ms, %+.1f %%; resident %+,d MiB; it was closed: %s%n",
          millis(after, 99),
          100 * (millis(after, 99) / millis(before, 99) - 1),
          residentMebibytes(process) - held,
          stalled.closed());
    }
    all.close();
  }

  private Histogram run(
      String name,
      GatewayClients all,
      KafkaProducer<byte[], byte[]> producer,
      AtomicLongArray sentAt,
      long[] sequences)
      throws InterruptedException {
    all.take();
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    long begin = System.nanoTime();
    long records = (long) rate * seconds;
    for (long i = 0; i < records; i++) {
      long due = begin + i * step;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      // Those that the one who does not read follows are among them.
      send(producer, sentAt, sequences, (int) ((i * 7) % sequences.length));
    }
    double took = (System.nanoTime() - begin) / 1e9;
    producer.flush();
    Thread.sleep(500);
    Histogram latencies = all.take();
    out.printf(
        Locale.ROOT,
        "%-14s %,.0f records/s, %,d messages: p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms%n",
        name,
        records / took,
        latencies.getTotalCount(),
        millis(latencies, 50),
        millis(latencies, 99),
        millis(latencies, 99.9),
        latencies.getMaxValue() / MICROS_PER_MILLI);
    return latencies;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, AtomicLongArray sentAt, long[] sequences, int pair) {
    long sequence = ++sequences[pair];
    AspectSet before = sequence == 1 ? AspectSet.EMPTY : sets[(int) ((pair + sequence - 1) % SETS)];
    AspectSet next = sets[(int) ((pair + sequence) % SETS)];
    PairUpdate update =
        new PairUpdate(
            "p" + pair,
            "a" + pair,
            "b" + pair,
            sequence,
            1,
            "classic",
            sequence,
            0,
            false,
            AspectDelta.between(before, next),
            next,
            RuleScore.of(next, AspectPolicy.classic()),
            0);
    OutputRecord record = encoder.encodeLive(update);
    sentAt.set(pair, System.nanoTime());
    Future<?> unused =
        producer.send(new ProducerRecord<>(record.topic(), record.key(), record.value()));
  }

  private AspectSet set() {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        int hit = AspectPolicy.classic().match(random.nextInt(180_000_001));
        if (hit != 0) {
          set.put(row, col, hit);
        }
      }
    }
    return set.build();
  }

  private Process startGateway(String bootstrapServers, int port) throws IOException {
    Path target = gateway.resolve("target");
    String limits = "--cosmichub.gateway.limits.";
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip(),
                "io.cosmichub.gateway.Main",
                "--cosmichub.gateway.access=open",
                "--cosmichub.gateway.port=" + port,
                "--cosmichub.gateway.kafka.bootstrap-servers=" + bootstrapServers,
                limits + "connections-per-address=1000000",
                limits + "connections=1000000"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void awaitReady(int port) throws InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
    while (true) {
      try {
        if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(100);
    }
  }

  private static void createTopics(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              TopicCatalog.load().stream()
                  .map(entry -> new NewTopic(entry.topic(), entry.partitions(), (short) 1))
                  .toList())
          .all()
          .get();
    }
  }

  /** What the process holds in memory, as Linux says it; 0 elsewhere. */
  private static long residentMebibytes(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
        .findFirst()
        .orElse(0);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
