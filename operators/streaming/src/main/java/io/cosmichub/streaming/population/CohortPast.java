package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.trend.Insight;
import io.cosmichub.population.trend.Insights;
import io.cosmichub.population.trend.Trend;
import io.cosmichub.population.trend.TrendPlan;
import io.cosmichub.population.trend.Trends;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.population.window.WindowId;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/** The past of the current cohort's figures, until it is too long ago to be compared with. */
final class CohortPast {

  private final PopulationConfig config;
  private final TrendPlan plan;
  private final Insights insights;
  private final ValueState<byte[]> past;
  private final ValueState<Long> until;

  CohortPast(RuntimeContext context, PopulationConfig config, AspectPolicy policy) {
    this.config = config;
    plan = config.plan();
    insights = new Insights(policy, plan, config.insights());
    past = context.getState(PopulationStates.past(config));
    until = context.getState(PopulationStates.pastUntil());
  }

  /** How a window stands to those before it; it is the past of those after it. */
  List<Trend> next(WindowId window, Population atEnd, WindowFigures within, TimerService timers)
      throws IOException {
    byte[] known = past.value();
    Trends trends = known == null ? new Trends(plan) : Trends.fromBytes(known, plan);
    List<Trend> tested =
        trends.next(window.start(), atEnd, within, config.anonymity(), config.discovery());
    past.update(trends.toBytes());
    long useless = window.end() + plan.memory() * config.clock().size();
    until.update(useless);
    timers.registerEventTimeTimer(useless);
    return tested;
  }

  /** The sentences about a window. */
  List<Insight> insights(WindowId window, List<Trend> trends) {
    return insights.of(window, trends);
  }

  void forget(long now) throws IOException {
    Long useless = until.value();
    if (useless != null && useless <= now) {
      past.clear();
      until.clear();
    }
  }
}
