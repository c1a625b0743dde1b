package io.cosmichub.kernels.guard;

import java.util.function.Supplier;

/**
 * The reference kernel failed at what it was to compare: that says nothing about the kernel which
 * was checked.
 */
final class ReferenceFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ReferenceFailure(Throwable cause) {
    super("the reference kernel failed", cause);
  }

  /** What the reference computes; a {@code ReferenceFailure} where it fails. */
  static <T> T or(Supplier<T> truth) {
    try {
      return truth.get();
    } catch (RuntimeException | LinkageError failure) {
      throw new ReferenceFailure(failure);
    }
  }
}
