package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end like a gateway that cannot live, or that stay. */
final class GatewayProcessTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final StopSignals signals = new StopSignals();

  @Test
  void whatEndsByItselfIsSaidAndStartedAgainFiveTimes() throws Exception {
    assertThat(gateway("echo started; exit 3").call()).isNull();
    assertThat(Files.readAllLines(output())).hasSize(6).containsOnly("started");
    List<String> lines = lines();
    assertThat(lines)
        .hasSize(6)
        .allMatch(line -> line.contains("has ended by itself with status 3"));
    assertThat(lines.subList(0, 5)).allMatch(line -> line.contains(" is started again; "));
    assertThat(lines.get(5))
        .contains("stays away, and so does the page")
        .endsWith(output().toString());
  }

  @Test
  void whatIsClosedEndsAndNothingIsSaid() throws Exception {
    try (Parts parts = new Parts()) {
      parts.start(gateway("echo $$; exec sleep 600"));
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (Files.size(output()) == 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
    long id = Long.parseLong(Files.readString(output()).strip());
    assertThat(ProcessHandle.of(id).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(lines()).isEmpty();
  }

  private GatewayProcess gateway(String script) throws IOException {
    Console console = new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
    return new GatewayProcess(
        List.of("sh", "-c", script), output(), console, signals, Duration.ofMillis(1));
  }

  private Path output() {
    return directory.resolve("gateway.log");
  }

  private List<String> lines() {
    return said.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
