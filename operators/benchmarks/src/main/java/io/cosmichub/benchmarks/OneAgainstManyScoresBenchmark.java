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

/** How long do the scores of one chart with a batch of others take? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class OneAgainstManyScoresBenchmark {

  private long[] scores = {};

  /** Room for the scores. */
  @Setup(Level.Trial)
  public void room(PairsState state) {
    scores = new long[state.pairs];
  }

  /** One batch. */
  @Benchmark
  public long[] scores(PairsState state) {
    state.next();
    state.kernel.scores(state.a, state.from, state.b, state.from, state.to, scores);
    return scores;
  }
}
