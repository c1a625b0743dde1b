package io.cosmichub.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What one call took on the GPU and on the CPU.
 *
 * @param operation what was computed
 * @param size pairs of a batch, or charts of all against all
 * @param gpuNanos on the GPU, from call to result, or null if there is none
 * @param gpuComputeNanos of them those in which the GPU computed, or null if it did not say
 * @param cpuNanos on the CPU, or null if it would have taken too long
 * @param cpuThreads threads that shared the work on the CPU
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GpuFigure(
    Operation operation,
    int size,
    @Nullable Double gpuNanos,
    @Nullable Double gpuComputeNanos,
    @Nullable Double cpuNanos,
    int cpuThreads) {

  /** How many times as fast the GPU was, or 0 if one of the two was not measured. */
  double times() {
    return gpuNanos == null || cpuNanos == null ? 0 : cpuNanos / gpuNanos;
  }
}
