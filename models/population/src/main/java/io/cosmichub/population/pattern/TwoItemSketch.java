package io.cosmichub.population.pattern;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.BitSet;
import org.apache.datasketches.frequencies.LongsSketch;
import org.apache.datasketches.memory.Memory;

/**
 * About how often two items came together, in bounded memory and mergeable: what {@link Eclat} asks
 * before it looks. Counts are never taken for lower than they are. Not thread-safe.
 */
public final class TwoItemSketch {
  /*
   * A sketch of which nothing but its error is left says that it is empty: its bytes, and whoever
   * merges it, lose the error. It is kept beside.
   *
   * Layout v1: version | varint error kept beside | the sketch's own bytes, with their length
   */
  private static final int VERSION = 1;

  private final LongsSketch sketch;
  private long beside;

  /** Nothing yet; room for {@code size} combinations, a power of two. */
  public TwoItemSketch(int size) {
    this(new LongsSketch(size));
  }

  private TwoItemSketch(LongsSketch sketch) {
    this.sketch = sketch;
  }

  /** Takes the items of a row. */
  public void add(BitSet items) {
    for (int low = items.nextSetBit(0); low >= 0; low = items.nextSetBit(low + 1)) {
      for (int high = items.nextSetBit(low + 1); high >= 0; high = items.nextSetBit(high + 1)) {
        sketch.update(key(low, high));
      }
    }
  }

  /** A screen that lets pass what may be in so many rows. */
  public Eclat.Screen screen(long leastRows) {
    return (low, high) -> sketch.getUpperBound(key(low, high)) + beside >= leastRows;
  }

  /** Takes all that another one has seen. */
  public void merge(TwoItemSketch other) {
    beside += other.unsaid();
    sketch.merge(other.sketch);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    LayoutWriter out = new LayoutWriter(VERSION, 1 << 10);
    out.putVarLong(unsaid());
    out.putBytes(sketch.toByteArray());
    return out.toBytes();
  }

  /** Reads {@link #toBytes}. */
  public static TwoItemSketch fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("TwoItemSketch", bytes, VERSION);
    long beside = in.getVarLong();
    TwoItemSketch read = new TwoItemSketch(LongsSketch.getInstance(Memory.wrap(in.getBytes())));
    read.beside = beside;
    in.end();
    return read;
  }

  private long unsaid() {
    return beside + (sketch.isEmpty() ? sketch.getMaximumError() : 0);
  }

  private static long key(int low, int high) {
    return (long) low << Integer.SIZE | high;
  }
}
