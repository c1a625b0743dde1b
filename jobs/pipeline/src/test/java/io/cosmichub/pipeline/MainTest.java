package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The main class as a process of its own. */
final class MainTest {

  private record Ended(int status, String out, String err) {}

  private static Ended run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith(Settings.ENVIRONMENT_PREFIX));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), out, err);
  }

  @Test
  void aConfigurationThatCannotBeUsedEndsTheProcessWithItsReasonAlone() throws Exception {
    Ended ended = run("--cosmichub.kernal=auto");

    assertThat(ended.status()).isEqualTo(EntryPoint.UNUSABLE);
    assertThat(ended.err().lines().filter(line -> !line.startsWith("SLF4J")))
        .containsExactly(
            "Unknown key cosmichub.kernal (command line); did you mean cosmichub.kernel?");
  }

  @Test
  void theConfigurationIsPrintedWithItsPlaces() throws Exception {
    Ended ended = run("--print-config", "--cosmichub.parallelism=3");

    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .contains("cosmichub.parallelism = 3  [command line]")
        .contains("cosmichub.erasure.key = ******  [default]");
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Ended ended = run("--help");

    assertThat(ended.status()).isZero();
    assertThat(ended.out())
        .contains(PipelineOptions.all().stream().map(Option::key).toArray(String[]::new));
  }
}
