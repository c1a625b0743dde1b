package io.cosmichub.kernels.cuda;

import java.nio.ByteBuffer;

/**
 * A device as the kernel sees it: memory on both sides, two streams, and the entry points of the
 * device code. What stands in a stream runs in its order, at any time until {@link #synchronize}
 * returns. A failure is a {@link DeviceException}.
 */
@OnDeviceThread
interface Device extends AutoCloseable {

  /** How many streams there are. */
  int STREAMS = 2;

  /** Threads of a block. */
  int THREADS = 128;

  /** Memory of this machine that the device copies from and to. */
  interface HostMemory {

    /** All of it, in the machine's byte order, from 0 to its capacity. */
    ByteBuffer bytes();
  }

  /** Memory of the device. */
  interface DeviceMemory {

    /** Where it starts, as device code sees it. */
    long address();

    /** How long it is. */
    long bytes();
  }

  /** An entry point of the device code, which has its name in lower case. */
  enum Entry {
    PACKED_SETS,
    DENSE_SETS,
    PAIR_SCORES,
    RANK_TEN,
    RANK_SIXTEEN,
    RANK_ANY,
    MERGE_LISTS
  }

  /** How many blocks should be there at a time to keep the device busy. */
  int blocksToFill();

  /** Memory of this machine that does not move. */
  HostMemory allocateHost(int bytes);

  /** Memory of the device. */
  DeviceMemory allocate(long bytes);

  /** Gives memory of this machine back. */
  void free(HostMemory memory);

  /** Gives memory of the device back. */
  void free(DeviceMemory memory);

  /** Fills with zeros; the length is a multiple of 4. */
  void clear(int stream, DeviceMemory memory, long bytes);

  /** Copies the first bytes of {@code from} to a place of the device's memory. */
  void upload(int stream, HostMemory from, DeviceMemory to, long offset, long bytes);

  /** Copies from a place of the device's memory to a place of {@code to}. */
  void download(
      int stream, DeviceMemory from, long offset, HostMemory to, long toOffset, long bytes);

  /** Starts blocks of {@link #THREADS} threads; {@code work} may be used again at once. */
  void launch(int stream, Entry entry, int blocks, int blocksDown, Work work);

  /** Waits until all that stands in a stream is done. */
  void synchronize(int stream);

  /** Nanoseconds in which at least one launch was computed, of streams that were synchronized. */
  long computeNanos();

  /** Gives everything back. */
  @Override
  void close();
}
