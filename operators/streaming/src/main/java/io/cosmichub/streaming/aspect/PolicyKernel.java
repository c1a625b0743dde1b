package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.guard.KernelEvents;
import java.util.function.Function;
import org.apache.flink.metrics.MetricGroup;

/** The kernel for pairs under one policy, and what of it computes without a device. */
record PolicyKernel(AspectPolicy policy, AspectKernel kernel, AspectKernel withoutDevice)
    implements AutoCloseable {

  /** Opens a kernel; its metrics are under its name with {@code suffix} behind it. */
  static PolicyKernel open(
      KernelSource kernels, AspectPolicy policy, int subtask, MetricGroup metrics, String suffix) {
    Function<String, KernelEvents> events = name -> new KernelMetrics(metrics, name + suffix);
    AspectKernel kernel = kernels.open(policy, subtask, events);
    KernelMetrics.chosen(metrics, kernel.name() + suffix);
    return new PolicyKernel(policy, kernel, kernel.withoutDevice());
  }

  boolean hasDevice() {
    return kernel != withoutDevice;
  }

  @Override
  public void close() {
    kernel.close();
  }
}
