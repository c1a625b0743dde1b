package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The device code, compiled for this machine with sanitizers. */
final class HostBuild {

  private static final Path FOLDER = Path.of("target", "host-device");

  private HostBuild() {}

  /** The program. */
  static Path program() {
    return Built.PROGRAM;
  }

  /** Whether a command can be run here. */
  static boolean has(String command) {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  /** Runs a command; what it printed, after it ended well. */
  static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } catch (IOException failed) {
      throw new AssertionError(command + " cannot be run", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Compiles when it is first asked for. */
  private static final class Built {

    private static final Path PROGRAM = build();

    private static Path build() {
      Path program = FOLDER.resolve("host-device");
      try {
        Files.createDirectories(FOLDER);
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
      run(
          List.of(
              "g++",
              "-std=c++17",
              "-O1",
              "-g",
              "-fsanitize=address,undefined",
              "-fno-sanitize-recover=all",
              "-Wall",
              "-Wextra",
              "-Werror",
              "-Wno-maybe-uninitialized",
              "-Isrc/main/cuda",
              "-o",
              program.toString(),
              "src/test/cpp/host.cpp"));
      return program;
    }
  }
}
