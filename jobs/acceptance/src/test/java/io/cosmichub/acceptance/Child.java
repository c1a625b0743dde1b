package io.cosmichub.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that this test started, with its output in a file; closing it ends it and whatever it
 * started.
 */
final class Child implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Child start(
      List<String> command, Path directory, Map<String, String> environment, Path output) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    try {
      return new Child(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /**
   * Runs a command to its end and gives its output; another exit code than 0 is an {@link
   * AssertionError}.
   */
  static String run(
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path output,
      Duration limit) {
    try (Child child = start(command, directory, environment, output)) {
      int code = child.exitCode(limit);
      if (code != 0) {
        throw new AssertionError(command + " ended with " + code + ":\n" + child.output());
      }
      return child.output();
    }
  }

  /** Waits for the end. */
  int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + limit.toSeconds() + " s:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  boolean running() {
    return process.isAlive();
  }

  /** What it printed so far, errors included. */
  String output() {
    try {
      return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as Ctrl-C does. */
  void interrupt() {
    kill("INT", process.pid());
  }

  /** Sends a signal to a process by its id. */
  static void kill(String signal, long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).inheritIO().start();
      if (!kill.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("kill -" + signal + " " + pid + " hangs");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> family =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroy);
    Await.Deadline deadline = Await.Deadline.in(PATIENCE);
    for (ProcessHandle member : family) {
      while (member.isAlive() && !deadline.passed()) {
        Await.pause();
      }
      member.destroyForcibly();
    }
    Await.until(
        "the end of " + process, PATIENCE, () -> family.stream().noneMatch(ProcessHandle::isAlive));
  }
}
