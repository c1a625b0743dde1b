package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import java.util.concurrent.CompletableFuture;

/**
 * Code that turns two charts into the aspects that hold between them. Whatever the kernel, the
 * result is bit for bit that of {@link ReferenceKernel}. Safe for use by several threads until it
 * is closed.
 */
public interface AspectKernel extends AutoCloseable {

  /** The name by which a configuration chooses this kernel. */
  String name();

  /** The policy whose aspects are looked for. */
  AspectPolicy policy();

  /**
   * The touched cells that hold an aspect: those whose row is in {@code movedA} or whose column is
   * in {@code movedB} (bit per body slot); all other cells of the result are empty, whether or not
   * an aspect holds there. A body that is missing, or that the policy leaves out, holds none. The
   * future fails only if the kernel's device did.
   */
  CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB);

  /**
   * Whether every future is complete when {@link #touched} returns it, for as long as the kernel is
   * open.
   */
  default boolean answersAtOnce() {
    return false;
  }

  /**
   * What computes without a device: this kernel itself, unless it stands before one. Closed with
   * this kernel.
   */
  default AspectKernel withoutDevice() {
    return this;
  }

  /**
   * Says that what this kernel computed was found wrong, and how. One on a device gives that up for
   * the whole process; others do nothing.
   */
  default void distrust(String why) {}

  /**
   * Gives up what the kernel holds; a later {@link #touched} may fail. Does nothing the second
   * time.
   */
  @Override
  void close();
}
