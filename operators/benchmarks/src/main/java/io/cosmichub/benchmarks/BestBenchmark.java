package io.cosmichub.benchmarks;

import io.cosmichub.kernels.Progress;
import io.cosmichub.kernels.Ranking;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/**
 * How long do all pairs of a set of charts take if only the ten best of each are asked for, on some
 * threads? {@code java --add-modules jdk.incubator.vector -cp
 * operators/benchmarks/target/classes:$(cat operators/benchmarks/target/classpath)
 * org.openjdk.jmh.Main 'RankBenchmark|BestBenchmark' -f 1 -wi 3 -w 1 -i 15 -r 200ms -p
 * kernelName=vector -p charts=10000}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BestBenchmark {

  /** All pairs. */
  @Benchmark
  public Ranking best(ChartsState state) {
    return state.kernel.best(state.block, ChartsState.BEST, Progress.NONE);
  }
}
