package io.cosmichub.chart;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies updates and erasures to a chart, register by register, so that the same updates leave the
 * same registers in whatever order they come. Immutable and thread-safe.
 */
public final class ChartReducer {
  private final int motionEpsilon;

  /**
   * A reducer that publishes a body only once it is more than {@code motionEpsilonMicroDegrees}
   * from where it was published; {@link IllegalArgumentException} unless that is 0 to 180°.
   */
  public ChartReducer(int motionEpsilonMicroDegrees) {
    if (motionEpsilonMicroDegrees < 0 || motionEpsilonMicroDegrees > MicroDegrees.HALF) {
      throw new IllegalArgumentException("the motion epsilon is not within 0..180 degrees");
    }
    this.motionEpsilon = motionEpsilonMicroDegrees;
  }

  /**
   * What became of an update.
   *
   * @param outcome how the update ended
   * @param after the chart now; null if there is none; the same instance if nothing changed
   * @param publish whether {@code after.published()} is new, by a body that moved or by its
   *     cohorts, and has to be fanned out
   */
  public record Applied(Outcome outcome, @Nullable ChartRecord after, boolean publish) {}

  /**
   * What became of an erasure: {@link Outcome#APPLIED} or {@link Outcome#DUPLICATE}.
   *
   * @param mark what to remember now
   * @param publish whether a published chart is gone, so that its pairs have to be told
   */
  public record Erased(Outcome outcome, ErasedMark mark, boolean publish) {}

  /** Applies an update to a chart that was never erased. */
  public Applied apply(@Nullable ChartRecord before, ChartUpdate update) {
    return apply(before, null, update);
  }

  /**
   * Applies an update. Where there is no chart but a mark, a partial update is stale and a full one
   * begins the next life; drop the mark once there is a chart.
   */
  public Applied apply(
      @Nullable ChartRecord before, @Nullable ErasedMark mark, ChartUpdate update) {
    if (before == null && mark != null && update.partial()) {
      return new Applied(Outcome.STALE, null, false);
    }
    int covered = coverage(update);
    int sets = 0;
    boolean seen = false;
    for (int register = 0; register < ChartRecord.REGISTERS; register++) {
      if ((covered >> register & 1) == 0) {
        continue;
      }
      long held = before == null ? ChartRecord.NEVER : before.registerRevision(register);
      if (update.revision() > held) {
        sets |= 1 << register;
      } else if (before != null && update.revision() == held) {
        if (!sameContent(before, update, register)) {
          return new Applied(Outcome.CONFLICT, before, false);
        }
        seen = true;
      }
    }
    if (sets == 0) {
      return seen && before != null
          ? new Applied(Outcome.DUPLICATE, latestTime(before, update), false)
          : new Applied(Outcome.STALE, before, false);
    }
    int life = before != null ? before.life() : mark != null ? mark.life() + 1 : 1;
    return set(before, life, update, sets);
  }

  /**
   * Erases a chart. The caller drops its record and keeps the mark until {@code until} (epoch
   * milliseconds).
   */
  public Erased erase(@Nullable ChartRecord before, @Nullable ErasedMark mark, long until) {
    if (before != null) {
      return new Erased(Outcome.APPLIED, new ErasedMark(before.life(), until), true);
    }
    return mark != null
        ? new Erased(Outcome.DUPLICATE, mark, false)
        : new Erased(Outcome.APPLIED, new ErasedMark(0, until), false);
  }

  private Applied set(@Nullable ChartRecord before, int life, ChartUpdate update, int sets) {
    long[] revisions = before == null ? neverSet() : before.copyRevisions();
    @Nullable Position[] positions =
        before == null ? new @Nullable Position[Body.COUNT] : before.copyPositions();
    for (int register = 0; register < ChartRecord.REGISTERS; register++) {
      if ((sets >> register & 1) != 0) {
        revisions[register] = update.revision();
        if (register < Body.COUNT) {
          positions[register] = update.position(register);
        }
      }
    }
    int @Nullable [] cusps =
        before == null || (sets >> ChartRecord.CUSPS & 1) != 0
            ? update.cuspsShared()
            : before.cuspsShared();
    List<String> cohorts =
        before == null || (sets >> ChartRecord.COHORTS & 1) != 0
            ? update.cohorts()
            : before.cohorts();

    long revision =
        before == null ? update.revision() : Math.max(before.revision(), update.revision());
    long effectiveAt = before == null ? update.effectiveAt() : time(before, update);
    PublishedChart held = before == null ? null : before.published();
    Longitudes current = ChartRecord.longitudes(positions);
    Longitudes next = held == null ? current : moved(held.longitudes(), current);
    boolean publish =
        held == null || !next.equals(held.longitudes()) || !cohorts.equals(held.cohorts());
    PublishedChart published =
        held == null || publish
            ? new PublishedChart(life, revision, effectiveAt, next, cohorts)
            : held;
    ChartRecord after =
        new ChartRecord(revisions, positions, cusps, cohorts, effectiveAt, published);
    return new Applied(Outcome.APPLIED, after, publish);
  }

  /** The published longitudes with every body that moved far enough where it is now. */
  private Longitudes moved(Longitudes published, Longitudes current) {
    int[] next = published.toArray();
    for (int slot = 0; slot < Body.COUNT; slot++) {
      boolean stays =
          published.has(slot)
              && current.has(slot)
              && MicroDegrees.separation(published.at(slot), current.at(slot)) <= motionEpsilon;
      if (!stays) {
        next[slot] = current.at(slot);
      }
    }
    return Longitudes.of(next);
  }

  /** A repeated update may still carry the latest event time of its revision. */
  private static ChartRecord latestTime(ChartRecord before, ChartUpdate update) {
    long effectiveAt = time(before, update);
    return effectiveAt == before.effectiveAt() ? before : before.withEffectiveAt(effectiveAt);
  }

  private static long time(ChartRecord before, ChartUpdate update) {
    if (update.revision() == before.revision()) {
      return Math.max(before.effectiveAt(), update.effectiveAt());
    }
    return update.revision() > before.revision() ? update.effectiveAt() : before.effectiveAt();
  }

  private static int coverage(ChartUpdate update) {
    if (!update.partial()) {
      return ChartRecord.ALL_REGISTERS;
    }
    return update.positionMask()
        | (update.cuspsShared() == null ? 0 : 1 << ChartRecord.CUSPS)
        | (update.cohorts().isEmpty() ? 0 : 1 << ChartRecord.COHORTS);
  }

  private static boolean sameContent(ChartRecord before, ChartUpdate update, int register) {
    if (register == ChartRecord.CUSPS) {
      return Arrays.equals(before.cuspsShared(), update.cuspsShared());
    }
    if (register == ChartRecord.COHORTS) {
      return before.cohorts().equals(update.cohorts());
    }
    Position held = before.position(register);
    Position given = update.position(register);
    return held == null ? given == null : held.equals(given);
  }

  private static long[] neverSet() {
    long[] revisions = new long[ChartRecord.REGISTERS];
    Arrays.fill(revisions, ChartRecord.NEVER);
    return revisions;
  }
}
