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
   * refuse, and {@link IllegalArgumentException} if none opens though it would not, and no other
   * attempt can change that.
   */
  BatchKernel open(AspectPolicy policy, KernelSettings settings);

  /**
   * Whether pairs should reach these kernels many in one call: so for a device that a call has to
   * travel to. The others answer a single pair at once.
   */
  default boolean prefersBatches() {
    return false;
  }

  /** The answer of a probe: whether a kernel can run, and why, in words for a log line. */
  record Probe(State state, String reason) {

    /** What a kind of kernel is to a process. */
    public enum State {
      /** It can run. */
      USABLE,
      /** It cannot run, and never did in this process. */
      REFUSED,
      /** It ran in this process, which gave it up; another process may have it. */
      LOST
    }

    /** A kernel that can run, and what speaks for it. */
    public static Probe usable(String reason) {
      return new Probe(State.USABLE, reason);
    }

    /** A kernel that cannot run, and why. */
    public static Probe refused(String reason) {
      return new Probe(State.REFUSED, reason);
    }

    /** A kernel that ran here until it was given up, and why that was. */
    public static Probe lost(String reason) {
      return new Probe(State.LOST, reason);
    }

    /** Whether a kernel can run. */
    public boolean usable() {
      return state == State.USABLE;
    }

    /** Whether this process had one and gave it up. */
    public boolean lost() {
      return state == State.LOST;
    }
  }
}
