package io.cosmichub.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** How many pairs a second get their features, in batches? {@code ./run bench features} */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FeaturesBenchmark {

  /** One batch; the aspects are known. */
  @Benchmark
  @OperationsPerInvocation(ScoringState.PAIRS)
  public float[] features(ScoringState state) {
    state.extractor.extract(state.batch, state.rows);
    return state.rows;
  }
}
