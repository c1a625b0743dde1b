package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.publish.Publication;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.trend.Trend;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/** The windows of the current cohort: those that are open, and what is published as they close. */
final class CohortWindows {

  private final PaneClock clock;
  private final long length;
  private final Publication publication;
  private final CohortLevel level;
  private final CohortPast past;
  private final MapState<Long, PopulationPart> open;
  private final SlidingWindow sliding;

  CohortWindows(
      RuntimeContext context,
      PopulationConfig config,
      AspectPolicy policy,
      CohortLevel level,
      CohortPast past) {
    clock = config.clock();
    length = config.slidingMillis();
    sliding = new SlidingWindow(context, length);
    publication = new Publication(policy, config.anonymity());
    this.level = level;
    this.past = past;
    open = context.getMapState(PopulationStates.open());
  }

  /** Adds a part to its window; of a closed one, to the population alone. */
  void add(PopulationPart part, TimerService timers) throws Exception {
    long closesAt = part.end() + clock.lateness();
    if (closesAt <= timers.currentWatermark()) {
      level.add(part.figures().net());
      return;
    }
    PopulationPart known = open.get(part.end());
    open.put(part.end(), known == null ? part : merged(known, part));
    timers.registerEventTimeTimer(closesAt);
  }

  /** Closes and publishes, in their order, the windows whose time has come. */
  void close(long now, String cohort, TimerService timers, Collector<PublishedFigure> out)
      throws Exception {
    for (PopulationPart part : until(open, now - clock.lateness()).values()) {
      open.remove(part.end());
      publish(part, cohort, timers, out);
    }
  }

  /** Forgets windows that no sliding one reaches any more. */
  void forget(long now) throws Exception {
    sliding.forget(now - clock.lateness() - length);
  }

  private void publish(
      PopulationPart part, String cohort, TimerService timers, Collector<PublishedFigure> out)
      throws Exception {
    WindowFigures within = part.figures();
    Population atEnd = level.add(within.net());
    WindowId window = new WindowId(cohort, part.start(), part.end());
    List<Trend> trends = past.next(window, atEnd, within, timers);
    publication
        .tumbling(window, atEnd, within, trends, past.insights(window, trends))
        .forEach(out::collect);
    if (length > 0) {
      timers.registerEventTimeTimer(part.end() + clock.lateness() + length);
      publication
          .sliding(new WindowId(cohort, part.end() - length, part.end()), sliding.next(part))
          .forEach(out::collect);
    }
  }

  private static PopulationPart merged(PopulationPart known, PopulationPart part) {
    WindowFigures both = known.figures();
    both.merge(part.figures());
    return new PopulationPart(
        part.cohort(), Math.min(known.start(), part.start()), part.end(), both.toBytes());
  }

  private static SortedMap<Long, PopulationPart> until(MapState<Long, PopulationPart> of, long end)
      throws Exception {
    SortedMap<Long, PopulationPart> found = new TreeMap<>();
    for (PopulationPart part : of.values()) {
      if (part.end() <= end) {
        found.put(part.end(), part);
      }
    }
    return found;
  }
}
