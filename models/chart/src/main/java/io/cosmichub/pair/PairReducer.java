package io.cosmichub.pair;

import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings both sides of a pair together and says what has to be computed or closed. A pair is active
 * while both sides hold a chart under the same watch. Immutable and thread-safe.
 */
public final class PairReducer {
  private final int bodyMask;

  /** A reducer for a policy over the bodies in the mask; other bodies do not count as moved. */
  public PairReducer(int policyBodyMask) {
    this.bodyMask = policyBodyMask & Body.ALL_MASK;
  }

  /**
   * What became of a side update.
   *
   * @param after the pair now; null if nothing is kept; the same instance if nothing changed
   * @param work none, one, or a close followed by a computation
   */
  public record Step(@Nullable PairRecord after, List<PairWork> work) {}

  /** Applies what one side was told. */
  public Step apply(@Nullable PairRecord before, SideUpdate update) {
    PairRecord old = before == null ? new PairRecord(null, null, false) : before;
    SideRegister held = old.side(update.side());
    if (ignores(held, update)) {
      return new Step(before, List.of());
    }
    SideRegister register =
        update.kind() == SideUpdate.Kind.CLOSED ? null : SideRegister.of(update);
    PairRecord next = old.withSide(update.side(), register);
    boolean active = next.active();
    boolean continues =
        active && old.computed() && held != null && register != null && register.continues(held);

    List<PairWork> work = new ArrayList<>(2);
    if (old.computed() && !continues) {
      work.add(close(old, update).in(PairCohorts.of(old.cohorts())));
    }
    if (active) {
      PairCohorts cohorts =
          continues
              ? PairCohorts.between(old.cohorts(), next.cohorts())
              : PairCohorts.of(next.cohorts());
      PairWork computation = compute(next, update, continues ? held : null);
      if (computation != null) {
        work.add(computation.in(cohorts));
      } else if (cohorts.changed()) {
        work.add(
            stands(update.pairId(), next, PairWork.Kind.REGROUP, update.ingestedAt(), cohorts));
      }
    }
    return new Step(next.isEmpty() ? null : next.withComputed(active), List.copyOf(work));
  }

  /**
   * What is to be done to score a pair again or to turn it, as the kind says; null if nothing was
   * ever computed of it.
   */
  public @Nullable PairWork again(
      String pairId, PairRecord pair, PairWork.Kind kind, long ingestedAt) {
    if (!pair.computed()) {
      return null;
    }
    return stands(pairId, pair, kind, ingestedAt, PairCohorts.of(pair.cohorts()));
  }

  private static PairWork stands(
      String pairId, PairRecord pair, PairWork.Kind kind, long ingestedAt, PairCohorts cohorts) {
    SideRegister a = Objects.requireNonNull(pair.a());
    SideRegister b = Objects.requireNonNull(pair.b());
    return new PairWork(
            pairId,
            kind,
            false,
            a.chartId(),
            b.chartId(),
            a.revision(),
            b.revision(),
            a.longitudes(),
            b.longitudes(),
            0,
            0,
            Math.max(a.effectiveAt(), b.effectiveAt()),
            ingestedAt)
        .in(cohorts);
  }

  // What is older than what is held is not news. Those of one chart come in order, so within one
  // life only a repeated telling can be older.
  private static boolean ignores(@Nullable SideRegister held, SideUpdate update) {
    if (held == null) {
      return update.kind() == SideUpdate.Kind.CLOSED;
    }
    if (update.epoch() != held.epoch()) {
      return update.epoch() < held.epoch();
    }
    return update.kind() == SideUpdate.Kind.CHART
        && SideRegister.of(update).continues(held)
        && update.revision() < held.revision();
  }

  private @Nullable PairWork compute(
      PairRecord pair, SideUpdate update, @Nullable SideRegister continued) {
    SideRegister a = Objects.requireNonNull(pair.a());
    SideRegister b = Objects.requireNonNull(pair.b());
    int movedA = bodyMask;
    int movedB = bodyMask;
    Longitudes previous = Longitudes.NONE;
    if (continued != null) {
      int moved = continued.longitudes().changedMask(update.longitudes()) & bodyMask;
      if (moved == 0) {
        return null;
      }
      movedA = update.side() == Side.A ? moved : 0;
      movedB = update.side() == Side.B ? moved : 0;
      previous = continued.longitudes().only(moved);
    }
    return new PairWork(
        update.pairId(),
        PairWork.Kind.COMPUTE,
        continued == null,
        a.chartId(),
        b.chartId(),
        a.revision(),
        b.revision(),
        a.longitudes(),
        b.longitudes(),
        movedA,
        movedB,
        Math.max(a.effectiveAt(), b.effectiveAt()),
        update.ingestedAt(),
        previous);
  }

  private static PairWork close(PairRecord old, SideUpdate update) {
    SideRegister a = Objects.requireNonNull(old.a());
    SideRegister b = Objects.requireNonNull(old.b());
    return new PairWork(
        update.pairId(),
        PairWork.Kind.CLOSE,
        false,
        a.chartId(),
        b.chartId(),
        a.revision(),
        b.revision(),
        a.longitudes(),
        b.longitudes(),
        0,
        0,
        Math.max(update.effectiveAt(), Math.max(a.effectiveAt(), b.effectiveAt())),
        update.ingestedAt());
  }
}
