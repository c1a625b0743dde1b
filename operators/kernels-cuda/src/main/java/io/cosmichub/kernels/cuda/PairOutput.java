package io.cosmichub.kernels.cuda;

import io.cosmichub.kernels.PackedSets;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** What comes back of a chunk of pairs: where the device writes it, and where it goes here. */
interface PairOutput {

  /** What computes it. */
  Device.Entry entry();

  /** The bytes of so many pairs whose number is known beforehand. */
  long bytes(int pairs);

  /** The most bytes of so many pairs beyond those, of which {@link #further} says how many came. */
  default long mostFurther(int pairs) {
    return 0;
  }

  /** Bytes at the start of the output that the device adds to, and must find zero. */
  default long cleared() {
    return 0;
  }

  /** How many threads compute so many pairs. */
  default long threads(int pairs) {
    return pairs;
  }

  /** Says in {@code work} where the device writes. */
  void describe(Work work, int pairs, long address, long furtherAddress);

  /** How many further bytes there are, by what came back. */
  default long further(ByteBuffer came) {
    return 0;
  }

  /** Takes the next {@code pairs} pairs. */
  void take(int pairs, ByteBuffer came, ByteBuffer further);

  /** One int a cell. */
  record Dense(int cells, IntBuffer into) implements PairOutput {

    @Override
    public Device.Entry entry() {
      return Device.Entry.DENSE_SETS;
    }

    @Override
    public long bytes(int pairs) {
      return (long) Integer.BYTES * cells * pairs;
    }

    @Override
    public long threads(int pairs) {
      return (long) cells * pairs;
    }

    @Override
    public void describe(Work work, int pairs, long address, long furtherAddress) {
      work.set(Work.At.HITS, address);
    }

    @Override
    public void take(int pairs, ByteBuffer came, ByteBuffer further) {
      into.put(came.asIntBuffer().limit(cells * pairs));
    }
  }

  /** One long a pair. */
  record Scores(LongBuffer into) implements PairOutput {

    @Override
    public Device.Entry entry() {
      return Device.Entry.PAIR_SCORES;
    }

    @Override
    public long bytes(int pairs) {
      return (long) Long.BYTES * pairs;
    }

    @Override
    public void describe(Work work, int pairs, long address, long furtherAddress) {
      work.set(Work.At.SCORES, address);
    }

    @Override
    public void take(int pairs, ByteBuffer came, ByteBuffer further) {
      into.put(came.asLongBuffer().limit(pairs));
    }
  }

  /**
   * Packed sets. What comes back: the number of hits, padded to 8 bytes; words of bits; for each
   * block of threads where its hits start; for each pair how many it has. The hits come further.
   */
  record Packed(int cells, PackedSets into) implements PairOutput {

    private static final int HEAD = Long.BYTES;

    private int atBases(int pairs) {
      return HEAD + Long.BYTES * words() * pairs;
    }

    private int atCounts(int pairs) {
      return atBases(pairs) + Integer.BYTES * blocks(pairs);
    }

    private int words() {
      return (cells + Long.SIZE - 1) / Long.SIZE;
    }

    private static int blocks(int pairs) {
      return (pairs + Device.THREADS - 1) / Device.THREADS;
    }

    @Override
    public Device.Entry entry() {
      return Device.Entry.PACKED_SETS;
    }

    @Override
    public long bytes(int pairs) {
      return atCounts(pairs) + (long) Integer.BYTES * pairs;
    }

    @Override
    public long mostFurther(int pairs) {
      return (long) Integer.BYTES * cells * pairs;
    }

    @Override
    public long cleared() {
      return HEAD;
    }

    @Override
    public void describe(Work work, int pairs, long address, long furtherAddress) {
      work.set(Work.At.TOTAL, address)
          .set(Work.At.BITS, address + HEAD)
          .set(Work.At.BASES, address + atBases(pairs))
          .set(Work.At.COUNTS, address + atCounts(pairs))
          .set(Work.At.HITS, furtherAddress);
    }

    @Override
    public long further(ByteBuffer came) {
      return (long) Integer.BYTES * came.getInt(0);
    }

    @Override
    public void take(int pairs, ByteBuffer came, ByteBuffer further) {
      LongBuffer bits = came.position(HEAD).asLongBuffer();
      IntBuffer counts = came.position(atCounts(pairs)).asIntBuffer();
      IntBuffer hits = further.asIntBuffer();
      for (int block = 0; block < blocks(pairs); block++) {
        hits.position(came.getInt(atBases(pairs) + Integer.BYTES * block));
        int first = block * Device.THREADS;
        into.append(Math.min(Device.THREADS, pairs - first), bits, counts, hits);
      }
    }
  }
}
