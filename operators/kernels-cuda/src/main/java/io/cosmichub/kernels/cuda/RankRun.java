package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import io.cosmichub.kernels.cuda.BufferPool.Lease;
import io.cosmichub.kernels.cuda.Device.DeviceMemory;
import io.cosmichub.kernels.cuda.Device.HostMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One ranking. The charts stay on the device; rows go in chunks on alternating streams, each
 * against all columns, and only the best partners of each row come back.
 */
final class RankRun implements AutoCloseable {

  /**
   * Pairs, from both sides, of one launch: well below a second, so that others get their turn and
   * no watchdog barks.
   */
  private static final long PAIRS_A_LAUNCH = 1L << 32;

  private static final int UPLOAD_CHARTS = 1 << 16;
  private static final int HISTOGRAM_BYTES = Long.BYTES * Ranking.BINS;

  /** A kept partner: its score and its number. */
  private static final int PARTNER = Long.BYTES + Integer.BYTES;

  private final DeviceSession session;
  private final PolicyTable policy;
  private final Duration timeout;
  private final ChartBlock charts;
  private final Ranking ranking;
  private final int size;
  private final int places;
  private final Split split;
  private final List<Lease<?>> leases = new ArrayList<>();
  private boolean underWay;

  RankRun(
      DeviceSession session,
      AspectPolicy aspects,
      PolicyTable policy,
      Duration timeout,
      long memory,
      ChartBlock charts,
      int best) {
    this.session = session;
    this.policy = policy;
    this.timeout = timeout;
    this.charts = charts;
    ranking = Ranking.empty(aspects, charts.size(), best, memory);
    size = charts.size();
    places = Math.min(best, Math.max(0, size - 1));
    split =
        Split.of(
            size,
            places,
            memory / (2L * Device.STREAMS),
            session.thread().ask("ask the size", timeout, Device::blocksToFill));
  }

  /** Ranks; tells of each chunk on the caller's thread. */
  Ranking rank(Progress progress) {
    if (size < 2) {
      progress.pairs(0, 0);
      return ranking;
    }
    DeviceMemory lines = lease(session.memory(), (long) Pairs.LINE * size);
    DeviceMemory histogram = lease(session.memory(), HISTOGRAM_BYTES);
    HostMemory bins = lease(session.host(), HISTOGRAM_BYTES);
    upload(lines, histogram);
    List<Slot> slots = new ArrayList<>();
    int started = 0;
    for (int first = 0; first < size; first += split.rows) {
      int stream = started++ % Device.STREAMS;
      if (slots.size() <= stream) {
        slots.add(new Slot(stream, lines, histogram));
      }
      slots.get(stream).finish(progress);
      slots.get(stream).start(first, Math.min(split.rows, size - first));
    }
    for (int last = 0; last < slots.size(); last++) {
      slots.get(started++ % slots.size()).finish(progress);
    }
    session
        .thread()
        .call(
            "fetch the histogram",
            timeout,
            device -> {
              device.download(0, histogram, 0, bins, 0, HISTOGRAM_BYTES);
              device.synchronize(0);
            });
    ranking.count(bins.bytes().position(0).asLongBuffer());
    underWay = false;
    return ranking;
  }

  private void upload(DeviceMemory lines, DeviceMemory histogram) {
    int most = Math.min(size, UPLOAD_CHARTS);
    HostMemory piece = lease(session.host(), (long) Pairs.LINE * most);
    underWay = true;
    for (int first = 0; first < size; first += most) {
      int from = first;
      int to = Math.min(size, first + most);
      charts.copy(from, to, piece.bytes().position(0).asIntBuffer());
      session
          .thread()
          .call(
              "upload charts",
              timeout,
              device -> {
                if (from == 0) {
                  device.clear(0, histogram, HISTOGRAM_BYTES);
                }
                long offset = (long) Pairs.LINE * from;
                device.upload(0, piece, lines, offset, (long) Pairs.LINE * (to - from));
                device.synchronize(0);
              });
    }
  }

  private <M> M lease(BufferPool<M> pool, long bytes) {
    Lease<M> lease = pool.lease(bytes);
    leases.add(lease);
    return lease.memory();
  }

