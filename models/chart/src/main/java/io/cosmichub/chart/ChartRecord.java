package io.cosmichub.chart;

import io.cosmichub.layout.LayoutReader;
import io.cosmichub.layout.LayoutWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one chart: for each body, for the cusps and for the cohorts a register with
 * the revision that set it last, and what was last published. Immutable, equal by value.
 */
public final class ChartRecord {
  /*
   * Layout v1 (integers big-endian, n = varint, z = zig-zag varint):
   *
   *   1    version
   *   n    life
   *   n    revision                     the highest of the registers
   *   z    effective at
   *   2    mask of bodies present
   *   2    mask of bodies with a speed
   *   n    number of groups of registers that were set by the same revision, the highest first
   *   n+n  of each group: the highest revision less its own (never set counts as revision −1), and
   *        the mask of its registers: bit 0..15 bodies, 16 cusps, 17 cohorts
   *   4*   longitude of each body present
   *   z*   speed of each body with one
   *   1    1 if there are cusps; then 12 × 4
   *   n    number of cohorts; then each as n bytes of UTF-8
   *   n    revision − published revision
   *   z    published effective at
   *   2    mask of bodies whose published longitude differs from the current one
   *   4*   published longitude of each of those, −1 = absent
   *
   * A chart of ten bodies with speeds, set by one full update, takes about 100 bytes.
   *
   * Layout v1 is of a chart of which no cohort was published; layout v2 is the same of one whose
   * published cohorts are the current ones.
   */
  private static final int NO_COHORT_PUBLISHED = 1;
  private static final int COHORTS_PUBLISHED = 2;

  static final int CUSPS = 16;
  static final int COHORTS = 17;
  static final int REGISTERS = 18;
  static final int ALL_REGISTERS = (1 << REGISTERS) - 1;

  /** The revision of a register that was never set. */
  static final long NEVER = -1;

  private final long[] revisions;
  private final @Nullable Position[] positions;
  private final int @Nullable [] cusps;
  private final List<String> cohorts;
  private final long revision;
  private final long effectiveAt;
  private final PublishedChart published;

  /** Takes the arrays over without a copy. */
  ChartRecord(
      long[] revisions,
      @Nullable Position[] positions,
      int @Nullable [] cusps,
      List<String> cohorts,
      long effectiveAt,
      PublishedChart published) {
    if (!published.cohorts().isEmpty() && !published.cohorts().equals(cohorts)) {
      throw new IllegalArgumentException("the published cohorts are the current ones, or none");
    }
    this.revisions = revisions;
    this.positions = positions;
    this.cusps = cusps;
    this.cohorts = cohorts;
    this.revision = Arrays.stream(revisions).max().orElse(NEVER);
    this.effectiveAt = effectiveAt;
    this.published = published;
  }

  /** The highest revision that set a register. */
  public long revision() {
    return revision;
  }

  /** The event time of the update with that revision, or {@link ChartUpdate#NO_TIME}. */
  public long effectiveAt() {
    return effectiveAt;
  }

  /** Counts how often the chart began anew after an erasure, from 1. */
  public int life() {
    return published.life();
  }

  /** What was last fanned out. */
  public PublishedChart published() {
    return published;
  }

  /** The current position of a slot, or null if the chart does not have the body. */
  public @Nullable Position position(int slot) {
    return positions[slot];
  }

  /** The current longitudes; within epsilon of the published ones. */
  public Longitudes longitudes() {
    return longitudes(positions);
  }

  /** A copy of the current cusps in micro-degrees, or null. */
  public int @Nullable [] cusps() {
    return cusps == null ? null : cusps.clone();
  }

  /** The current cohorts. */
  public List<String> cohorts() {
    return cohorts;
  }

  long registerRevision(int register) {
    return revisions[register];
  }

  long[] copyRevisions() {
    return revisions.clone();
  }

  @Nullable Position[] copyPositions() {
    return positions.clone();
  }

  int @Nullable [] cuspsShared() {
    return cusps;
  }

  /** This record with another event time. */
  ChartRecord withEffectiveAt(long epochMillis) {
    return new ChartRecord(revisions, positions, cusps, cohorts, epochMillis, published);
  }

