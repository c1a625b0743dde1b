package io.cosmichub.quickstart;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder in memory, where the system has such a place, for files that need not outlive this
 * process. It goes when it is closed; that of a process that was killed goes when the next one is
 * opened.
 */
final class MemoryFolder implements AutoCloseable {

  /** Where Linux keeps files in memory. */
  static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final String PREFIX = "cosmichub-demo-";
  private static final long LEAST_ROOM = 512L << 20;

  private final Path path;

  private MemoryFolder(Path path) {
    this.path = path;
  }

  /** A new folder below {@code memory}, which only this user may read; empty without much room. */
  static Optional<MemoryFolder> open(Path memory) throws IOException {
    if (!Files.isWritable(memory)) {
      return Optional.empty();
    }
    sweep(memory);
    if (Files.getFileStore(memory).getUsableSpace() < LEAST_ROOM) {
      return Optional.empty();
    }
    String name = PREFIX + ProcessHandle.current().pid() + "-";
    return Optional.of(new MemoryFolder(Files.createTempDirectory(memory, name)));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    DataDirectory.delete(path);
  }

  private static void sweep(Path memory) throws IOException {
    try (DirectoryStream<Path> ours = Files.newDirectoryStream(memory, PREFIX + "*-*")) {
      for (Path folder : ours) {
        String pid = folder.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
        boolean gone = pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
        if (gone && Files.isWritable(folder)) {
          DataDirectory.delete(folder);
        }
      }
    }
  }
}
