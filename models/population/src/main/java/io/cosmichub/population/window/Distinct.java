package io.cosmichub.population.window;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * About how many different ids were seen (HyperLogLog, 4,096 registers: a relative standard error
 * of 1.6%); mergeable. Not thread-safe.
 */
public final class Distinct {

  private static final int LG_REGISTERS = 12;

  private HllSketch sketch;

  /** None yet. */
  public Distinct() {
    this(new HllSketch(LG_REGISTERS, TgtHllType.HLL_8));
  }

  private Distinct(HllSketch sketch) {
    this.sketch = sketch;
  }

  /** Takes an id, seen before or not. */
  public void add(String id) {
    sketch.update(id);
  }

  /** The estimate. */
  public double estimate() {
    return sketch.getEstimate();
  }

  /** What the number is at least, but for one case in forty. */
  public double atLeast() {
    return sketch.getLowerBound(2);
  }

  /** What the number is at most, but for one case in forty. */
  public double atMost() {
    return sketch.getUpperBound(2);
  }

  /** Takes every id that another one has seen. */
  public void merge(Distinct other) {
    Union union = new Union(LG_REGISTERS);
    union.update(sketch);
    union.update(other.sketch);
    sketch = union.getResult(TgtHllType.HLL_8);
  }

  /** The sketch's own versioned bytes. */
  public byte[] toBytes() {
    return sketch.toCompactByteArray();
  }

  /** Reads {@link #toBytes}. */
  public static Distinct fromBytes(byte[] bytes) {
    return new Distinct(HllSketch.heapify(Memory.wrap(bytes)));
  }
}
