package io.cosmichub.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of one chart: for each body, for the cusps and for the cohorts a register with
 * the revision that set it last, and what was last published. Immutable, equal by value.
 */
public final class ChartRecord {

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
    return ChartRecordLayout.bytes(this);
  }

  /** Reads {@link #toBytes}; {@link IllegalArgumentException} on anything else. */
  public static ChartRecord fromBytes(byte[] bytes) {
    return ChartRecordLayout.read(bytes);
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
