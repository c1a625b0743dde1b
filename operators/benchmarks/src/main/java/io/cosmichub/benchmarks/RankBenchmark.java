package io.cosmichub.benchmarks;

import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * How long do all pairs of a set of charts take, with the ten best of each and the histogram, on
 * some threads?
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RankBenchmark {

  /** All pairs. */
  @Benchmark
  public Ranking rank(ChartsState state) {
    return state.kernel.rank(state.block, ChartsState.BEST, Progress.NONE);
  }
}
