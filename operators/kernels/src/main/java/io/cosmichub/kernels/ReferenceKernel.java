package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * The scalar rule, cell by cell: the truth that every other kernel is held against. Completes at
 * once, on the caller's thread.
 */
public final class ReferenceKernel implements AspectKernel {

  /** The name by which a configuration chooses this kernel. */
  public static final String NAME = "reference";

  private final AspectPolicy policy;

  /** A kernel for {@code policy}. */
  public ReferenceKernel(AspectPolicy policy) {
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AspectPolicy policy() {
    return policy;
  }

  @Override
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    return CompletableFuture.completedFuture(aspects(a, b, movedA, movedB));
  }

  /** What {@link #touched} completes with, as a plain value. */
  public AspectSet aspects(Longitudes a, Longitudes b, int movedA, int movedB) {
    int rows = a.presentMask() & policy.bodyMask();
    int columns = b.presentMask() & policy.bodyMask();
    AspectSet.Builder found = AspectSet.builder();
    for (int row = 0; row < Body.COUNT; row++) {
      if (!in(rows, row)) {
        continue;
      }
      int touched = in(movedA, row) ? columns : columns & movedB;
      for (int column = 0; column < Body.COUNT; column++) {
        if (in(touched, column)) {
          int hit = policy.match(MicroDegrees.separation(a.at(row), b.at(column)));
          if (hit != 0) {
            found.put(row, column, hit);
          }
        }
      }
    }
    return found.build();
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private static boolean in(int mask, int slot) {
    return (mask >>> slot & 1) != 0;
  }
}
