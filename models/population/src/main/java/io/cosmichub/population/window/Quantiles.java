package io.cosmichub.population.window;

import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;

/**
 * About how numbers are distributed (KLL): a quantile's rank is off by at most {@link #rankError},
 * but for one case in a hundred; mergeable. Not thread-safe.
 */
public final class Quantiles {

  private final KllDoublesSketch sketch;

  /** No number yet. */
  public Quantiles() {
    this(KllDoublesSketch.newHeapInstance());
  }

  private Quantiles(KllDoublesSketch sketch) {
    this.sketch = sketch;
  }

  /** Takes a number. */
  public void add(double value) {
    sketch.update(value);
  }

  /** How many numbers there were. */
  public long count() {
    return sketch.getN();
  }

  /** The number that the fraction {@code rank} (0 to 1) do not exceed; NaN if there is none. */
  public double quantile(double rank) {
    return sketch.isEmpty() ? Double.NaN : sketch.getQuantile(rank);
  }

  /** How far a rank may be off, as a fraction of all. */
  public double rankError() {
    return sketch.getNormalizedRankError(false);
  }

  /** Takes every number that another one has seen. */
  public void merge(Quantiles other) {
    sketch.merge(other.sketch);
  }

  /** The sketch's own versioned bytes. */
  public byte[] toBytes() {
    return sketch.toByteArray();
  }

  /** Reads {@link #toBytes}. */
  public static Quantiles fromBytes(byte[] bytes) {
    return new Quantiles(KllDoublesSketch.heapify(Memory.wrap(bytes)));
  }
}
