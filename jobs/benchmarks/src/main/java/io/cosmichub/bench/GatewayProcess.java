package io.cosmichub.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/** A gateway as a process of its own, open, on a free loopback port. */
final class GatewayProcess implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long LOOK_MILLIS = 50;
  private static final String FIGURE = "cosmichub_gateway_";

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private GatewayProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it from the folder of its module and waits until it is ready. */
  static GatewayProcess start(Path module, String bootstrapServers, String slowAfter, Path output)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path target = module.resolve("target");
    String limit = "--cosmichub.gateway.limits.";
    List<String> command =
        List.of(
            tool("java"),
            "-Xmx512m",
            "-cp",
            target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("classpath")).strip(),
            "io.cosmichub.gateway.Main",
            "--cosmichub.gateway.access=open",
            "--cosmichub.gateway.port=" + port,
            "--cosmichub.gateway.slow-after=" + slowAfter,
            "--cosmichub.gateway.kafka.bootstrap-servers=" + bootstrapServers,
            limit + "connections-per-address=1000000",
            limit + "connections=1000000");
    GatewayProcess started =
        new GatewayProcess(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start(),
            port);
    try {
      started.awaitReady();
    } catch (IllegalStateException e) {
      started.close();
      throw new IllegalStateException(Files.readString(output), e);
    }
    return started;
  }

  int port() {
    return port;
  }

  URI page() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  URI live() {
    return URI.create("ws://127.0.0.1:" + port + "/live");
  }

  /** Bytes of all objects that are reachable; the gateway stands still meanwhile. */
  long heap() throws IOException, InterruptedException {
    Process look =
        new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String last = "";
    try (InputStream in = look.getInputStream()) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      last = lines.get(lines.size() - 1);
    }
    look.waitFor();
    String[] words = last.split("\\s+", -1);
    if (!words[0].equals("Total")) {
      throw new IllegalStateException("jcmd says: " + last);
    }
    return Long.parseLong(words[2]);
  }

  /** Waits until one of the gateway's own figures is as it should. */
  void await(String figure, LongPredicate condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.test(figure(figure))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(figure + " is " + figure(figure));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  long figure(String name) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(FIGURE + name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  private void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (get("/health/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException("the gateway is not ready");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
