package io.cosmichub.kernels.cuda;

import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static jcuda.driver.CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;

import io.cosmichub.kernels.AspectKernelProvider.Probe;
import java.nio.charset.StandardCharsets;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/** Looks whether there is a device, without opening it. */
final class CudaProbe {

  private CudaProbe() {}

  /** What there is, or in words why it cannot be used; never throws. */
  static Probe probe() {
    String refusal = CudaNatives.refusal();
    if (refusal != null) {
      return Probe.refused(refusal);
    }
    try {
      return Driver.look();
    } catch (LinkageError | RuntimeException failed) {
      return Probe.refused(String.valueOf(failed.getMessage()));
    }
  }

  /** The only part that names JCuda: loaded once its library is. */
  private static final class Driver {

    /** What the PTX is made for: Turing and later. */
    private static final int LEAST_CAPABILITY = 75;

    private static final int NAME_BYTES = 256;

    static Probe look() {
      CudaCall.check("cuInit", JCudaDriver.cuInit(0));
      int[] number = new int[1];
      CudaCall.check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(number));
      if (number[0] == 0) {
        return Probe.refused("the driver sees no device");
      }
      CUdevice device = new CUdevice();
      CudaCall.check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, 0));
      int capability =
          10 * attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device)
              + attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
      byte[] name = new byte[NAME_BYTES];
      CudaCall.check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, NAME_BYTES, device));
      CudaCall.check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(number));
      String words =
          "%s, compute capability %d.%d, driver for CUDA %d.%d"
              .formatted(
                  new String(name, StandardCharsets.UTF_8).replace("\0", "").strip(),
                  capability / 10,
                  capability % 10,
                  number[0] / 1000,
                  number[0] % 1000 / 10);
      return capability < LEAST_CAPABILITY
          ? Probe.refused(words + ": older than compute capability 7.5")
          : Probe.usable(words);
    }

    private static int attribute(int which, CUdevice device) {
      int[] value = new int[1];
      CudaCall.check(
          "cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, which, device));
      return value[0];
    }
  }
}
