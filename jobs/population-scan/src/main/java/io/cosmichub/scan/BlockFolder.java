package io.cosmichub.scan;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.quickstart.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Where a scan keeps what it has finished: the charts that it reads, and a file for each block that
 * is done. A file appears whole or not at all.
 */
final class BlockFolder {
  /*
   * charts: sixteen longitudes of each chart as big-endian ints.
   * scan: the digest of the charts, of how they are cut and of what is kept.
   * block-n: version | ranking of the rows | ranking of the columns, unless they are the rows |
   *   histogram | checksum of all before; a ranking is for each chart its partners as ints, then for
   *   each its scores as longs. All its sizes follow from the plan.
   * wrong-n: for how many pairs or charts of a block a kernel was found wrong, in digits.
   */
  private static final int VERSION = 1;

  private static final String CHARTS = "charts";
  private static final String SCAN = "scan";
  private static final String WRONG = "wrong-";
  private static final String FIGURES = WRONG + "figures";

  private final Path folder;
  private final ScanPlan plan;
  private final AspectPolicy policy;

  BlockFolder(Path folder, ScanPlan plan, AspectPolicy policy) {
    this.folder = folder;
    this.plan = plan;
    this.policy = policy;
  }

  /**
   * Begins a scan of these charts, or goes on with one that was broken off; a {@link
   * UsageException} if the folder belongs to another scan.
   */
  void open(List<Longitudes> charts) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(charts.size() * Body.COUNT * Integer.BYTES);
    for (Longitudes chart : charts) {
      for (int slot = 0; slot < Body.COUNT; slot++) {
        bytes.putInt(chart.at(slot));
      }
    }
    byte[] scan = digest(bytes.array()).getBytes(StandardCharsets.US_ASCII);
    Files.createDirectories(folder);
    Path scanFile = folder.resolve(SCAN);
    if (!Files.exists(scanFile)) {
      write(CHARTS, bytes.array());
      write(SCAN, scan);
    } else if (!MessageDigest.isEqual(scan, Files.readAllBytes(scanFile))) {
      throw new UsageException(
          folder
              + " holds the blocks of another scan (other charts, or another --best); delete it or"
              + " choose another folder");
    }
  }

  /** The charts of the scan. */
  List<Longitudes> charts() throws IOException {
    IntBuffer ints = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(CHARTS))).asIntBuffer();
    List<Longitudes> charts = new ArrayList<>(plan.charts());
    int[] slots = new int[Body.COUNT];
    for (int chart = 0; chart < plan.charts(); chart++) {
      ints.get(slots);
      charts.add(Longitudes.of(slots));
    }
    return charts;
  }

  /** Whether a block is finished. */
  boolean isDone(int block) {
    return Files.exists(file(block));
  }

  /** How many pairs the finished blocks have. */
  long pairsDone() {
    long pairs = 0;
    for (int block = 0; block < plan.blocks(); block++) {
      pairs += isDone(block) ? plan.block(block).pairs() : 0;
    }
    return pairs;
  }

  /** Keeps what was found in a block. */
  void finish(int block, Ranking ranking) throws IOException {
    ScanPlan.Block cut = plan.block(block);
    ByteBuffer bytes = ByteBuffer.allocate(size(cut));
    bytes.putInt(VERSION);
    put(ranking, cut.fromRow(), cut.toRow(), places(cut, true), bytes);
    if (!cut.isDiagonal()) {
      put(ranking, cut.fromColumn(), cut.toColumn(), places(cut, false), bytes);
    }
    for (int bin = 0; bin < Ranking.BINS; bin++) {
      bytes.putLong(ranking.histogram(bin));
    }
    bytes.putLong(checksum(bytes));
    write(name(block), bytes.array());
  }

  /** Remembers for how many pairs or charts of a block a check found the kernel wrong. */
  void mistrust(int block, long wrong) throws IOException {
    write(WRONG + block, Long.toString(wrong).getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Remembers for how many pairs a check found the kernel wrong after all blocks, while figures and
   * matches were made; in place of what was remembered of a run before.
   */
  void mistrustFigures(long wrong) throws IOException {
    write(FIGURES, Long.toString(wrong).getBytes(StandardCharsets.US_ASCII));
  }

  /** For how many checks found a kernel wrong, in runs that were broken off, too. */
  long wrong() throws IOException {
    long wrong = wrong(FIGURES);
    for (int block = 0; block < plan.blocks(); block++) {
      wrong += wrong(WRONG + block);
    }
    return wrong;
  }

  private long wrong(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
  }

  /** An empty ranking of all charts. */
  Ranking ranking() {
    return Ranking.empty(
        policy, plan.charts(), plan.best(), Ranking.bytes(plan.charts(), plan.best()));
  }

  /** Takes in what was found in a block; false, and its file is gone, if that is not whole. */
  boolean merge(int block, Ranking into) throws IOException {
    ScanPlan.Block cut = plan.block(block);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(block)));
    if (!isWhole(cut, bytes)) {
      Files.delete(file(block));
      return false;
    }
    bytes.position(Integer.BYTES);
    Ranking ranking = ranking();
    get(ranking, cut.fromRow(), cut.toRow(), places(cut, true), bytes);
    if (!cut.isDiagonal()) {
      get(ranking, cut.fromColumn(), cut.toColumn(), places(cut, false), bytes);
    }
    ranking.count(bytes.asLongBuffer());
    into.merge(ranking);
    return true;
  }

  /** Deletes the files of the scan. */
  void delete() throws IOException {
    for (int block = 0; block < plan.blocks(); block++) {
      Files.deleteIfExists(file(block));
      Files.deleteIfExists(folder.resolve(WRONG + block));
    }
    Files.deleteIfExists(folder.resolve(FIGURES));
    Files.deleteIfExists(folder.resolve(CHARTS));
    Files.deleteIfExists(folder.resolve(SCAN));
    Files.deleteIfExists(folder.resolve(ChartSnapshot.FILE));
    Files.deleteIfExists(folder);
  }

  private boolean isWhole(ScanPlan.Block cut, ByteBuffer bytes) {
    if (bytes.capacity() != size(cut) || bytes.getInt(0) != VERSION) {
      return false;
    }
    int end = bytes.capacity() - Long.BYTES;
    bytes.position(end);
    return bytes.getLong(end) == checksum(bytes);
  }

  /** How many partners each chart on a side of a block has. */
  private int places(ScanPlan.Block cut, boolean ofRow) {
    int others = ofRow ? cut.toColumn() - cut.fromColumn() : cut.toRow() - cut.fromRow();
    return Math.min(plan.best(), cut.isDiagonal() ? others - 1 : others);
  }

  private int size(ScanPlan.Block cut) {
    int each = Integer.BYTES + Long.BYTES;
    int rows = (cut.toRow() - cut.fromRow()) * places(cut, true) * each;
    int columns =
        cut.isDiagonal() ? 0 : (cut.toColumn() - cut.fromColumn()) * places(cut, false) * each;
    return Integer.BYTES + rows + columns + (Ranking.BINS + 1) * Long.BYTES;
  }

  private static void put(Ranking ranking, int from, int to, int places, ByteBuffer into) {
    for (int chart = from; chart < to; chart++) {
      for (int place = 0; place < places; place++) {
        into.putInt(ranking.partner(chart, place));
      }
    }
    for (int chart = from; chart < to; chart++) {
      for (int place = 0; place < places; place++) {
        into.putLong(ranking.score(chart, place));
      }
    }
  }

  private static void get(Ranking into, int from, int to, int places, ByteBuffer bytes) {
    int all = (to - from) * places;
    IntBuffer partners = bytes.slice().asIntBuffer();
    bytes.position(bytes.position() + all * Integer.BYTES);
    LongBuffer scores = bytes.slice().asLongBuffer();
    bytes.position(bytes.position() + all * Long.BYTES);
    into.put(from, to - from, places, partners, scores);
  }

  /** Of what stands before the position. */
  private static long checksum(ByteBuffer bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes.duplicate().flip());
    return checksum.getValue();
  }

  private String digest(byte[] charts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(charts);
      digest.update((plan + policy.id() + VERSION).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path unfinished = folder.resolve(name + ".tmp");
    Files.write(unfinished, bytes);
    Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path file(int block) {
    return folder.resolve(name(block));
  }

  private static String name(int block) {
    return "block-" + block;
  }
}
