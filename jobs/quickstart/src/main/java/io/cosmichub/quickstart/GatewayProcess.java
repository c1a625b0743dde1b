package io.cosmichub.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway with the page, as a process of its own: what it costs and what befalls it stays
 * there. Where it ends by itself the console says so, and it is started again, a few times.
 */
final class GatewayProcess implements Worker {

  /** What ends again and again has a reason that starting it does not mend. */
  private static final int MOST_AGAIN = 5;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long PATIENCE_SECONDS = 5;

  // Configuration.
  private final List<String> command;
  private final Path output;
  private final Console console;
  private final StopSignals signals;
  private final Duration pause;

  // Runtime.
  private Process process;
  private boolean closed;

  /** Starts the command; its output goes to the file. */
  GatewayProcess(
      List<String> command, Path output, Console console, StopSignals signals, Duration pause)
      throws IOException {
    this.command = command;
    this.output = output;
    this.console = console;
    this.signals = signals;
    this.pause = pause;
    this.process = launch(command, output);
  }

  /**
   * Starts it open on loopback; its output goes to the file.
   *
   * @param classPath its classes and what they need
   */
  static GatewayProcess start(
      String classPath,
      String bootstrapServers,
      Demo.Addresses addresses,
      Path output,
      Console console,
      StopSignals signals)
      throws IOException {
    String host = "http://" + LocalBroker.HOST + ":";
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms384m", // room for what is new: a third of it stays
                "-Xmx384m",
                "-XX:+UseG1GC",
                "-XX:MaxGCPauseMillis=20",
                "-XX:TieredStopAtLevel=1", // it shares the processors with the pipeline's compilers
                "-Dcosmichub.gateway.ends-with-parent=true",
                "-cp",
                classPath,
                "io.cosmichub.gateway.Main"));
    command.add("--cosmichub.gateway.access=open");
    command.add("--cosmichub.gateway.host=" + LocalBroker.HOST);
    command.add("--cosmichub.gateway.port=" + addresses.page().port());
    command.add("--cosmichub.gateway.kafka.bootstrap-servers=" + bootstrapServers);
    command.add("--cosmichub.gateway.pipeline.metrics=" + host + addresses.figures() + "/metrics");
    command.add("--cosmichub.gateway.pipeline.flink-page=" + host + addresses.flink().port());
    return new GatewayProcess(command, output, console, signals, PAUSE);
  }

  /** Watches it until it is closed, or has ended too often. */
  @Override
  public @Nullable Void call() throws IOException, InterruptedException {
    for (int left = MOST_AGAIN; ; left--) {
      int status = current().waitFor();
      // Ctrl-C reaches the gateway, too, and perhaps first.
      if (closed() || signals.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return null;
      }
      say(status, left > 0 ? "is started again" : "stays away, and so does the page");
      if (left == 0 || !startAgain()) {
        return null;
      }
    }
  }

  private void say(int status, String then) {
    console.line(
        String.format(
            Locale.ROOT,
            "The gateway has ended by itself with status %d and %s; what it said is in %s",
            status,
            then,
            output));
  }

  private synchronized Process current() {
    return process;
  }

  private synchronized boolean closed() {
    return closed;
  }

  private synchronized boolean startAgain() throws IOException {
    if (!closed) {
      process = launch(command, output);
    }
    return !closed;
  }

  private static Process launch(List<String> command, Path output) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  @Override
  public synchronized void close() {
    closed = true;
    process.destroy();
    CompletableFuture<?> unused =
        process
            .onExit()
            .completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS)
            .thenAccept(Process::destroyForcibly);
  }
}
