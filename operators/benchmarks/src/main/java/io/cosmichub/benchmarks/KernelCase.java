package io.cosmichub.benchmarks;

/**
 * One measurement of a kernel.
 *
 * @param operation what is computed
 * @param kernel by which kernel, as {@link SampleKernels} names it
 * @param size pairs of a batch, or charts of all against all
 * @param bodies bodies of a chart
 * @param threads threads that the kernel may use
 */
record KernelCase(Operation operation, String kernel, int size, int bodies, int threads) {}
