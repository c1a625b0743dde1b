package io.cosmichub.quickstart;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines on their way into the result files: written by several subtasks in any order, then put into
 * the order of their keys. Only keys and places are held in memory.
 *
 * <p>A spool file is a row of entries: 1 byte code of the {@link ResultFile}, 4 bytes length of the
 * key, the key, 4 bytes length of the line, the line.
 */
final class Spool implements AutoCloseable {

  private static final String SUFFIX = ".spool";

  /** Where a line lies. */
  private static final class Entry {
    private final byte[] key;
    private final FileChannel file;
    private final long offset;
    private final int length;

    Entry(byte[] key, FileChannel file, long offset, int length) {
      this.key = key;
      this.file = file;
      this.offset = offset;
      this.length = length;
    }
  }

  private final List<FileChannel> files = new ArrayList<>();
  private final Map<ResultFile, List<Entry>> entries = new EnumMap<>(ResultFile.class);

  private Spool() {}

  /** Reads what all writers of a folder wrote. */
  static Spool open(Path folder) throws IOException {
    Spool spool = new Spool();
    try (Stream<Path> names = Files.list(folder)) {
      for (Path file : names.filter(name -> name.toString().endsWith(SUFFIX)).sorted().toList()) {
        spool.read(file);
      }
    } catch (IOException e) {
      spool.close();
      throw e;
    }
    return spool;
  }

  /** How many lines a result file gets. */
  int lines(ResultFile file) {
    return entries.getOrDefault(file, List.of()).size();
  }

  /** Writes a result file, its lines by key; lines of one key stay in the order of writing. */
  void writeSorted(ResultFile file, Path folder) throws IOException {
    List<Entry> sorted = new ArrayList<>(entries.getOrDefault(file, List.of()));
    sorted.sort(Comparator.comparing(entry -> entry.key, Arrays::compareUnsigned));
    Path unfinished = folder.resolve(file.fileName() + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16)) {
      for (Entry entry : sorted) {
        out.write(line(entry));
        out.write('\n');
      }
    }
    Files.move(unfinished, folder.resolve(file.fileName()), StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files) {
      file.close();
    }
  }

  private void read(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    files.add(channel);
    long offset = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      while (offset < channel.size()) {
        ResultFile result = ResultFile.ofCode(in.readByte());
        byte[] key = new byte[in.readInt()];
        in.readFully(key);
        int length = in.readInt();
        in.skipNBytes(length);
        offset += Byte.BYTES + Integer.BYTES + key.length + Integer.BYTES;
        entries
            .computeIfAbsent(result, unused -> new ArrayList<>())
            .add(new Entry(key, channel, offset, length));
        offset += length;
      }
    }
  }

  private static byte[] line(Entry entry) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(entry.length);
    while (line.hasRemaining()) {
      if (entry.file.read(line, entry.offset + line.position()) < 0) {
        throw new EOFException("a spool file ends too early");
      }
    }
    return line.array();
  }

  /** Appends entries to one spool file. */
  static final class Writer implements AutoCloseable {

    private final DataOutputStream out;

    private Writer(DataOutputStream out) {
      this.out = out;
    }

    /** Begins a spool file; one of the same name is begun anew. */
    static Writer create(Path folder, String name) throws IOException {
      return new Writer(
          new DataOutputStream(
              new BufferedOutputStream(
                  Files.newOutputStream(folder.resolve(name + SUFFIX)), 1 << 16)));
    }

    void write(ResultFile file, byte[] key, byte[] line) throws IOException {
      out.writeByte(file.code());
      out.writeInt(key.length);
      out.write(key);
      out.writeInt(line.length);
      out.write(line);
    }

    void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
