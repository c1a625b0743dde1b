package io.cosmichub.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a command keeps the broker's log, Flink's checkpoints and its own log file. */
public final class DataDirectory {

  private final Path root;
  private final boolean temporary;
  private final FileChannel lock;

  private DataDirectory(Path root, boolean temporary) throws IOException {
    this.root = root;
    this.temporary = temporary;
    this.lock = lock(root);
  }

  /**
   * The folder that was asked for, created if need be, else a temporary one; a {@link
   * UsageException} if another process works in it.
   */
  static DataDirectory open(@Nullable Path asked) throws IOException {
    return asked == null
        ? temporary("cosmichub-demo-")
        : new DataDirectory(Files.createDirectories(asked).toAbsolutePath().normalize(), false);
  }

  /** A new folder that goes when it is released. */
  public static DataDirectory temporary(String prefix) throws IOException {
    return new DataDirectory(Files.createTempDirectory(prefix), true);
  }

  Path root() {
    return root;
  }

  /** Whether the folder goes with the demo. */
  boolean temporary() {
    return temporary;
  }

  Path broker() {
    return root.resolve("kafka");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path savepoints() {
    return root.resolve("savepoints");
  }

  public Path scratch() {
    return root.resolve("tmp");
  }

  public Path log() {
    return root.resolve("demo.log");
  }

  /** The newest complete checkpoint or savepoint of an earlier run. */
  Optional<Path> latestSnapshot() throws IOException {
    return Stream.of(checkpoints(), savepoints())
        .flatMap(DataDirectory::metadataFiles)
        .max(Comparator.comparing(DataDirectory::modified))
        .map(Path::getParent);
  }

  /** Deletes what Flink leaves in its scratch folder, and all of a temporary folder. */
  public void release() throws IOException {
    lock.close();
    delete(temporary ? root : scratch());
  }

  /** Two brokers in one folder would ruin each other's log; the lock goes with the process. */
  private static FileChannel lock(Path root) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new UsageException("another process works in " + root + "; choose another folder");
    }
    return channel;
  }

  private static Stream<Path> metadataFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith("_metadata")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // Someone else's clean-up was faster.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
