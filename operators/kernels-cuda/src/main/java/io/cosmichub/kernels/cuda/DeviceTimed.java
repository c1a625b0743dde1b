package io.cosmichub.kernels.cuda;

/** Can say how long its device computed, copies left out. */
public interface DeviceTimed {

  /**
   * Nanoseconds that the device has spent computing since it was opened, for whomever; what it
   * computes side by side counts once.
   */
  long deviceNanos();
}
