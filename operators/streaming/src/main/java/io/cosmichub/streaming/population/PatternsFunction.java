package io.cosmichub.streaming.population;

import io.cosmichub.population.publish.PatternPublication;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.sample.SampledPast;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.aspect.PolicySource;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by cohort: keeps the samples of pairs and charts, and publishes, once for each window when
 * it closes, which aspects come together and which named figures there are at its end.
 */
public final class PatternsFunction
    extends KeyedProcessFunction<String, SampleChange, PublishedPattern>
    implements ResultTypeQueryable<PublishedPattern> {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final PatternConfig config;
  private final PolicySource policy;

  // Runtime.
  private transient PatternPublication publication;
  private transient CohortSample pairs;
  private transient CohortSample charts;

  /** Publishes patterns of sets of {@code policy}. */
  public PatternsFunction(PatternConfig config, PolicySource policy) {
    this.config = Objects.requireNonNull(config, "config");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    publication = new PatternPublication(policy.policy(), config.anonymity(), config.most());
    pairs = new CohortSample(getRuntimeContext(), "pairs", config);
    charts = new CohortSample(getRuntimeContext(), "charts", config);
  }

  @Override
  public void processElement(SampleChange change, Context context, Collector<PublishedPattern> out)
      throws Exception {
    CohortSample sample = change.pair() ? pairs : charts;
    long closesAt = change.end() + config.clock().lateness();
    boolean late = closesAt <= context.timerService().currentWatermark();
    Sampled sampled = change.sampled();
    if (sampled == null) {
      sample.forget(change.id());
    } else {
      sample.take(change.id(), late ? SampledPast.SETTLED : change.end(), sampled);
    }
    if (!late) {
      context.timerService().registerEventTimeTimer(closesAt);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<PublishedPattern> out)
      throws Exception {
    long end = timestamp - config.clock().lateness();
    WindowId window = new WindowId(context.getCurrentKey(), end - config.clock().size(), end);
    publication.pairs(window, pairs.close(end), pairs.share().share()).forEach(out::collect);
    publication.charts(window, charts.close(end), charts.share().share()).forEach(out::collect);
  }

  @Override
  public TypeInformation<PublishedPattern> getProducedType() {
    return PopulationTypes.PUBLISHED_PATTERN;
  }
}