  /** Returns the memory, once nothing is under way in it. */
  @Override
  public void close() {
    try {
      if (underWay && session.thread().retired() == null) {
        session
            .thread()
            .call(
                "stop",
                timeout,
                device -> {
                  for (int stream = 0; stream < Device.STREAMS; stream++) {
                    device.synchronize(stream);
                  }
                });
      }
    } catch (DeviceException lost) {
      // The failure that brought us here is on its way to the caller.
    } finally {
      leases.forEach(Lease::close);
    }
  }

  /** Room for the lists of a chunk of rows, and the chunk that is under way in it. */
  private final class Slot {
    private final int stream;
    private final Work work = new Work(policy);
    private final DeviceMemory lists;
    private final HostMemory out;
    private int first;
    private int rows;

    private Slot(int stream, DeviceMemory lines, DeviceMemory histogram) {
      this.stream = stream;
      lists = lease(session.memory(), split.bytes(places));
      out = lease(session.host(), (long) PARTNER * places * split.rows);
      work.set(Work.At.A, lines.address())
          .set(Work.At.HISTOGRAM, histogram.address())
          .set(Work.At.SCORES, lists.address())
          .set(Work.Of.CHARTS, size)
          .set(Work.Of.COLUMNS_PER_SPLIT, split.columns)
          .set(Work.Of.SPLITS, split.splits)
          .set(Work.Of.BEST, places);
    }

    void start(int firstRow, int count) {
      first = firstRow;
      rows = count;
      work.set(Work.At.PARTNERS, lists.address() + atPartners())
          .set(Work.At.COUNTS, lists.address() + atCounts())
          .set(Work.Of.FIRST_ROW, first)
          .set(Work.Of.ROWS, rows);
      session.thread().call("rank", timeout, this::enqueue);
    }

    /**
     * Lists of scores, then lists of partners, then their lengths; those of the first split lead.
     */
    private long atPartners() {
      return (long) Long.BYTES * places * rows * split.splits;
    }

    private long atCounts() {
      return (long) PARTNER * places * rows * split.splits;
    }

    @OnDeviceThread
    private void enqueue(Device device) {
      int blocks = (rows + Device.THREADS - 1) / Device.THREADS;
      device.launch(stream, policy.rank(), blocks, split.splits, work);
      device.launch(stream, Device.Entry.MERGE_LISTS, blocks, 1, work);
      long scores = (long) Long.BYTES * places * rows;
      device.download(stream, lists, 0, out, 0, scores);
      device.download(
          stream, lists, atPartners(), out, scores, (long) Integer.BYTES * places * rows);
    }

    void finish(Progress progress) {
      if (rows > 0) {
        session.thread().call("fetch a ranking", timeout, device -> device.synchronize(stream));
        ByteBuffer bytes = out.bytes();
        ranking.put(
            first,
            rows,
            places,
            bytes.position(Long.BYTES * places * rows).asIntBuffer(),
            bytes.position(0).asLongBuffer());
        long end = first + (long) rows;
        rows = 0;
        progress.pairs(end * (size - 1) - end * (end - 1) / 2, (long) size * (size - 1) / 2);
      }
    }
  }

  /**
   * How the square of all pairs is cut: rows of a launch, and columns of one block among them.
   *
   * @param rows rows of a launch
   * @param columns columns of a split, a multiple of the threads of a block
   * @param splits how many
   */
  record Split(int rows, int columns, int splits) {

    /**
     * Rows and splits such that the lists of a launch take about {@code memory} bytes at most and
     * that there are {@code blocks} blocks or more, if there is as much to do.
     */
    static Split of(int charts, int places, long memory, int blocks) {
      long list = (long) PARTNER * places + Integer.BYTES;
      long most = Math.min(memory / list, PAIRS_A_LAUNCH / Math.max(1, charts));
      long whole = Math.max(1, most / Device.THREADS) * Device.THREADS;
      int rows = (int) Math.min(Math.max(1, charts), whole);
      long rowBlocks = blocks(rows);
      long wanted = (blocks + rowBlocks - 1) / rowBlocks;
      long splits = Math.max(1, Math.min(wanted, Math.min(blocks(charts), memory / list / rows)));
      int columns = (int) Math.max(1, blocks((charts + splits - 1) / splits)) * Device.THREADS;
      return new Split(rows, columns, Math.max(1, (charts + columns - 1) / columns));
    }

    private static long blocks(long threads) {
      return (threads + Device.THREADS - 1) / Device.THREADS;
    }

    /** The bytes of all lists of a launch. */
    long bytes(int places) {
      return ((long) PARTNER * places + Integer.BYTES) * rows * splits;
    }
  }
}