  static Longitudes longitudes(@Nullable Position[] positions) {
    int[] slots = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = positions[slot];
      slots[slot] = position == null ? MicroDegrees.ABSENT : position.longitude();
    }
    return Longitudes.of(slots);
  }

  /** The versioned bytes. */
  public byte[] toBytes() {
    int version = published.cohorts().isEmpty() ? NO_COHORT_PUBLISHED : COHORTS_PUBLISHED;
    LayoutWriter out = new LayoutWriter(version, 160);
    out.putVarLong(life());
    out.putVarLong(revision);
    out.putZigZag(effectiveAt);
    int present = 0;
    int withSpeed = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      Position position = positions[slot];
      if (position != null) {
        present |= 1 << slot;
        withSpeed |= position.hasSpeed() ? 1 << slot : 0;
      }
    }
    out.putShort(present);
    out.putShort(withSpeed);
    writeRevisions(out);
    for (Position position : positions) {
      if (position != null) {
        out.putInt(position.longitude());
      }
    }
    for (Position position : positions) {
      if (position != null && position.hasSpeed()) {
        out.putZigZag(position.speed());
      }
    }
    out.putByte(cusps == null ? 0 : 1);
    if (cusps != null) {
      for (int cusp : cusps) {
        out.putInt(cusp);
      }
    }
    out.putVarLong(cohorts.size());
    for (String cohort : cohorts) {
      out.putString(cohort);
    }
    out.putVarLong(revision - published.revision());
    out.putZigZag(published.effectiveAt());
    int differs = longitudes().changedMask(published.longitudes());
    out.putShort(differs);
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((differs >> slot & 1) != 0) {
        out.putInt(published.longitudes().at(slot));
      }
    }
    return out.toBytes();
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static ChartRecord fromBytes(byte[] bytes) {
    LayoutReader in =
        new LayoutReader("ChartRecord", bytes, NO_COHORT_PUBLISHED, COHORTS_PUBLISHED);
    int life = in.getVarInt(0, Integer.MAX_VALUE);
    long revision = in.getVarLong();
    long effectiveAt = in.getZigZag();
    int present = in.getShort();
    int withSpeed = in.getShort();
    long[] revisions = readRevisions(in, revision);
    int[] longitudes = new int[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      longitudes[slot] = (present >> slot & 1) == 0 ? MicroDegrees.ABSENT : in.getInt();
    }
    @Nullable Position[] positions = new @Nullable Position[Body.COUNT];
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((present >> slot & 1) != 0) {
        boolean hasSpeed = (withSpeed >> slot & 1) != 0;
        int speed = hasSpeed ? in.getZigZagInt() : Position.UNKNOWN_SPEED;
        positions[slot] = new Position(longitudes[slot], speed);
      }
    }
    int @Nullable [] cusps = null;
    if (in.getByte() != 0) {
      cusps = new int[Houses.COUNT];
      for (int house = 0; house < Houses.COUNT; house++) {
        cusps[house] = in.getInt();
      }
    }
    int cohortCount = in.getVarInt(0, bytes.length);
    List<String> cohorts = new ArrayList<>(cohortCount);
    for (int i = 0; i < cohortCount; i++) {
      cohorts.add(in.getString());
    }
    long publishedRevision = revision - in.getVarLong();
    long publishedAt = in.getZigZag();
    int differs = in.getShort();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      if ((differs >> slot & 1) != 0) {
        longitudes[slot] = in.getInt();
      }
    }
    in.end();
    return new ChartRecord(
        revisions,
        positions,
        cusps,
        List.copyOf(cohorts),
        effectiveAt,
        new PublishedChart(
            life,
            publishedRevision,
            publishedAt,
            Longitudes.of(longitudes),
            in.version() == COHORTS_PUBLISHED ? cohorts : List.of()));
  }

  private void writeRevisions(LayoutWriter out) {
    long[] distinct = Arrays.stream(revisions).distinct().sorted().toArray();
    out.putVarLong(distinct.length);
    for (int group = distinct.length - 1; group >= 0; group--) {
      int mask = 0;
      for (int register = 0; register < REGISTERS; register++) {
        mask |= revisions[register] == distinct[group] ? 1 << register : 0;
      }
      out.putVarLong(revision - distinct[group]);
      out.putVarLong(mask);
    }
  }

  private static long[] readRevisions(LayoutReader in, long highest) {
    long[] revisions = new long[REGISTERS];
    int left = ALL_REGISTERS;
    for (int groups = in.getVarInt(1, REGISTERS); groups > 0; groups--) {
      long groupRevision = highest - in.getVarLong();
      int mask = in.getVarInt(1, ALL_REGISTERS);
      for (int register = 0; register < REGISTERS; register++) {
        if ((mask >> register & 1) != 0) {
          revisions[register] = groupRevision;
        }
      }
      left &= ~mask;
    }
    if (left != 0) {
      throw in.broken("a register without revision");
    }
    return revisions;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ChartRecord other
        && Arrays.equals(revisions, other.revisions)
        && Arrays.equals(positions, other.positions)
        && Arrays.equals(cusps, other.cusps)
        && cohorts.equals(other.cohorts)
        && effectiveAt == other.effectiveAt
        && published.equals(other.published);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(revisions), Arrays.hashCode(positions), effectiveAt, published);
  }

  /** Names life, revision and number of bodies, never a longitude. */
  @Override
  public String toString() {
    return "ChartRecord[life "
        + life()
        + ", revision "
        + revision
        + ", "
        + Integer.bitCount(longitudes().presentMask())
        + " bodies]";
  }
}
