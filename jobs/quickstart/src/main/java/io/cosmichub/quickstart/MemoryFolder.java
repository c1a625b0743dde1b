package io.cosmichub.quickstart;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in memory, where the system has such a place, for files that need not outlive this
 * process. It goes when it is closed; that of a process that was killed goes when the next one is
 * opened.
 */
final class MemoryFolder implements AutoCloseable {
  /*
   * Whose folder it is, a lock on a file in it says, which ends with its process: containers that share the memory do not see each
   * other's processes, but each other's locks. A folder gets its name once its lock is held, so one with that name and without a held
   * lock belongs to nobody. To look at a lock is to open its file, and to close that again gives up every lock that this process holds
   * on it; so the folders of this process, which its mark tells, are not looked at.
   */

  private static final Logger LOG = LoggerFactory.getLogger(MemoryFolder.class);

  /** Where Linux keeps files in memory. */
  static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final String PREFIX = "cosmichub-memory-";
  private static final String THIS_PROCESS = PREFIX + UUID.randomUUID() + "-";
  private static final String IN_USE = "in-use";
  private static final long LEAST_ROOM = 512L << 20;

  private final Path path;
  private final FileChannel lock;

  private MemoryFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
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
    return Optional.of(create(memory));
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    DataDirectory.delete(path);
    lock.close();
  }

  private static MemoryFolder create(Path memory) throws IOException {
    Path nameless = Files.createTempDirectory(memory, "cosmichub-");
    FileChannel lock =
        FileChannel.open(
            nameless.resolve(IN_USE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Path path = memory.resolve(THIS_PROCESS + nameless.getFileName());
    Files.move(nameless, path, StandardCopyOption.ATOMIC_MOVE);
    return new MemoryFolder(path, lock);
  }

  /** What cannot be looked at or deleted is another user's. */
  private static void sweep(Path memory) throws IOException {
    try (DirectoryStream<Path> ours = Files.newDirectoryStream(memory, PREFIX + "*")) {
      for (Path folder : ours) {
        if (!folder.getFileName().toString().startsWith(THIS_PROCESS)) {
          try {
            deleteIfLeft(folder);
          } catch (IOException e) {
            LOG.debug("{} stays: {}", folder, e.toString());
          }
        }
      }
    }
  }

  private static void deleteIfLeft(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(IN_USE), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        DataDirectory.delete(folder);
      }
    } catch (NoSuchFileException e) {
      DataDirectory.delete(folder); // who began to delete it did not come to the end
    }
  }
}
