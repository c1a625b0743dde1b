package io.cosmichub.kernels.cuda;

import io.cosmichub.kernels.cuda.Device.DeviceMemory;
import io.cosmichub.kernels.cuda.Device.HostMemory;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** A device while it is open: its thread, and the memory that calls share one after the other. */
final class DeviceSession implements AutoCloseable {

  private final DeviceThread thread;
  private final Duration timeout;
  private final BufferPool<HostMemory> host;
  private final BufferPool<DeviceMemory> memory;

  /**
   * Opens a device; up to {@code kept} bytes on either side, in {@code sizes}, stay allocated
   * between calls.
   */
  DeviceSession(
      Supplier<? extends Device> opening, Duration timeout, long kept, LongUnaryOperator sizes) {
    this.timeout = timeout;
    thread = DeviceThread.open(opening, timeout);
    host =
        new BufferPool<>(
            kept,
            sizes,
            bytes ->
                thread.ask(
                    "allocate host memory",
                    timeout,
                    device -> device.allocateHost(Math.toIntExact(bytes))),
            freed -> dropped(device -> device.free(freed)));
    memory =
        new BufferPool<>(
            kept,
            sizes,
            bytes ->
                thread.ask("allocate device memory", timeout, device -> device.allocate(bytes)),
            freed -> dropped(device -> device.free(freed)));
  }

  DeviceThread thread() {
    return thread;
  }

  BufferPool<HostMemory> host() {
    return host;
  }

  BufferPool<DeviceMemory> memory() {
    return memory;
  }

  /**
   * Waits by {@code wait} until nothing is under way in leased memory, so that it can be returned.
   * Where that fails the device is given up, for it may write there at any time.
   */
  void stop(Duration timeout, DeviceThread.Task wait) {
    if (thread.retired() == null) {
      try {
        thread.call("stop", timeout, wait);
      } catch (RuntimeException failed) {
        thread.distrust("what was under way could not be stopped: " + failed.getMessage());
      }
    }
  }

  @Override
  public void close() {
    if (thread.retired() == null) {
      host.clear();
      memory.clear();
    }
    thread.close();
  }

  /** Memory of a lost context needs no freeing. */
  private void dropped(DeviceThread.Task task) {
    if (thread.retired() == null) {
      thread.call("free", timeout, task);
    }
  }
}
