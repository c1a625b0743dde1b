package io.cosmichub.benchmarks;

import io.cosmichub.feature.PairBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How many pairs a second get their features, in batches? {@code ./run bench features} */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FeaturesBenchmark {

  /** The pairs in batches, whose rows take turns in one array. */
  @State(Scope.Thread)
  public static class Batches {
    /** Pairs in a batch: the rows of 64 take 0.1 MB, those of 1,024 take 1.7. */
    @Param({"64", "1024"})
    int pairs;

    final List<PairBatch> all = new ArrayList<>();
    float[] rows = {};

    /** Fills the batches. */
    @Setup
    public void fill(ScoringState state) {
      rows = new float[pairs * state.extractor.schema().size()];
      for (int pair = 0; pair < ScoringState.PAIRS; pair++) {
        if (pair % pairs == 0) {
          all.add(new PairBatch(pairs));
        }
        all.get(all.size() - 1).add(state.aspects.get(pair), state.a.get(pair), state.b.get(pair));
      }
    }
  }

  /** All batches; the aspects are known. */
  @Benchmark
  @OperationsPerInvocation(ScoringState.PAIRS)
  public float[] features(ScoringState state, Batches batches) {
    for (PairBatch batch : batches.all) {
      state.extractor.extract(batch, batches.rows);
    }
    return batches.rows;
  }
}
