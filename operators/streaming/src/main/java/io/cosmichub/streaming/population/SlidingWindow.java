package io.cosmichub.streaming.population;

import io.cosmichub.population.window.WindowFigures;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.jspecify.annotations.Nullable;

/**
 * What happened to the current cohort within the sliding window that ends with a tumbling one.
 *
 * <p>Not all of its windows are added up each time, as sketches cannot be taken back: windows are
 * kept one by one, and as a sum, until those before them have slid out. Then they turn: of each is
 * kept the sum from it up to the last one, so that the next sliding window is one of these and the
 * sum of what came since.
 */
final class SlidingWindow {
  private final long length;
  private final MapState<Long, PopulationPart> since;
  private final ValueState<PopulationPart> sumSince;
  private final MapState<Long, PopulationPart> sumsFrom;

  /** One of {@code length} milliseconds. */
  SlidingWindow(RuntimeContext context, long length) {
    this.length = length;
    since = context.getMapState(PopulationStates.recent());
    sumSince = context.getState(PopulationStates.recentSum());
    sumsFrom = context.getMapState(PopulationStates.recentSums());
  }

  /** Takes the next window, and gives what happened up to its end. */
  WindowFigures next(PopulationPart part) throws Exception {
    PopulationPart happened = part.happened();
    long from = part.end() - length;
    Long first = ends(sumsFrom).higher(from);
    since.put(part.end(), happened);
    if (first == null) {
      return turn(from);
    }
    WindowFigures sum = happened.figures();
    PopulationPart before = sumSince.value();
    if (before != null) {
      sum.merge(before.figures());
    }
    sumSince.update(happened.of(sum));
    sum.merge(known(sumsFrom.get(first)).figures());
    return sum;
  }

  /** Forgets what ended at this time or before. */
  void forget(long end) throws Exception {
    for (long old : ends(since).headSet(end, true)) {
      since.remove(old);
    }
    NavigableSet<Long> sums = ends(sumsFrom);
    for (long old : sums.headSet(end, true)) {
      sumsFrom.remove(old);
    }
    if (sums.higher(end) == null) {
      sumSince.clear(); // the next window turns, and adds up what there is
    }
  }

  private WindowFigures turn(long from) throws Exception {
    WindowFigures sum = new WindowFigures();
    for (long end : ends(since).tailSet(from, false).descendingSet()) {
      PopulationPart part = known(since.get(end));
      sum.merge(part.figures());
      sumsFrom.put(end, part.of(sum));
    }
    since.clear();
    sumSince.clear();
    return sum;
  }

  private static PopulationPart known(@Nullable PopulationPart part) {
    return Objects.requireNonNull(part);
  }

  private static NavigableSet<Long> ends(MapState<Long, PopulationPart> of) throws Exception {
    NavigableSet<Long> ends = new TreeSet<>();
    of.keys().forEach(ends::add);
    return ends;
  }
}
