package io.cosmichub.population.window;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Parts of the windows that are open: what one task has seen of each since it was last taken. What
 * comes for a window that has closed is late: it is kept as a part of its own, for it changes the
 * population all the same. Not thread-safe.
 */
public final class Panes {

  private final PaneClock clock;
  private final SortedMap<Long, WindowFigures> open = new TreeMap<>();
  private @Nullable WindowFigures late;

  /** No part yet. */
  public Panes(PaneClock clock) {
    this.clock = clock;
  }

  /** Takes what became of a pair; whether it is late at the event time {@code now}. */
  public boolean add(PairChange change, long eventTime, long now) {
    boolean tooLate = clock.isLate(eventTime, now);
    part(eventTime, tooLate).add(change);
    return tooLate;
  }

  /** Takes a change that belongs to no window, but to the population from the next one on. */
  public void settle(PairChange change) {
    late().add(change);
  }

  /** Takes what became of a chart; whether it is late at the event time {@code now}. */
  public boolean add(ChartChange change, long eventTime, long now) {
    boolean tooLate = clock.isLate(eventTime, now);
    part(eventTime, tooLate).add(change);
    return tooLate;
  }

  /** Whether a window that this has a part of closes at the event time {@code now}. */
  public boolean closes(long now) {
    return !open.isEmpty() && clock.closesAt(open.firstKey()) <= now;
  }

  /** Gives every part, with the start of its window, to {@code parts}, and begins anew. */
  public void take(BiConsumer<Long, WindowFigures> parts) {
    open.forEach(parts);
    open.clear();
    WindowFigures rest = late;
    late = null;
    if (rest != null) {
      parts.accept(PaneClock.LATE, rest);
    }
  }

  private WindowFigures part(long eventTime, boolean tooLate) {
    return tooLate
        ? late()
        : open.computeIfAbsent(clock.start(eventTime), fresh -> new WindowFigures());
  }

  private WindowFigures late() {
    WindowFigures known = late;
    if (known == null) {
      known = new WindowFigures();
      late = known;
    }
    return known;
  }
}
