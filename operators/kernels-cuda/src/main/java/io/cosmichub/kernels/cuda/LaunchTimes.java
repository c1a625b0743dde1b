package io.cosmichub.kernels.cuda;

import static io.cosmichub.kernels.cuda.CudaCall.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import jcuda.driver.CUevent;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** For how long a GPU computed, on either stream or on both, by events around each launch. */
@OnDeviceThread
final class LaunchTimes {

  private static final int NON_BLOCKING = 1;
  private static final int TIMED = 0;
  private static final double NANOS_A_MILLI = 1e6;

  /** Up to about here the driver, which answers in floats of milliseconds, tells microseconds. */
  private static final long FAR_NANOS = 8_000_000_000L;

  /*
   * All times are from one event, the base. It stands in a stream of its own and is waited for, so that it is over whenever another
   * event is held against it. A new one is made before a launch that finds none under way, once the last one lies far back.
   */
  private final CUstream clock = new CUstream();
  private final CUevent base = new CUevent();
  private final Deque<CUevent> idle = new ArrayDeque<>();
  private final List<Deque<CUevent>> recorded =
      IntStream.range(0, Device.STREAMS)
          .<Deque<CUevent>>mapToObj(stream -> new ArrayDeque<>())
          .toList();
  private final Spans spans = new Spans(Device.STREAMS);
  private long basedAt;

  LaunchTimes() {
    check("cuStreamCreate", JCudaDriver.cuStreamCreate(clock, NON_BLOCKING));
    check("cuEventCreate", JCudaDriver.cuEventCreate(base, TIMED));
    setBase();
  }

  /** Has {@code launch} put something into a stream, of that number, and times it. */
  void timed(int number, CUstream stream, Runnable launch) {
    if (noneUnderWay() && System.nanoTime() - basedAt > FAR_NANOS) {
      setBase();
    }
    CUevent from = record(stream);
    try {
      launch.run();
    } catch (DeviceException failed) {
      idle.addLast(from);
      throw failed;
    }
    CUevent to = record(stream);
    recorded.get(number).addLast(from);
    recorded.get(number).addLast(to);
  }

  /** A stream was waited for. */
  void synchronizedWith(int number) {
    Deque<CUevent> over = recorded.get(number);
    while (!over.isEmpty()) {
      CUevent from = over.removeFirst();
      CUevent to = over.removeFirst();
      long begin = nanos(base, from);
      spans.add(number, begin, begin + nanos(from, to));
      idle.addLast(from);
      idle.addLast(to);
    }
    if (noneUnderWay()) {
      spans.quiet();
    }
  }

  /** Nanoseconds in which at least one launch was computed, of streams that were waited for. */
  long computeNanos() {
    return spans.union();
  }

  void close() {
    List<CUevent> events = new ArrayList<>(idle);
    recorded.forEach(events::addAll);
    events.add(base);
    for (CUevent event : events) {
      check("cuEventDestroy", JCudaDriver.cuEventDestroy(event));
    }
    check("cuStreamDestroy", JCudaDriver.cuStreamDestroy(clock));
  }

  private boolean noneUnderWay() {
    return recorded.stream().allMatch(Deque::isEmpty);
  }

  private void setBase() {
    check("cuEventRecord", JCudaDriver.cuEventRecord(base, clock));
    check("cuEventSynchronize", JCudaDriver.cuEventSynchronize(base));
    basedAt = System.nanoTime();
  }

  private CUevent record(CUstream stream) {
    CUevent event = idle.pollFirst();
    if (event == null) {
      event = new CUevent();
      check("cuEventCreate", JCudaDriver.cuEventCreate(event, TIMED));
    }
    check("cuEventRecord", JCudaDriver.cuEventRecord(event, stream));
    return event;
  }

  private static long nanos(CUevent from, CUevent to) {
    float[] millis = new float[1];
    check("cuEventElapsedTime", JCudaDriver.cuEventElapsedTime(millis, from, to));
    return (long) (millis[0] * NANOS_A_MILLI);
  }
}
