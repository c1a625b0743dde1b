package io.cosmichub.benchmarks;

import io.cosmichub.score.RuleScore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What do both scores of a pair take, by kind of model, from its aspect set on? {@code ./run bench
 * features}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelScoreBenchmark {

  /** The model, and where the batch stands. */
  @State(Scope.Thread)
  public static class Scorer {
    /** The kind of model. */
    @Param({"none", "linear", "factorization-machine", "forest"})
    public String model = "";

    SampleModels.Answer answer = row -> 0;
    int next;

    /** Makes the model. */
    @Setup
    public void make() {
      answer = SampleModels.of(model);
    }
  }

  /** The rule-based score, and where there is a model, the features and its prediction. */
  @Benchmark
  public double score(ScoringState state, Scorer scorer) {
    scorer.next = (scorer.next + 1) % ScoringState.PAIRS;
    RuleScore rules = state.rules.score(state.aspects.get(scorer.next));
    if (scorer.model.equals("none")) {
      return rules.rawTotal();
    }
    state.one.clear();
    state.one.add(
        state.aspects.get(scorer.next), state.a.get(scorer.next), state.b.get(scorer.next));
    state.extractor.extract(state.one, state.row);
    return rules.rawTotal() + scorer.answer.predict(state.row);
  }
}
