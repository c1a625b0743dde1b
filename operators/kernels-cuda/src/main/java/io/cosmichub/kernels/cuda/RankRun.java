package io.cosmichub.kernels.cuda;

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
 * One ranking, of all charts against all or of one block of that. The charts stay on the device;
 * rows go in chunks on alternating streams, each against all columns, and only the best partners of
 * each row come back.
 */
final class RankRun implements AutoCloseable {

  private static final int UPLOAD_CHARTS = 1 << 16;
  private static final int HISTOGRAM_BYTES = Long.BYTES * Ranking.BINS;

  private static final int PARTNER = RankSplit.PARTNER;

  private final DeviceSession session;
  private final PolicyTable policy;
  private final Duration timeout;
  private final long memory;
  private final ChartBlock charts;
  private final Ranking ranking;
  private final int blocksToFill;
  private final List<Lease<?>> leases = new ArrayList<>();
  // Set on the device thread: a step that never had its turn leaves nothing to wait for.
  private boolean underWay;

  /** Ranks charts into {@code ranking}, which is of all of them. */
  RankRun(
      DeviceSession session,
      PolicyTable policy,
      Duration timeout,
      long memory,
      ChartBlock charts,
      Ranking ranking) {
    this.session = session;
    this.policy = policy;
    this.timeout = timeout;
    this.memory = memory;
    this.charts = charts;
    this.ranking = ranking;
    blocksToFill = session.thread().ask("ask the size", timeout, Device::blocksToFill);
  }

  /**
   * Charts {@code from} to {@code to} with each other; tells of each chunk on the caller's thread.
   */
  void all(int from, int to, Progress progress) {
    int size = to - from;
    if (size < 2) {
      progress.pairs(0, 0);
      return;
    }
    DeviceMemory lines = lease(session.memory(), (long) Pairs.LINE * size);
    DeviceMemory histogram = start();
    upload(from, to, lines, 0);
    new Sweep(from, size, from, size, size - 1, lines.address(), 0, histogram).run(progress);
    count(histogram);
  }

  /** Charts {@code fromRow} to {@code toRow} with those of a range that comes after them. */
  void block(int fromRow, int toRow, int fromColumn, int toColumn) {
    int rows = toRow - fromRow;
    int columns = toColumn - fromColumn;
    if (rows == 0 || columns == 0) {
      return;
    }
    DeviceMemory lines = lease(session.memory(), (long) Pairs.LINE * (rows + columns));
    DeviceMemory histogram = start();
    upload(fromRow, toRow, lines, 0);
    upload(fromColumn, toColumn, lines, rows);
    long second = lines.address() + (long) Pairs.LINE * rows;
    // The rows lie before the columns, which counts each pair; and once more the other way round.
    new Sweep(fromRow, rows, fromColumn, columns, columns, second, -rows, histogram)
        .run(Progress.NONE);
    new Sweep(fromColumn, columns, fromRow, rows, rows, lines.address(), rows, histogram)
        .run(Progress.NONE);
    count(histogram);
  }

  private DeviceMemory start() {
    DeviceMemory histogram = lease(session.memory(), HISTOGRAM_BYTES);
    begin("clear", device -> device.clear(0, histogram, HISTOGRAM_BYTES));
    return histogram;
  }

  private void count(DeviceMemory histogram) {
    HostMemory bins = lease(session.host(), HISTOGRAM_BYTES);
    begin(
        "fetch the histogram",
        device -> {
          device.download(0, histogram, 0, bins, 0, HISTOGRAM_BYTES);
          device.synchronize(0);
        });
    underWay = false;
    ranking.count(bins.bytes().position(0).asLongBuffer());
  }

  /** Puts charts where the line of number {@code line} begins. */
  private void upload(int fromChart, int toChart, DeviceMemory lines, int line) {
    int most = Math.min(toChart - fromChart, UPLOAD_CHARTS);
    HostMemory piece = lease(session.host(), (long) Pairs.LINE * most);
    for (int first = fromChart; first < toChart; first += most) {
      int to = Math.min(toChart, first + most);
      charts.copy(first, to, piece.bytes().position(0).asIntBuffer());
      long offset = (long) Pairs.LINE * (line + first - fromChart);
      long bytes = (long) Pairs.LINE * (to - first);
      begin(
          "upload charts",
          device -> {
            device.upload(0, piece, lines, offset, bytes);
            device.synchronize(0);
          });
      underWay = false;
    }
  }

  /** Has a step done after which {@link #close} may have to wait. */
  private void begin(String operation, DeviceThread.Task task) {
    session
        .thread()
        .call(
            operation,
            timeout,
            device -> {
              underWay = true;
              task.on(device);
            });
  }

  private <M> M lease(BufferPool<M> pool, long bytes) {
    Lease<M> lease = pool.lease(bytes);
    leases.add(lease);
    return lease.memory();
  }

