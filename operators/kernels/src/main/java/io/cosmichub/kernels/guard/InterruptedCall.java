package io.cosmichub.kernels.guard;

/** Whoever called a device is to stop: nobody waits for the result any more, right or wrong. */
final class InterruptedCall extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InterruptedCall(InterruptedException cause) {
    super("interrupted while the device computed", cause);
  }
}
