package io.cosmichub.kernels.guard;

import io.cosmichub.kernels.batch.PairBatch;
import org.jspecify.annotations.Nullable;

/**
 * How far the device is with the batch that it is at. What it still does of a batch that ended, as
 * it was late, nobody hears of. Safe for use by several threads.
 */
final class BatchProgress {

  private final KernelEvents events;
  private @Nullable PairBatch at;
  private int computed;

  BatchProgress(KernelEvents events) {
    this.events = events;
  }

  /** The device begins with a batch. */
  synchronized void begin(PairBatch batch) {
    at = batch;
    computed = 0;
    events.batchAdvanced(0, batch.size());
  }

  /** The device has computed {@code done} pairs of its batch, of {@code of}. */
  synchronized void advanced(long done, long of) {
    if (at != null) {
      computed = (int) done;
      events.batchAdvanced(computed, (int) of);
    }
  }

  /** How far a batch is, in words. */
  synchronized String of(PairBatch batch) {
    return at == batch ? computed + " of them computed" : "not begun";
  }

  /** A batch is answered, or is computed elsewhere. */
  synchronized void end(PairBatch batch) {
    if (at == batch) {
      at = null;
      events.batchEnded();
    }
  }
}
