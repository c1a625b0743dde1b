package io.cosmichub.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param operation what was computed
 * @param kernel by which kernel, or by what else
 * @param runtime in what it ran, as {@code Java 25}
 * @param size pairs of a batch, or charts of all against all
 * @param bodies bodies of a chart
 * @param threads on how many threads
 * @param pairsPerSecond pairs a second, the median of the parts of the measurement
 * @param quartiles what lies between the quartiles of the parts of the measurement, or null if
 *     there is one part
 * @param bytesPerPair what a pair allocates on the heap, or null if that was not measured
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
    Operation operation,
    String kernel,
    String runtime,
    int size,
    int bodies,
    int threads,
    double pairsPerSecond,
    @Nullable Double quartiles,
    @Nullable Double bytesPerPair) {

  /** What {@link #runtime} says of a figure that no kernel gave. */
  static final String PYTHON = "Python";

  boolean isOf(Operation wanted, String by, int ofBodies, int onThreads) {
    return operation == wanted && kernel.equals(by) && bodies == ofBodies && threads == onThreads;
  }
}
