package io.cosmichub.pair;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of both sides of a pair. Immutable, equal by value.
 *
 * @param a side A, or null
 * @param b side B, or null
 * @param computed whether a computation was asked for and not closed since
 */
public record PairRecord(@Nullable SideRegister a, @Nullable SideRegister b, boolean computed) {
  /*
   * Layout v1 (integers big-endian, n = varint, z = zig-zag varint):
   *
   *   1    version
   *   1    flags: 1 side A, 2 side B, 4 computed, 8 A has a chart, 16 B has a chart
   *   for each side that is there, A first:
   *     z    epoch
   *     n+   chart id: length and UTF-8
   *     n    life
   *     n    revision + 1
   *     z    effective at
   *     if it has a chart:
   *       2    mask of bodies present
   *       4*   longitude of each
   *
   * Two charts of ten bodies take about 130 bytes.
   *
   * Layout v2, written only where one of the charts is in a cohort: the same, and behind the
   * longitudes of each chart n cohorts, each as n bytes of UTF-8.
   */
  private static final int IN_NO_COHORT = 1;
  private static final int IN_COHORTS = 2;

  private static final int COMPUTED = 4;
  private static final int OWN_HEAP_BYTES = 32;
  // The record, the longitudes and their array, the id and its array.
  private static final int SIDE_HEAP_BYTES = 56 + 96 + 44;
  // A name and its array.
  private static final int COHORT_HEAP_BYTES = 44;

  /** Whether both sides hold a chart under the same watch. */
  boolean active() {
    return a != null && b != null && a.present() && b.present() && a.epoch() == b.epoch();
  }

  /** Whether nothing is kept, so that the record may be dropped. */
  boolean isEmpty() {
    return a == null && b == null;
  }

  /** The cohorts that a pair of such charts counts in. */
  List<String> cohorts() {
    return a == null || b == null ? List.of() : PairCohorts.both(a.cohorts(), b.cohorts());
  }

  @Nullable SideRegister side(Side side) {
    return side == Side.A ? a : b;
  }

  PairRecord withSide(Side side, @Nullable SideRegister register) {
    return side == Side.A
        ? new PairRecord(register, b, computed)
        : new PairRecord(a, register, computed);
  }

  PairRecord withComputed(boolean value) {
    return value == computed ? this : new PairRecord(a, b, value);
  }

  /** About how many bytes of the heap this takes. */
  public int heapBytes() {
    return OWN_HEAP_BYTES + heapBytes(a) + heapBytes(b);
  }

  private static int heapBytes(@Nullable SideRegister register) {
    if (register == null) {
      return 0;
    }
    int bytes = SIDE_HEAP_BYTES + register.chartId().length();
    for (String cohort : register.cohorts()) {
      bytes += COHORT_HEAP_BYTES + cohort.length();
    }
    return bytes;
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    int version = inCohorts(a) || inCohorts(b) ? IN_COHORTS : IN_NO_COHORT;
    LayoutWriter out = new LayoutWriter(version, 192);
    out.putByte(flags(a, Side.A) | flags(b, Side.B) | (computed ? COMPUTED : 0));
    write(out, a, version);
    write(out, b, version);
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static PairRecord fromBytes(byte[] bytes) {
    LayoutReader in = new LayoutReader("PairRecord", bytes, IN_NO_COHORT, IN_COHORTS);
    int flags = in.getByte();
    SideRegister a = read(in, flags, Side.A);
    SideRegister b = read(in, flags, Side.B);
    in.end();
    return new PairRecord(a, b, (flags & COMPUTED) != 0);
  }

  private static int thereFlag(Side side) {
    return 1 << side.code();
  }

  private static int chartFlag(Side side) {
    return 8 << side.code();
  }

  private static int flags(@Nullable SideRegister register, Side side) {
    if (register == null) {
      return 0;
    }
    return thereFlag(side) | (register.present() ? chartFlag(side) : 0);
  }

  private static boolean inCohorts(@Nullable SideRegister register) {
    return register != null && !register.cohorts().isEmpty();
  }

  private static void write(LayoutWriter out, @Nullable SideRegister register, int version) {
    if (register == null) {
      return;
    }
    out.putZigZag(register.epoch());
    out.putString(register.chartId());
    out.putVarLong(register.life());
    out.putVarLong(register.revision() + 1);
    out.putZigZag(register.effectiveAt());
    if (register.present()) {
      Longitudes longitudes = register.longitudes();
      out.putShort(longitudes.presentMask());
      for (int slot = 0; slot < Body.COUNT; slot++) {
        if (longitudes.has(slot)) {
          out.putInt(longitudes.at(slot));
        }
      }
      if (version == IN_COHORTS) {
        out.putVarLong(register.cohorts().size());
        register.cohorts().forEach(out::putString);
      }
    }
  }

  private static @Nullable SideRegister read(LayoutReader in, int flags, Side side) {
    if ((flags & thereFlag(side)) == 0) {
      return null;
    }
    long epoch = in.getZigZag();
    String chartId = in.getString();
    int life = in.getVarInt(0, Integer.MAX_VALUE);
    long revision = in.getVarLong() - 1;
    long effectiveAt = in.getZigZag();
    boolean present = (flags & chartFlag(side)) != 0;
    Longitudes longitudes = present ? readLongitudes(in) : Longitudes.NONE;
    List<String> cohorts = present && in.version() == IN_COHORTS ? readCohorts(in) : List.of();
    return new SideRegister(
        epoch, chartId, present, life, revision, effectiveAt, longitudes, cohorts);
  }

  private static List<String> readCohorts(LayoutReader in) {
    List<String> cohorts = new ArrayList<>();
    for (int left = in.getVarInt(0, Integer.MAX_VALUE); left > 0; left--) {
      cohorts.add(in.getString());
    }
    return List.copyOf(cohorts);
  }

  private static Longitudes readLongitudes(LayoutReader in) {
    int present = in.getShort();
    int[] slots = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      slots[slot] = (present >> slot & 1) == 0 ? MicroDegrees.ABSENT : in.getInt();
    }
    return Longitudes.of(slots);
  }
}
