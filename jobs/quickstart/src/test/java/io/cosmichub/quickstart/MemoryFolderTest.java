package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryFolderTest {

  @TempDir Path memory;

  @Test
  void goesWithWhatIsInIt() throws Exception {
    MemoryFolder folder = MemoryFolder.open(memory).orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
        .isEqualTo("rwx------");
    Files.writeString(Files.createDirectories(folder.path().resolve("db")).resolve("1.sst"), "x");
    folder.close();
    assertThat(memory).isEmptyDirectory();
  }

  @Test
  void takesAwayWhatAKilledProcessLeftAndNothingElse() throws Exception {
    Path others = Files.createDirectories(memory.resolve("cosmichub-demo-1-1"));
    try (MemoryFolder first = MemoryFolder.open(memory).orElseThrow();
        MemoryFolder second = MemoryFolder.open(memory).orElseThrow();
        Holder killed = Holder.start(memory);
        Holder lives = Holder.start(memory)) {
      Files.writeString(killed.path.resolve("1.sst"), "x");
      killed.close();
      assertThat(killed.path).exists();
      try (MemoryFolder third = MemoryFolder.open(memory).orElseThrow()) {
        assertThat(memory)
            .isDirectoryContaining(first.path()::equals)
            .isDirectoryContaining(second.path()::equals)
            .isDirectoryContaining(third.path()::equals)
            .isDirectoryContaining(lives.path::equals)
            .isDirectoryContaining(others::equals);
        assertThat(killed.path).doesNotExist();
      }
      // Another process takes none of them away, though this one has looked around twice since.
      try (Holder later = Holder.start(memory)) {
        assertThat(later.path).exists();
        assertThat(first.path()).exists();
        assertThat(second.path()).exists();
      }
    }
  }

  @Test
  void whoseItIsItsLockSaysAndNotItsName() throws Exception {
    try (Holder holder = Holder.start(memory)) {
      long gone = holder.process.pid();
      try (Holder other = Holder.start(memory)) {
        gone = other.process.pid();
      }
      // As that of a container whose processes are not to be seen here.
      Path renamed = Files.move(holder.path, memory.resolve("cosmichub-memory-" + gone + "-1"));
      MemoryFolder.open(memory).orElseThrow().close();
      assertThat(renamed).exists();
      holder.close();
      MemoryFolder.open(memory).orElseThrow().close();
      assertThat(memory).isEmptyDirectory();
    }
  }

  @Test
  void isNotThereWhereThereIsNoSuchPlace() throws Exception {
    assertThat(MemoryFolder.open(memory.resolve("nowhere"))).isEmpty();
  }

  /** A process of its own that has a folder until it is killed. */
  static final class Holder implements AutoCloseable {
    final Process process;
    final Path path;

    private Holder(Process process, Path path) {
      this.process = process;
      this.path = path;
    }

    static Holder start(Path memory) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Holder.class.getName(),
                  memory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
      return new Holder(process, Path.of(Objects.requireNonNull(said.readLine())));
    }

    /** As {@code kill -9} does. */
    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws Exception {
      System.out.println(MemoryFolder.open(Path.of(args[0])).orElseThrow().path());
      int unused = System.in.read(); // until it is killed
    }
  }
}
