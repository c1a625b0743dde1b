package io.cosmichub.chart;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One update of a chart, immutable and equal by value. A full update covers every register of the
 * chart, absent bodies included; a partial one only what it carries.
 */
public final class ChartUpdate {
  /** The event time where none is known. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final String chartId;
  private final long revision;
  private final long effectiveAt;
  private final boolean partial;
  private final @Nullable Position[] positions;
  private final int @Nullable [] cusps;
  private final List<String> cohorts;

  private ChartUpdate(Builder builder) {
    chartId = builder.chartId;
    revision = builder.revision;
    effectiveAt = builder.effectiveAt;
    partial = builder.partial;
    positions = builder.positions.clone();
    cusps = builder.cusps;
    cohorts = builder.cohorts;
  }

  /** Starts an update; {@link IllegalArgumentException} if the revision is negative. */
  public static Builder builder(String chartId, long revision) {
    return new Builder(chartId, revision);
  }

  /** The chart's id. */
  public String chartId() {
    return chartId;
  }

  /** The revision, 0 or more. */
  public long revision() {
    return revision;
  }

  /** When the update took effect, in epoch milliseconds, or {@link #NO_TIME}. */
  public long effectiveAt() {
    return effectiveAt;
  }

  /** Whether only what it carries is covered. */
  public boolean partial() {
    return partial;
  }

  /** The position of a slot, or null if the update carries none. */
  public @Nullable Position position(int slot) {
    return positions[slot];
  }

  /** One bit for each slot that carries a position. */
  public int positionMask() {
    int mask = 0;
    for (int slot = 0; slot < Body.COUNT; slot++) {
      mask |= positions[slot] != null ? 1 << slot : 0;
    }
    return mask;
  }

  /** A copy of the twelve house cusps in micro-degrees, or null. */
  public int @Nullable [] cusps() {
    return cusps == null ? null : cusps.clone();
  }

  /** The cohorts in the order given; empty if none were. */
  public List<String> cohorts() {
    return cohorts;
  }

  /** The cusps without a copy, for the reducer. */
  int @Nullable [] cuspsShared() {
    return cusps;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ChartUpdate other
        && chartId.equals(other.chartId)
        && revision == other.revision
        && effectiveAt == other.effectiveAt
        && partial == other.partial
        && Arrays.equals(positions, other.positions)
        && Arrays.equals(cusps, other.cusps)
        && cohorts.equals(other.cohorts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        chartId, revision, effectiveAt, partial, Arrays.hashCode(positions), cohorts);
  }

  /** Names the chart, revision and number of bodies, never a longitude. */
  @Override
  public String toString() {
    return "ChartUpdate["
        + chartId
        + " revision "
        + revision
        + (partial ? " partial, " : " full, ")
        + Integer.bitCount(positionMask())
        + " bodies]";
  }

  /** Collects the fields of one update. Not thread-safe. */
  public static final class Builder {
    private final String chartId;
    private final long revision;
    private long effectiveAt = NO_TIME;
    private boolean partial;
    private final @Nullable Position[] positions = new @Nullable Position[Body.COUNT];
    private int @Nullable [] cusps;
    private List<String> cohorts = List.of();

    private Builder(String chartId, long revision) {
      if (revision < 0) {
        throw new IllegalArgumentException("a revision is negative");
      }
      this.chartId = Objects.requireNonNull(chartId, "chartId");
      this.revision = revision;
    }

    /** Sets when the update took effect, in epoch milliseconds. */
    public Builder effectiveAt(long epochMillis) {
      effectiveAt = epochMillis;
      return this;
    }

    /** Sets whether only what the update carries is covered. */
    public Builder partial(boolean value) {
      partial = value;
      return this;
    }

    /** Sets the position of a slot. */
    public Builder position(int slot, Position position) {
      positions[slot] = position;
      return this;
    }

    /** Sets the position of a body. */
    public Builder position(Body body, Position position) {
      return position(body.slot(), position);
    }

    /** Sets twelve cusps in micro-degrees; {@link IllegalArgumentException} if they are not. */
    public Builder cusps(int[] twelve) {
      if (twelve.length != Houses.COUNT) {
        throw new IllegalArgumentException("a chart has 12 cusps, not " + twelve.length);
      }
      for (int cusp : twelve) {
        if (!MicroDegrees.isLongitude(cusp)) {
          throw new IllegalArgumentException("a cusp is no longitude");
        }
      }
      cusps = twelve.clone();
      return this;
    }

    /** Sets the cohorts. */
    public Builder cohorts(List<String> values) {
      cohorts = List.copyOf(values);
      return this;
    }

    /** Whether a position was set for the slot. */
    public boolean hasPosition(int slot) {
      return positions[slot] != null;
    }

    /** The update. */
    public ChartUpdate build() {
      return new ChartUpdate(this);
    }
  }
}
