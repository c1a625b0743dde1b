package io.cosmichub.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What one call took on the GPU and on the CPU.
 *
 * @param operation what was computed
 * @param size pairs of a batch, or charts of all against all
 * @param pairs pairs computed
 * @param gpuNanos on the GPU, from call to result
 * @param gpuComputeNanos of them those in which the GPU computed, or null if it did not say
 * @param cpuNanos on the CPU, all cores, or null if it would have taken too long
 */
record GpuFigure(
    String operation,
    int size,
    long pairs,
    double gpuNanos,
    @Nullable Double gpuComputeNanos,
    @Nullable Double cpuNanos) {}
