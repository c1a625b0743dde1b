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
 * @param pairsPerSecond pairs a second
 * @param errorPairsPerSecond half the width of its 99.9% confidence interval, or null if there is
 *     none
 * @param bytesPerPair what a pair allocates on the heap, or null if that was not measured
 */
record Figure(
    String operation,
    String kernel,
    String runtime,
    String size,
    int threads,
    double pairsPerSecond,
    @Nullable Double errorPairsPerSecond,
    @Nullable Double bytesPerPair) {}
