package io.cosmichub.kernels.cuda;

import jcuda.driver.CUresult;

/** Checks the status of every call to the driver. */
final class CudaCall {

  private CudaCall() {}

  /** {@link DeviceException} unless {@code status} is success. */
  static void check(String operation, int status) {
    if (status != CUresult.CUDA_SUCCESS) {
      throw DeviceException.failed(operation, status, CUresult.stringFor(status));
    }
  }
}
