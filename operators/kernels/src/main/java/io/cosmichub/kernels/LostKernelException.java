package io.cosmichub.kernels;

/**
 * The kernel that was named ran in this process and was given up: nothing is wrong with the choice,
 * and the next process may have the kernel again.
 */
public final class LostKernelException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final String kernel;

  LostKernelException(String kernel, String reason) {
    super("Kernel '" + kernel + "' is lost to this process: " + reason);
    this.kernel = kernel;
  }

  /** The name of the kernel. */
  public String kernel() {
    return kernel;
  }
}
