package io.cosmichub.streaming.population;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.streaming.aspect.PolicySource;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by cohort: puts the parts of windows together, and publishes a window once, when it closes:
 * the population at its end, what happened within, how that stands to the past, and what happened
 * within the sliding window that ends with it.
 */
public final class PopulationFunction
    extends KeyedProcessFunction<String, PopulationPart, PublishedFigure>
    implements ResultTypeQueryable<PublishedFigure> {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final PopulationConfig config;
  private final PolicySource policy;

  // Runtime.
  private transient CohortLevel level;
  private transient CohortWindows windows;
  private transient CohortPast past;

  /** Publishes figures of sets of {@code policy}. */
  public PopulationFunction(PopulationConfig config, PolicySource policy) {
    this.config = Objects.requireNonNull(config, "config");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    AspectPolicy known = policy.policy();
    level = new CohortLevel(getRuntimeContext());
    past = new CohortPast(getRuntimeContext(), config, known);
    windows = new CohortWindows(getRuntimeContext(), config, known, level, past);
  }

  @Override
  public void processElement(PopulationPart part, Context context, Collector<PublishedFigure> out)
      throws Exception {
    if (part.isLate()) {
      level.add(part.figures().net());
    } else {
      windows.add(part, context.timerService());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<PublishedFigure> out)
      throws Exception {
    windows.close(timestamp, context.getCurrentKey(), context.timerService(), out);
    windows.forget(timestamp);
    past.forget(timestamp);
  }

  @Override
  public TypeInformation<PublishedFigure> getProducedType() {
    return PopulationTypes.PUBLISHED_FIGURE;
  }
}
