package io.cosmichub.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** How long does the score of a pair take in a call of its own? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleScoreBenchmark {

  /** One pair. */
  @Benchmark
  public long score(PairsState state) {
    state.next();
    return state.kernel.score(state.a, state.from, state.b, state.from);
  }
}
