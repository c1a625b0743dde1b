package io.cosmichub.kernels.cuda;

import io.cosmichub.kernels.cuda.BufferPool.Lease;
import io.cosmichub.kernels.cuda.Device.DeviceMemory;
import io.cosmichub.kernels.cuda.Device.HostMemory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call over pairs, in chunks on alternating streams: while one chunk is computed, the other is
 * copied. The caller's thread copies from and to its own arrays, the device thread does the rest.
 */
final class PairRun {

  private static final int MOST_PAIRS = 1 << 16;

  private final DeviceSession session;
  private final PolicyTable policy;
  private final Duration timeout;
  private final long memory;

  PairRun(DeviceSession session, PolicyTable policy, Duration timeout, long memory) {
    this.session = session;
    this.policy = policy;
    this.timeout = timeout;
    this.memory = memory;
  }

  /** Computes all pairs and hands them to {@code output} in order. */
  void compute(Pairs pairs, PairOutput output) {
    int chunk = Math.min(pairs.count(), chunk(output));
    List<Slot> slots = new ArrayList<>();
    try {
      int started = 0;
      for (int first = 0; first < pairs.count(); first += chunk) {
        int stream = started++ % Device.STREAMS;
        if (slots.size() <= stream) {
          slots.add(new Slot(stream, pairs, chunk, output));
        }
        slots.get(stream).finish();
        slots.get(stream).start(first, Math.min(chunk, pairs.count() - first));
      }
      for (int last = 0; last < slots.size(); last++) {
        slots.get(started++ % slots.size()).finish();
      }
    } finally {
      slots.forEach(Slot::close);
    }
  }

  /** The pairs of a chunk: two of them, on both sides, take half of the memory. */
  private int chunk(PairOutput output) {
    long pair =
        Pairs.MOST_BYTES
            + (output.bytes(Device.THREADS) + output.mostFurther(Device.THREADS)) / Device.THREADS;
    long fit = memory / (2L * Device.STREAMS * pair) / Device.THREADS * Device.THREADS;
    return (int) Math.max(Device.THREADS, Math.min(MOST_PAIRS, fit));
  }

  /** Room for one chunk, and what is under way in it. */
  private final class Slot implements AutoCloseable {
    private final int stream;
    private final Pairs pairs;
    private final PairOutput output;
    private final Work work = new Work(policy);
    private final List<Lease<?>> leases = new ArrayList<>();
    private final HostMemory in;
    private final HostMemory out;
    private final @Nullable HostMemory furtherOut;
    private final DeviceMemory deviceIn;
    private final DeviceMemory deviceOut;
    private final @Nullable DeviceMemory deviceFurther;
    private int underWay;
    // Set on the device thread: a step that never had its turn leaves nothing to wait for.
    private boolean begun;

    private Slot(int stream, Pairs pairs, int chunk, PairOutput output) {
      this.stream = stream;
      this.pairs = pairs;
      this.output = output;
      boolean further = output.mostFurther(chunk) > 0;
      boolean whole = false;
      try {
        in = lease(session.host(), pairs.bytes(chunk));
        out = lease(session.host(), output.bytes(chunk));
        furtherOut = further ? lease(session.host(), output.mostFurther(chunk)) : null;
        deviceIn = lease(session.memory(), pairs.bytes(chunk));
        deviceOut = lease(session.memory(), output.bytes(chunk));
        deviceFurther = further ? lease(session.memory(), output.mostFurther(chunk)) : null;
        whole = true;
      } finally {
        if (!whole) {
          leases.forEach(Lease::close);
        }
      }
    }

    private <M> M lease(BufferPool<M> pool, long bytes) {
      Lease<M> lease = pool.lease(bytes);
      leases.add(lease);
      return lease.memory();
    }

    void start(int first, int count) {
      pairs.copy(first, count, in.bytes());
      long at = deviceIn.address();
      work.set(Work.At.A, at)
          .set(Work.At.B, at + pairs.atB(count))
          .set(Work.At.MOVED_A, pairs.moved() == null ? 0 : at + pairs.atMovedOfA(count))
          .set(Work.At.MOVED_B, pairs.moved() == null ? 0 : at + pairs.atMovedOfB(count))
          .set(Work.Of.ADVANCE_A, pairs.advance())
          .set(Work.Of.PAIRS, count);
      output.describe(
          work, count, deviceOut.address(), deviceFurther == null ? 0 : deviceFurther.address());
      underWay = count;
      session.thread().call("compute pairs", timeout, device -> enqueue(device, count));
    }

    @OnDeviceThread
    private void enqueue(Device device, int count) {
      begun = true;
      device.upload(stream, in, deviceIn, 0, pairs.bytes(count));
      if (output.cleared() > 0) {
        device.clear(stream, deviceOut, output.cleared());
      }
      long threads = output.threads(count);
      int blocks = Math.toIntExact((threads + Device.THREADS - 1) / Device.THREADS);
      device.launch(stream, output.entry(), blocks, 1, work);
      device.download(stream, deviceOut, 0, out, 0, output.bytes(count));
    }

    /** Waits for the chunk that is under way, if one is, and hands it over. */
    void finish() {
      if (underWay > 0) {
        session.thread().call("fetch pairs", timeout, this::fetch);
        int count = underWay;
        underWay = 0;
        ByteBuffer further = furtherOut == null ? out.bytes() : furtherOut.bytes();
        output.take(count, out.bytes().position(0), further.position(0));
      }
    }

    @OnDeviceThread
    private void fetch(Device device) {
      device.synchronize(stream);
      long further = output.further(out.bytes());
      if (further < 0 || further > output.mostFurther(underWay)) {
        throw new IllegalStateException(further + " bytes of hits for " + underWay + " pairs");
      }
      if (further > 0 && deviceFurther != null && furtherOut != null) {
        device.download(stream, deviceFurther, 0, furtherOut, 0, further);
        device.synchronize(stream);
      }
      begun = false;
    }

    /** Returns the memory, once nothing is under way in it. */
    @Override
    public void close() {
      if (begun) {
        session.stop(timeout, device -> device.synchronize(stream));
      }
      leases.forEach(Lease::close);
    }
  }
}
