package io.cosmichub.kernels.batch;

/** What becomes of batches. Told on any thread, so an implementation is safe for several. */
public interface BatchEvents {

  /** A batch of this size was handed over. */
  void batchSent(int pairs);

  /** A caller computed a batch of this size, for there was no room in flight. */
  void overflowed(int pairs);
}
