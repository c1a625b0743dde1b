package io.cosmichub.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cosmichub.chart.Body;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The whole demo as {@code ./run demo} starts it, and kcat beside it. */
final class DemoStage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final int kafka = freePort();
  private final int page = freePort();
  private final int flink = freePort();
  private final Process demo;

  private DemoStage(Path directory) throws IOException {
    this.directory = directory;
    this.demo = launch();
  }

  /** Starts it, and waits until broker and page answer. */
  static DemoStage start(Path directory) throws IOException {
    DemoStage stage = new DemoStage(directory);
    try {
      Stage.until(() -> stage.demo.isAlive() && answers(stage.kafka) && answers(stage.page));
    } catch (AssertionError e) {
      stage.demo.destroy();
      throw new AssertionError(stage.said(), e);
    }
    return stage;
  }

  /** Of the page, with no slash behind it. */
  String address() {
    return "http://127.0.0.1:" + page;
  }

  /** Of Flink's own page. */
  String flink() {
    return "http://127.0.0.1:" + flink;
  }

  /** What it has written to its console. */
  String said() throws IOException {
    return Files.readString(directory.resolve("demo.txt"));
  }

  void kcat(String topic, String key, String value) throws Exception {
    Path line = Files.writeString(directory.resolve("line"), key + "|" + value + "\n");
    String broker = "127.0.0.1:" + kafka;
    Process kcat =
        new ProcessBuilder(
                "kcat", "-P", "-b", broker, "-t", topic, "-K", "|", "-l", line.toString())
            .inheritIO()
            .start();
    assertThat(kcat.waitFor()).isZero();
  }

  /** A full chart of bodies at these micro-degrees. */
  static String chart(String id, long revision, int[] longitudes) {
    ObjectNode chart = JSON.createObjectNode();
    chart.put("chartId", id).put("revision", Long.toString(revision));
    ObjectNode positions = chart.putObject("positions");
    for (int slot = 0; slot < longitudes.length; slot++) {
      positions.putObject(Body.ofSlot(slot).id()).put("longitude", longitudes[slot] / 1e6);
    }
    return chart.toString();
  }

  /** Ends the process with the page that the demo started, as {@code kill -9} does. */
  void killGateway() {
    ProcessHandle gateway =
        demo.descendants()
            .filter(process -> commandLine(process).contains("io.cosmichub.gateway.Main"))
            .findFirst()
            .orElseThrow();
    assertThat(gateway.destroyForcibly()).isTrue();
    gateway.onExit().join();
  }

  /** As the system has it; Java's own view of it leaves out what is long. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  private Process launch() throws IOException {
    Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
    Path target = root.resolve("jobs/quickstart/target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("deploy/jvm.options"));
    command.add("@" + root.resolve("deploy/demo.options"));
    command.add("-cp");
    command.add(
        target.resolve("classes")
            + File.pathSeparator
            + Files.readString(target.resolve("classpath")).strip());
    command.add("io.cosmichub.quickstart.Demo");
    command.add("--data-dir=" + directory.resolve("data"));
    command.add("--kafka-port=" + kafka);
    command.add("--flink-port=" + flink);
    command.add("--metrics-port=" + freePort());
    command.add("--page-port=" + page);
    return new ProcessBuilder(command)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("demo.txt").toFile())
        .start();
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** As Ctrl-C does; it ends what it started. */
  @Override
  public void close() throws InterruptedException {
    demo.destroy();
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }
}
