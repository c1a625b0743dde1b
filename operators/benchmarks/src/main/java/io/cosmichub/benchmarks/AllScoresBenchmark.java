package io.cosmichub.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long do the scores of all pairs of a set of charts take if nothing is kept of them but their
 * sum? As {@code numpy_baseline.py} does it: each chart against all later ones.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class AllScoresBenchmark {

  private long[] scores = {};

  /** Room for the scores of a chart. */
  @Setup(Level.Trial)
  public void room(ChartsState state) {
    scores = new long[state.charts];
  }

  /** All pairs. */
  @Benchmark
  public long scores(ChartsState state) {
    long sum = 0;
    for (int chart = 0; chart < state.charts - 1; chart++) {
      state.kernel.scores(state.block, chart, state.block, chart + 1, state.charts, scores);
      for (int later = state.charts - chart - 2; later >= 0; later--) {
        sum += scores[later];
      }
    }
    return sum;
  }
}
