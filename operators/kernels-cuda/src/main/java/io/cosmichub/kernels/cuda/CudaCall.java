package io.cosmichub.kernels.cuda;

import jcuda.driver.CUresult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the status of every call to the driver. */
final class CudaCall {

  private static final Logger LOG = LoggerFactory.getLogger(CudaCall.class);

  private CudaCall() {}

  /** {@link DeviceException} unless {@code status} is success. */
  static void check(String operation, int status) {
    if (status != CUresult.CUDA_SUCCESS) {
      throw failure(operation, status);
    }
  }

  /** Logs a status that is not success, where another failure is on its way to the caller. */
  static void note(String operation, int status) {
    if (status != CUresult.CUDA_SUCCESS) {
      LOG.warn("After a failure: {}", failure(operation, status).getMessage());
    }
  }

  private static DeviceException failure(String operation, int status) {
    return DeviceException.failed(operation, status, CUresult.stringFor(status));
  }
}
