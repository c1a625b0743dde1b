package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import java.nio.IntBuffer;
import java.util.Objects;

/**
 * The aspect sets of a batch of pairs with every cell in its place: 4 bytes a cell, empty or not.
 * Reusable; filled by a {@link BatchKernel} of the same policy.
 */
public final class DenseSets {

  private final PolicyBodies bodies;
  private int[] cells = {};
  private int size;

  /** Room for sets under {@code policy}; it grows as it is filled. */
  public DenseSets(AspectPolicy policy) {
    bodies = PolicyBodies.of(policy);
  }

  /** How many sets there are. */
  public int size() {
    return size;
  }

  /** Rows and columns of one set: the bodies of the policy, by ascending slot. */
  public int side() {
    return bodies.count();
  }

  /** The hit of one cell, or 0; row and column count the bodies of the policy. */
  public int hit(int pair, int row, int column) {
    int side = bodies.count();
    Objects.checkIndex(pair, size);
    return cells[
        (pair * side + Objects.checkIndex(row, side)) * side + Objects.checkIndex(column, side)];
  }

  /** The set of one pair. */
  public AspectSet set(int pair) {
    AspectSet.Builder set = AspectSet.builder();
    int cell = Objects.checkIndex(pair, size) * bodies.cells();
    for (int row = 0; row < bodies.count(); row++) {
      for (int column = 0; column < bodies.count(); column++) {
        int hit = cells[cell++];
        if (hit != 0) {
          set.put(bodies.slot(row), bodies.slot(column), hit);
        }
      }
    }
    return set.build();
  }

  /** The bytes that these sets take. */
  public long bytes() {
    return 4L * size * bodies.cells();
  }

  /** For guards: gives what this one holds for what another one of the same policy does. */
  public void swap(DenseSets other) {
    bodies.check(other.bodies.policy());
    int[] own = cells;
    int sets = size;
    cells = other.cells;
    size = other.size;
    other.cells = own;
    other.size = sets;
  }

  /** How many sets under {@code policy} fit into {@code memory} bytes. */
  static int fit(AspectPolicy policy, long memory) {
    return (int) Math.min(Integer.MAX_VALUE, memory / eachBytes(PolicyBodies.of(policy)));
  }

  private static long eachBytes(PolicyBodies bodies) {
    return (long) Integer.BYTES * bodies.cells();
  }

  /**
   * For kernels: starts over with {@code sets} sets under {@code policy}, whose hits the caller
   * puts into the buffer, cell by cell in row-major order, 0 for none. {@link
   * IllegalArgumentException} if they take more than {@code memory} bytes.
   */
  public IntBuffer start(AspectPolicy policy, int sets, long memory) {
    return IntBuffer.wrap(fill(policy, sets, memory), 0, sets * bodies.cells());
  }

  /** Refuses what {@link #start} refuses. */
  void check(AspectPolicy policy, int sets, long memory) {
    bodies.check(policy);
    Ranges.checkRoom(sets, eachBytes(bodies), memory);
  }

  /** The cells to fill, likewise, with room for a whole vector past the last. */
  int[] fill(AspectPolicy policy, int sets, long memory) {
    check(policy, sets, memory);
    int needed = Math.addExact(Math.multiplyExact(sets, bodies.cells()), ChartBlock.WIDTH);
    if (cells.length < needed) {
      cells = new int[needed];
    }
    size = sets;
    return cells;
  }
}
