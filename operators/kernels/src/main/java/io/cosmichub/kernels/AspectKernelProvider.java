package io.cosmichub.kernels;

import io.cosmichub.aspect.AspectPolicy;

/** Knows one kind of kernel: whether it can run here, and how to open one. */
public interface AspectKernelProvider {

  /** The name by which a configuration chooses this kind of kernel. */
  String name();

  /**
   * Whether a kernel of this kind can run in this process. Never throws, and leaves nothing open.
   */
  Probe probe();

  /**
   * Opens a kernel for {@code policy}; throws {@link IllegalStateException} if {@link #probe} would
   * refuse.
   */
  BatchKernel open(AspectPolicy policy, KernelSettings settings);

  /**
   * Whether one pair at a time is a waste of these kernels: a call for many costs hardly more than
   * one for a single pair.
   */
  default boolean prefersBatches() {
    return false;
  }

  /** The answer of a probe: usable or not, and why, in words for a log line. */
  record Probe(boolean usable, String reason) {

    /** A kernel that can run, and what speaks for it. */
    public static Probe usable(String reason) {
      return new Probe(true, reason);
    }

    /** A kernel that cannot run, and why. */
    public static Probe refused(String reason) {
      return new Probe(false, reason);
    }
  }
}
