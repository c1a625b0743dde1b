package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.PackedSets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long do the packed sets of one chart with a batch of others take? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class OneAgainstManySetsBenchmark {

  private PackedSets sets = new PackedSets(AspectPolicy.classic());

  /** Room for the sets. */
  @Setup(Level.Trial)
  public void room(PairsState state) {
    sets = new PackedSets(state.kernel.policy());
  }

  /** One batch. */
  @Benchmark
  public PackedSets sets(PairsState state) {
    state.next();
    state.kernel.sets(state.a, state.from, state.b, state.from, state.to, sets);
    return sets;
  }
}
