package io.cosmichub.kernels.cuda;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device that does nothing and gives zeros back, or other bytes, and remembers how often memory
 * was asked of it and whether it was closed.
 */
final class IdleDevice implements Device {

  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger allocations = new AtomicInteger();
  private final byte answer;

  /** Gives zeros back. */
  IdleDevice() {
    this((byte) 0);
  }

  /** Gives nothing back but the byte {@code answer}. */
  IdleDevice(byte answer) {
    this.answer = answer;
  }

  /** Opens when the device is closed. */
  CountDownLatch closed() {
    return closed;
  }

  /** How often memory was allocated, on either side. */
  int allocations() {
    return allocations.get();
  }

  @Override
  public int blocksToFill() {
    return 1;
  }

  @Override
  public HostMemory allocateHost(int bytes) {
    allocations.incrementAndGet();
    ByteBuffer memory = ByteBuffer.allocate(bytes);
    return () -> memory;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    allocations.incrementAndGet();
    return new Nowhere(bytes);
  }

  @Override
  public void free(HostMemory memory) {}

  @Override
  public void free(DeviceMemory memory) {}

  @Override
  public void clear(int stream, DeviceMemory memory, long bytes) {}

  @Override
  public void upload(int stream, HostMemory from, DeviceMemory to, long offset, long bytes) {}

  @Override
  public void download(
      int stream, DeviceMemory from, long offset, HostMemory to, long toOffset, long bytes) {
    int first = Math.toIntExact(toOffset);
    Arrays.fill(to.bytes().array(), first, first + Math.toIntExact(bytes), answer);
  }

  @Override
  public void launch(int stream, Entry entry, int blocks, int blocksDown, Work work) {}

  @Override
  public void synchronize(int stream) {}

  @Override
  public long computeNanos() {
    return 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private record Nowhere(long bytes) implements DeviceMemory {

    @Override
    public long address() {
      return 0;
    }
  }
}
