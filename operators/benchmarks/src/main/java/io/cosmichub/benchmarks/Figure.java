package io.cosmichub.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param operation what was computed
 * @param kernel by which kernel, or by what else
 * @param runtime in what it ran, as {@code Java 25}
 * @param size what the operation was given, in words
 * @param threads on how many threads
 * @param pairsPerSecond pairs a second, the median of the parts of the measurement
 * @param quartiles what lies between the quartiles of the parts of the measurement, or null if
 *     there is one part
 * @param bytesPerPair what a pair allocates on the heap, or null if that was not measured
 */
record Figure(
    String operation,
    String kernel,
    String runtime,
    String size,
    int threads,
    double pairsPerSecond,
    @Nullable Double quartiles,
    @Nullable Double bytesPerPair) {}
