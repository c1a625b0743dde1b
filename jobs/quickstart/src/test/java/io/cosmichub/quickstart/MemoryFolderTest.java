package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
    Process killed = new ProcessBuilder("sleep", "600").start();
    killed.destroyForcibly().waitFor();
    Path left = Files.createDirectories(memory.resolve("cosmichub-demo-" + killed.pid() + "-1"));
    Files.writeString(left.resolve("1.sst"), "x");
    Path others = Files.createDirectories(memory.resolve("cosmichub-demo-old-1"));
    try (MemoryFolder first = MemoryFolder.open(memory).orElseThrow();
        MemoryFolder second = MemoryFolder.open(memory).orElseThrow()) {
      assertThat(left).doesNotExist();
      assertThat(others).exists();
      assertThat(first.path()).exists().isNotEqualTo(second.path());
    }
  }

  @Test
  void isNotThereWhereThereIsNoSuchPlace() throws Exception {
    assertThat(MemoryFolder.open(memory.resolve("nowhere"))).isEmpty();
  }
}
