package io.cosmichub.quickstart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The gateway with the page, as a process of its own: what it costs and what befalls it stays
 * there.
 */
final class GatewayProcess implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 5;

  private final Process process;

  private GatewayProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it open on loopback; its output goes to the file.
   *
   * @param classPath its classes and what they need
   */
  static GatewayProcess start(
      String classPath, String bootstrapServers, Demo.Addresses addresses, Path output)
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
    return new GatewayProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
