package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.trend.Insight;
import io.cosmichub.population.trend.Insights;
import io.cosmichub.population.trend.Trend;
import io.cosmichub.population.trend.TrendPlan;
import io.cosmichub.population.trend.Trends;
import io.cosmichub.population.trend.WindowCounts;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;
import org.jspecify.annotations.Nullable;

/**
 * What the current cohort's windows counted, until they are too long ago to be compared with: an
 * entry a window, so that a window that closes writes its own and reads the few it is compared
 * with.
 */
final class CohortPast {

  private final TrendPlan plan;
  private final PaneClock clock;
  private final Trends trends;
  private final Insights insights;
  private final MapState<Long, byte[]> counts;

  CohortPast(RuntimeContext context, PopulationConfig config, AspectPolicy policy) {
    plan = config.plan();
    clock = config.clock();
    trends = new Trends(plan, config.anonymity(), config.discovery());
    insights = new Insights(policy, plan, config.insights());
    counts = context.getMapState(PopulationStates.counts(config));
  }

  /** How a window stands to those before it; it is the past of those after it. */
  List<Trend> next(WindowId window, Population atEnd, WindowFigures within, TimerService timers)
      throws Exception {
    long number = plan.number(window.start());
    List<Trend> tested = trends.of(number, atEnd, within, this::window);
    counts.put(number, WindowCounts.of(atEnd, within).toBytes());
    long lastUse = window.end() + plan.memory() * clock.size();
    timers.registerEventTimeTimer(lastUse + clock.lateness());
    return tested;
  }

  /** The sentences about a window. */
  List<Insight> insights(WindowId window, List<Trend> trends) {
    return insights.of(window, trends);
  }

  /** Forgets the window that the one which closes now was the last to be compared with. */
  void forget(long now) throws Exception {
    counts.remove(plan.number(now - clock.lateness()) - plan.memory() - 1);
  }

  private @Nullable WindowCounts window(long number) {
    try {
      byte[] known = counts.get(number);
      return known == null ? null : WindowCounts.fromBytes(known);
    } catch (Exception e) {
      throw new IllegalStateException("the past of a cohort cannot be read", e);
    }
  }
}
