package io.cosmichub.kernels.cuda;

import static io.cosmichub.kernels.cuda.CudaCall.check;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * The first NVIDIA GPU, through the driver API. Uses its primary context, which the driver counts
 * the users of.
 */
@OnDeviceThread
final class CudaDevice implements Device {

  private static final String PTX = "aspects.ptx";

  /** Blocks of a multiprocessor at a time, and some waves of them so that the last one is short. */
  private static final int BLOCKS_A_MULTIPROCESSOR = 32;

  private static final int NON_BLOCKING = 1;

  private final CUdevice device = new CUdevice();
  private final CUcontext context = new CUcontext();
  private final CUmodule module = new CUmodule();
  private final Map<Entry, CUfunction> entries = new EnumMap<>(Entry.class);
  private final List<CUstream> streams = new ArrayList<>();
  private final int multiprocessors;
  private final LaunchTimes times;

  /** Opens it; on the thread that will use it. */
  CudaDevice() {
    // Statuses are checked one by one, in the one place that knows what each of them means.
    JCudaDriver.setExceptionsEnabled(false);
    check("cuInit", JCudaDriver.cuInit(0));
    check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, 0));
    check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(context, device));
    boolean opened = false;
    try {
      check("cuCtxSetCurrent", JCudaDriver.cuCtxSetCurrent(context));
      multiprocessors = multiprocessors();
      load();
      for (Entry entry : Entry.values()) {
        CUfunction function = new CUfunction();
        String name = entry.name().toLowerCase(Locale.ROOT);
        check(
            "cuModuleGetFunction " + name, JCudaDriver.cuModuleGetFunction(function, module, name));
        entries.put(entry, function);
      }
      for (int stream = 0; stream < STREAMS; stream++) {
        streams.add(stream());
      }
      times = new LaunchTimes();
      opened = true;
    } finally {
      if (!opened) {
        CudaCall.note("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
      }
    }
  }

  @Override
  public int blocksToFill() {
    return BLOCKS_A_MULTIPROCESSOR * multiprocessors;
  }

  @Override
  public HostMemory allocateHost(int bytes) {
    Pointer pointer = new Pointer();
    check("cuMemAllocHost", JCudaDriver.cuMemAllocHost(pointer, bytes));
    return new PinnedMemory(
        pointer, pointer.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()));
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    Address address = new Address();
    check("cuMemAlloc", JCudaDriver.cuMemAlloc(address, bytes));
    return new GlobalMemory(address, bytes);
  }

  @Override
  public void free(HostMemory memory) {
    check("cuMemFreeHost", JCudaDriver.cuMemFreeHost(((PinnedMemory) memory).pointer()));
  }

  @Override
  public void free(DeviceMemory memory) {
    check("cuMemFree", JCudaDriver.cuMemFree(((GlobalMemory) memory).start()));
  }

  @Override
  public void clear(int stream, DeviceMemory memory, long bytes) {
    check(
        "cuMemsetD32Async",
        JCudaDriver.cuMemsetD32Async(at(memory, 0), 0, bytes / Integer.BYTES, streams.get(stream)));
  }

  @Override
  public void upload(int stream, HostMemory from, DeviceMemory to, long offset, long bytes) {
    check(
        "cuMemcpyHtoDAsync",
        JCudaDriver.cuMemcpyHtoDAsync(
            at(to, offset), ((PinnedMemory) from).pointer(), bytes, streams.get(stream)));
  }

  @Override
  public void download(
      int stream, DeviceMemory from, long offset, HostMemory to, long toOffset, long bytes) {
    check(
        "cuMemcpyDtoHAsync",
        JCudaDriver.cuMemcpyDtoHAsync(
            ((PinnedMemory) to).pointer().withByteOffset(toOffset),
            at(from, offset),
            bytes,
            streams.get(stream)));
  }

  @Override
  public void launch(int stream, Entry entry, int blocks, int blocksDown, Work work) {
    CUfunction function = entries.get(entry);
    ByteBuffer bytes = work.bytes();
    CUstream on = streams.get(stream);
    times.timed(
        stream,
        on,
        () ->
            check(
                "cuLaunchKernel " + entry,
                JCudaDriver.cuLaunchKernel(
                    function,
                    blocks,
                    blocksDown,
                    1,
                    THREADS,
                    1,
                    1,
                    0,
                    on,
                    Pointer.to(Pointer.to(bytes)),
                    null)));
  }

  @Override
  public void synchronize(int stream) {
    check("cuStreamSynchronize", JCudaDriver.cuStreamSynchronize(streams.get(stream)));
    times.synchronizedWith(stream);
  }

  @Override
  public long computeNanos() {
    return times.computeNanos();
  }

  @Override
  public void close() {
    times.close();
    for (CUstream stream : streams) {
      check("cuStreamDestroy", JCudaDriver.cuStreamDestroy(stream));
    }
    check("cuModuleUnload", JCudaDriver.cuModuleUnload(module));
    check("cuDevicePrimaryCtxRelease", JCudaDriver.cuDevicePrimaryCtxRelease(device));
  }

  private static CUstream stream() {
    CUstream stream = new CUstream();
    check("cuStreamCreate", JCudaDriver.cuStreamCreate(stream, NON_BLOCKING));
    return stream;
  }

  private int multiprocessors() {
    int[] count = new int[1];
    check(
        "cuDeviceGetAttribute",
        JCudaDriver.cuDeviceGetAttribute(count, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device));
    return count[0];
  }

  private static CUdeviceptr at(DeviceMemory memory, long offset) {
    return new Address(((GlobalMemory) memory).start(), offset);
  }

  /**
   * Has the driver compile the device code, which may take seconds. The text lies outside the heap:
   * an array would stand still for so long, and the garbage collector with it.
   */
  private void load() {
    byte[] text = ptx();
    // One more byte: the zero that ends the text.
    ByteBuffer image = ByteBuffer.allocateDirect(text.length + 1).put(0, text);
    Pointer noValues = Pointer.to(ByteBuffer.allocateDirect(Long.BYTES));
    check(
        "cuModuleLoadDataEx",
        JCudaDriver.cuModuleLoadDataEx(module, Pointer.to(image), 0, new int[0], noValues));
  }

  private static byte[] ptx() {
    try (InputStream resource = CudaDevice.class.getResourceAsStream(PTX)) {
      if (resource == null) {
        throw new IllegalStateException("no resource " + PTX);
      }
      return resource.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private record PinnedMemory(Pointer pointer, ByteBuffer bytes) implements HostMemory {}

  private record GlobalMemory(Address start, long bytes) implements DeviceMemory {

    @Override
    public long address() {
      return start.value();
    }
  }

  /** A device address whose number can be read. */
  private static final class Address extends CUdeviceptr {

    private Address() {}

    private Address(Address start, long offset) {
      super(start, offset);
    }

    private long value() {
      return getNativePointer();
    }
  }
}