  /** Returns the memory, once nothing is under way in it. */
  @Override
  public void close() {
    if (underWay) {
      session.stop(
          timeout,
          device -> {
            for (int stream = 0; stream < Device.STREAMS; stream++) {
              device.synchronize(stream);
            }
          });
    }
    leases.forEach(Lease::close);
  }

  /** Some rows against some columns: each row gets its best partners among the columns. */
  private final class Sweep {
    private final int firstRow;
    private final int rows;
    private final int firstColumn;
    private final int columns;
    private final int places;
    private final long address;
    private final int ahead;
    private final DeviceMemory histogram;
    private final RankSplit split;

    /**
     * Charts by their numbers. Each row has {@code partners}; the lines of the columns begin at
     * {@code address}, those of the rows {@code ahead} lines after that.
     */
    private Sweep(
        int firstRow,
        int rows,
        int firstColumn,
        int columns,
        int partners,
        long address,
        int ahead,
        DeviceMemory histogram) {
      this.firstRow = firstRow;
      this.rows = rows;
      this.firstColumn = firstColumn;
      this.columns = columns;
      this.address = address;
      this.ahead = ahead;
      this.histogram = histogram;
      places = Math.min(ranking.best(), partners);
      split = RankSplit.of(rows, columns, places, memory / (2L * Device.STREAMS), blocksToFill);
    }

    void run(Progress progress) {
      int before = leases.size();
      List<Slot> slots = new ArrayList<>();
      int started = 0;
      for (int first = 0; first < rows; first += split.rows()) {
        int stream = started++ % Device.STREAMS;
        if (slots.size() <= stream) {
          slots.add(new Slot(this, stream));
        }
        slots.get(stream).finish(progress);
        slots.get(stream).start(first, Math.min(split.rows(), rows - first));
      }
      for (int last = 0; last < slots.size(); last++) {
        slots.get(started++ % slots.size()).finish(progress);
      }
      underWay = false;
      List<Lease<?>> used = leases.subList(before, leases.size());
      used.forEach(Lease::close);
      used.clear();
    }
  }

  /** Room for the lists of a chunk of rows, and the chunk that is under way in it. */
  private final class Slot {
    private final Sweep sweep;
    private final int stream;
    private final Work work = new Work(policy);
    private final DeviceMemory lists;
    private final HostMemory out;
    private int first;
    private int rows;

    private Slot(Sweep sweep, int stream) {
      this.sweep = sweep;
      this.stream = stream;
      RankSplit split = sweep.split;
      lists = lease(session.memory(), split.bytes(sweep.places));
      out = lease(session.host(), (long) PARTNER * sweep.places * split.rows());
      work.set(Work.At.A, sweep.address)
          .set(Work.At.HISTOGRAM, sweep.histogram.address())
          .set(Work.At.SCORES, lists.address())
          .set(Work.Of.CHARTS, sweep.columns)
          .set(Work.Of.COLUMNS_PER_SPLIT, split.columns())
          .set(Work.Of.SPLITS, split.splits())
          .set(Work.Of.BEST, sweep.places);
    }

    void start(int firstRow, int count) {
      first = firstRow;
      rows = count;
      work.set(Work.At.PARTNERS, lists.address() + atPartners())
          .set(Work.At.COUNTS, lists.address() + atCounts())
          .set(Work.Of.FIRST_ROW, sweep.ahead + first)
          .set(Work.Of.ROWS, rows);
      begin("rank", this::enqueue);
    }

    /**
     * Lists of scores, then lists of partners, then their lengths; those of the first split lead.
     */
    private long atPartners() {
      return (long) Long.BYTES * sweep.places * rows * sweep.split.splits();
    }

    private long atCounts() {
      return (long) PARTNER * sweep.places * rows * sweep.split.splits();
    }

    @OnDeviceThread
    private void enqueue(Device device) {
      int blocks = (rows + Device.THREADS - 1) / Device.THREADS;
      device.launch(stream, policy.rank(), blocks, sweep.split.splits(), work);
      device.launch(stream, Device.Entry.MERGE_LISTS, blocks, 1, work);
      long lists = (long) sweep.places * rows;
      device.download(stream, this.lists, 0, out, 0, Long.BYTES * lists);
      device.download(
          stream, this.lists, atPartners(), out, Long.BYTES * lists, Integer.BYTES * lists);
    }

    void finish(Progress progress) {
      if (rows > 0) {
        session.thread().call("fetch a ranking", timeout, device -> device.synchronize(stream));
        ByteBuffer bytes = out.bytes();
        ranking.offer(
            sweep.firstRow + first,
            rows,
            sweep.places,
            sweep.firstColumn,
            bytes.position(Long.BYTES * sweep.places * rows).asIntBuffer(),
            bytes.position(0).asLongBuffer());
        long size = sweep.rows;
        long end = first + (long) rows;
        rows = 0;
        progress.pairs(end * (size - 1) - end * (end - 1) / 2, size * (size - 1) / 2);
      }
    }
  }
}
