package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.Served;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.PairScorer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do both scores of a pair take, by kind of model, from its aspect set on, the way that a job
 * takes? The largest ones are those that a job just takes. {@code ./run bench features}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelScoreBenchmark {

  /** The model, and where the batch stands. */
  @State(Scope.Thread)
  public static class Scorer {
    /** The kind of model. */
    @Param({
      "none",
      "linear",
      "factorization-machine",
      "forest",
      "trained-forest",
      "largest-machine",
      "largest-forest",
      "deeper-forest",
      "deepest-forest"
    })
    public String model = "";

    private final PairScorer scorer =
        new PairScorer(FeatureSchema.ofLongitudes(AspectPolicy.classic()));
    private Choice choice = Choice.RULES;
    int next;

    /** Makes the model. */
    @Setup
    public void make() {
      PairModel made = SampleModels.of(model);
      choice = made == null ? Choice.RULES : new Choice("model@1", made);
    }

    @Nullable Served score(ScoringState state, int pair) {
      return scorer.score(choice, state.aspects.get(pair), state.a.get(pair), state.b.get(pair));
    }
  }

  /** The rule-based score, and where there is a model, the features and its prediction. */
  @Benchmark
  public void score(ScoringState state, Scorer scorer, Blackhole scores) {
    scorer.next = (scorer.next + 1) % ScoringState.PAIRS;
    scores.consume(state.rules.score(state.aspects.get(scorer.next)));
    scores.consume(scorer.score(state, scorer.next));
  }
}
