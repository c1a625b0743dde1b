package io.cosmichub.benchmarks;

import static io.cosmichub.benchmarks.SampleKernels.LOOPS;
import static io.cosmichub.benchmarks.SampleKernels.REFERENCE;
import static io.cosmichub.benchmarks.SampleKernels.VECTOR;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which kernel is measured with which operation, batch, number of bodies and of threads, in the
 * order of the tables. What is left out, and why, is in docs/performance.md.
 */
final class KernelGrid {

  /** Batches of the size from which on the product wants to be twice as fast, and ten times it. */
  static final List<Integer> PRODUCT_BATCHES = List.of(100, 1_000);

  /** The operations that the product's vectorized code has too. */
  static final Set<Operation> PRODUCT_OPERATIONS = EnumSet.of(Operation.SCORES, Operation.DENSE);

  /** All against all of as many charts as NumPy gets, which keeps nothing of the scores. */
  static final int NUMPY_CHARTS = 4_096;

  /** A batch that is big enough for threads to share. */
  static final int SHARED = 65_536;

  private static final int EVERY_COUNT_TO = 8;
  private static final List<String> KERNELS = List.of(REFERENCE, LOOPS, VECTOR);
  private static final Set<Operation> SHARED_OPERATIONS =
      EnumSet.of(Operation.SCORES, Operation.PACKED, Operation.DENSE, Operation.MOVED);

  private final List<KernelCase> cases = new ArrayList<>();
  private final boolean quick;
  private final List<Integer> threads;

  private KernelGrid(boolean quick, List<Integer> threads) {
    this.quick = quick;
    this.threads = threads;
  }

  /** All that is worth measuring on so many processors. */
  static List<KernelCase> whole(int processors) {
    return new KernelGrid(false, threads(processors)).fill();
  }

  /** One batch of ten bodies for every kernel and operation, one thread and all. */
  static List<KernelCase> quick(int processors) {
    return new KernelGrid(true, processors == 1 ? List.of(1) : List.of(1, processors)).fill();
  }

  /** 1 to so many: every count to 8, then two in each octave, and all. */
  static List<Integer> threads(int processors) {
    List<Integer> counts = new ArrayList<>();
    for (int count = 1; count <= processors; count++) {
      int octave = Integer.highestOneBit(count);
      if (count <= EVERY_COUNT_TO
          || count == octave
          || count == octave + octave / 2
          || count == processors) {
        counts.add(count);
      }
    }
    if (processors > EVERY_COUNT_TO) {
      counts.removeAll(List.of(5, 7));
    }
    return counts;
  }

  private List<KernelCase> fill() {
    for (Operation operation : Operation.values()) {
      switch (operation) {
        case ALL_SCORES -> add(operation, VECTOR, NUMPY_CHARTS, 10, 1);
        case RANKING, BEST -> allAgainstAll(operation);
        default -> batches(operation);
      }
    }
    return List.copyOf(cases);
  }

  private void batches(Operation operation) {
    for (int bodies : bodies()) {
      for (int size : sizes(operation, bodies)) {
        KERNELS.forEach(kernel -> add(operation, kernel, size, bodies, 1));
      }
    }
    if (PRODUCT_OPERATIONS.contains(operation)) {
      PRODUCT_BATCHES.forEach(size -> add(operation, VECTOR, size, 10, 1));
    }
    if (SHARED_OPERATIONS.contains(operation)) {
      threads.forEach(count -> add(operation, VECTOR, SHARED, 10, count));
    }
  }

  private void allAgainstAll(Operation operation) {
    for (int bodies : bodies()) {
      for (String kernel : KERNELS) {
        if (operation == Operation.RANKING || !kernel.equals(REFERENCE)) {
          add(operation, kernel, charts(kernel, bodies), bodies, 1);
        }
      }
    }
    threads.stream()
        .filter(count -> count > 1)
        .forEach(count -> add(operation, VECTOR, charts(VECTOR, 10), 10, count));
  }

  private List<Integer> bodies() {
    return quick ? List.of(10) : List.of(10, 16);
  }

  private List<Integer> sizes(Operation operation, int bodies) {
    if (operation == Operation.ONE_SCORE) {
      return List.of(1);
    }
    if (quick || operation == Operation.PACKED_OF_ONE) {
      return List.of(256);
    }
    if (bodies > 10) {
      return List.of(256, 4_096);
    }
    return operation == Operation.SCORES_OF_ONE
        ? List.of(16, 256, 4_096)
        : List.of(1, 16, 256, 4_096);
  }

  /** As many as a call takes a second for, or somewhat less. */
  private int charts(String kernel, int bodies) {
    int charts =
        switch (kernel) {
          case REFERENCE -> 800;
          case LOOPS -> 3_000;
          default -> 10_000;
        };
    return quick || bodies > 10 ? charts / 2 : charts;
  }

  private void add(Operation operation, String kernel, int size, int bodies, int count) {
    cases.add(new KernelCase(operation, kernel, size, bodies, count));
  }
}
