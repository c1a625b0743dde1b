package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {

  @TempDir Path folder;

  @Test
  void aTemporaryFolderGoesWithEverythingInIt() throws Exception {
    DataDirectory data = DataDirectory.open(null);
    Files.createDirectories(data.broker().resolve("topic-0"));
    Files.writeString(data.broker().resolve("topic-0").resolve("log"), "records");
    assertThat(data.temporary()).isTrue();
    data.release();
    assertThat(data.root()).doesNotExist();
  }

  @Test
  void aFolderThatWasAskedForStays() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("mine"));
    Files.createDirectories(data.scratch());
    Files.createDirectories(data.broker());
    data.release();
    assertThat(data.broker()).exists();
    assertThat(data.scratch()).doesNotExist();
  }

  @Test
  void twoCannotWorkInOneFolder() throws Exception {
    DataDirectory data = DataDirectory.open(folder);
    assertThatThrownBy(() -> DataDirectory.open(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(folder.toString());
    data.release();
    DataDirectory.open(folder).release();
  }

  @Test
  void theLatestSnapshotIsTheNewestThatIsComplete() throws Exception {
    DataDirectory data = DataDirectory.open(folder);
    assertThat(data.latestSnapshot()).isEmpty();
    Path old = snapshot(data.checkpoints().resolve("job/chk-9"), 1_000);
    assertThat(data.latestSnapshot()).contains(old);
    Path savepoint = snapshot(data.savepoints().resolve("savepoint-1"), 3_000);
    snapshot(data.checkpoints().resolve("job/chk-10"), 2_000);
    Files.createDirectories(data.checkpoints().resolve("job/chk-11"));
    assertThat(data.latestSnapshot()).contains(savepoint);
    data.release();
  }

  private static Path snapshot(Path path, long modified) throws Exception {
    Path metadata = Files.createDirectories(path).resolve("_metadata");
    Files.writeString(metadata, "");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(modified));
    return path;
  }
}
