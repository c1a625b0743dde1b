package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.DenseSets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long does a batch of pairs take until its dense sets are written? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DenseSetsBenchmark {

  private DenseSets sets = new DenseSets(AspectPolicy.classic());

  /** Room for the sets. */
  @Setup(Level.Trial)
  public void room(PairsState state) {
    sets = new DenseSets(state.kernel.policy());
  }

  /** One batch. */
  @Benchmark
  public DenseSets sets(PairsState state) {
    state.next();
    state.kernel.dense(state.a, state.b, state.from, state.to, sets);
    return sets;
  }
}
