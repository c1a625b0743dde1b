package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ChartBlock;
import io.cosmichub.kernels.Chunks;
import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.batch.PairBatch;

/**
 * What a device reads while it computes a batch, and the sets that it writes. All of it is of the
 * device's thread, so a device that is late has nothing in hand that anyone else uses.
 */
final class DeviceBlocks {

  /** Pairs after which the device is asked for the next ones, so that it is seen how far it is. */
  private static final int CHUNK = 4096;

  private final ChartBlock a;
  private final ChartBlock b;
  private final char[] movedA;
  private final char[] movedB;
  private final Chunks chunks;

  /** For batches of {@code most} pairs at most; {@code progress} hears how far each is. */
  DeviceBlocks(BatchKernel device, int most, Progress progress) {
    a = new ChartBlock(most);
    b = new ChartBlock(most);
    movedA = new char[most];
    movedB = new char[most];
    chunks = new Chunks(device, CHUNK, progress);
  }

  /** Holds a batch in place of the one before. */
  void take(PairBatch batch) {
    batch.writeTo(a, b, movedA, movedB);
  }

  /** Has the device compute the {@code pairs} pairs of the batch that is held. */
  AspectSet[] compute(int pairs) {
    AspectSet[] found = new AspectSet[pairs];
    chunks.touched(
        a,
        b,
        movedA,
        movedB,
        0,
        pairs,
        (first, now, sets) -> {
          for (int pair = 0; pair < now; pair++) {
            found[first + pair] = sets.set(pair);
          }
        });
    return found;
  }
}
