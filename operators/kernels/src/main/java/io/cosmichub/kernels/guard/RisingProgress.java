package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.Progress;

/** Progress of work that may be begun again: told of the last attempt only, and never falling. */
final class RisingProgress {

  private final Progress progress;
  private int attempts;
  private long told = -1;

  RisingProgress(Progress progress) {
    this.progress = progress;
  }

  /** What the next attempt tells; those before are not listened to any more. */
  synchronized Progress attempt() {
    attempts++;
    int own = attempts;
    return (done, of) -> tell(own, done, of);
  }

  /** Listens to nobody any more. */
  synchronized void end() {
    attempts++;
  }

  private synchronized void tell(int attempt, long done, long of) {
    if (attempt == attempts && done > told) {
      told = done;
      progress.pairs(done, of);
    }
  }
}
