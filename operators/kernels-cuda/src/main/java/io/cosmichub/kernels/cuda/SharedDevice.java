package io.cosmichub.kernels.cuda;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernelProvider.Probe;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.KernelSettings;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One device for all kernels of a process: opened by the first, closed with the last. Once retired,
 * be it while it opened, it stays so, and no kernel opens any more.
 */
final class SharedDevice {

  /** Under which the process remembers why it lost the device, when classes are loaded anew. */
  static final String LOST = "cosmichub.kernel.cuda.lost";

  private final Supplier<? extends Device> opening;
  private final Properties process;
  private @Nullable DeviceSession session;
  private @Nullable DeviceException retired;
  private boolean had;
  private int users;

  /** Opens by {@code opening}; {@code process} are the properties of the process. */
  SharedDevice(Supplier<? extends Device> opening, Properties process) {
    this.opening = opening;
    this.process = process;
  }

  /**
   * Opens a kernel; {@link DeviceException} if the device does not open or is retired, and {@link
   * IllegalArgumentException} if it never did and no other attempt can open it either.
   */
  synchronized BatchKernel open(AspectPolicy policy, KernelSettings settings) {
    DeviceException why = retired();
    if (why != null) {
      throw DeviceException.retired("open", why);
    }
    DeviceSession open = session == null ? start(settings) : session;
    session = open;
    had = true;
    BatchKernel kernel = new DeviceKernel(policy, settings, open, this::release);
    users++;
    return kernel;
  }

  private DeviceSession start(KernelSettings settings) {
    try {
      return new DeviceSession(
          opening, settings.timeout(), settings.memory(), BufferPool::powerOfTwo);
    } catch (DeviceException failed) {
      if (failed.lasts() && !had) {
        throw new IllegalArgumentException(
            "no kernel '" + CudaKernelProvider.NAME + "': " + failed.getMessage(), failed);
      }
      if (failed.poisons() || failed.lasts()) {
        retired = failed;
      }
      throw failed;
    }
  }

  /**
   * What {@code look} finds, unless the device is given up: then it is lost, or refused if it never
   * opened.
   */
  Probe probe(Supplier<Probe> look) {
    DeviceException why = retired();
    if (why == null) {
      return look.get();
    }
    String reason = "the device was given up after: " + why.getMessage();
    return wasHad() ? Probe.lost(reason) : Probe.refused(reason);
  }

  private synchronized boolean wasHad() {
    return had;
  }

  /** Why the device is given up, or null. */
  synchronized @Nullable DeviceException retired() {
    if (retired == null && session != null) {
      retired = session.thread().retired();
    }
    String before = process.getProperty(LOST);
    if (retired == null && before != null) {
      retired = DeviceException.givenUp(before);
      had = true;
    }
    if (retired != null && had) {
      process.putIfAbsent(LOST, retired.getMessage());
    }
    return retired;
  }

  private synchronized void release() {
    users--;
    retired();
    if (users == 0 && session != null) {
      session.close();
      session = null;
    }
  }
}
