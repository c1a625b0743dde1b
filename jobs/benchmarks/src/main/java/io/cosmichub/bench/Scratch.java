package io.cosmichub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the broker, the state and the log of a run; what fails leaves it behind. */
record Scratch(Path folder) {

  /** A new one, in which this process logs from now on. */
  static Scratch create() throws IOException {
    Path folder = Files.createTempDirectory("cosmichub-bench-");
    System.setProperty("cosmichub.log.file", folder.resolve("bench.log").toString());
    System.setProperty("log4j2.configurationFile", "classpath:demo-log4j2.properties");
    return new Scratch(folder);
  }

  /** Deletes it. */
  void delete() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
