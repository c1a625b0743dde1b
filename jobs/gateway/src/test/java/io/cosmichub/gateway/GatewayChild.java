package io.cosmichub.gateway;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A gateway as a process of its own, which can be killed. */
final class GatewayChild implements AutoCloseable {
  private final Process process;

  private GatewayChild(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it is ready. */
  static GatewayChild start(String bootstrapServers, int port, Path output, String... settings)
      throws IOException {
    Path target = Path.of("target").toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-cp",
                target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip(),
                "io.cosmichub.gateway.Main"));
    Stream.concat(
            Stream.of(
                "access=open",
                "heartbeat=500ms",
                "port=" + port,
                "kafka.bootstrap-servers=" + bootstrapServers),
            Stream.of(settings))
        .forEach(setting -> command.add("--cosmichub.gateway." + setting));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
            .start();
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
    GatewayChild child = new GatewayChild(process);
    try {
      child.awaitReady(http, ready, port);
    } catch (AssertionError e) {
      child.close();
      throw new AssertionError(Files.readString(output), e);
    }
    return child;
  }

  private void awaitReady(HttpClient http, HttpRequest ready, int port) {
    Stage.until(
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("it has ended");
          }
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected()
                && http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
          } catch (IOException e) {
            return false;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill -STOP} does: its connections stay open, and it does nothing. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill says " + kill.exitValue());
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
