package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.PairBatch;
import java.util.function.LongSupplier;

/**
 * Has a device compute one batch after the other, and the reference kernel those that are due for a
 * check. All of it is of the device's thread.
 */
final class CheckedBatches {

  private final DeviceBlocks blocks;
  private final ReferenceKernel reference;
  private final ShadowCheck shadow;
  private final LongSupplier nanos;

  CheckedBatches(
      DeviceBlocks blocks, ReferenceKernel reference, ShadowCheck shadow, LongSupplier nanos) {
    this.blocks = blocks;
    this.reference = reference;
    this.shadow = shadow;
    this.nanos = nanos;
  }

  /** The device's sets, or the reference's where it was asked, too. */
  AspectSet[] compute(PairBatch batch) {
    boolean checked = shadow.isDue();
    blocks.take(batch);
    long start = nanos.getAsLong();
    AspectSet[] found = blocks.compute(batch.size());
    return checked ? check(batch, found, nanos.getAsLong() - start) : found;
  }

  /** The reference's sets, and what they say about the device's; those if the reference fails. */
  private AspectSet[] check(PairBatch batch, AspectSet[] found, long deviceNanos) {
    long start = nanos.getAsLong();
    AspectSet[] truth;
    try {
      truth = ReferenceFailure.or(() -> truth(batch));
    } catch (ReferenceFailure failure) {
      shadow.failed(failure);
      return found;
    }
    long referenceNanos = nanos.getAsLong() - start;
    int wrong = 0;
    for (int pair = 0; pair < truth.length; pair++) {
      wrong += truth[pair].equals(found[pair]) ? 0 : 1;
    }
    shadow.compared(truth.length, wrong, deviceNanos, referenceNanos);
    return truth;
  }

  private AspectSet[] truth(PairBatch batch) {
    AspectSet[] truth = new AspectSet[batch.size()];
    for (int pair = 0; pair < truth.length; pair++) {
      truth[pair] = batch.ask(reference, pair).join();
    }
    return truth;
  }
}
