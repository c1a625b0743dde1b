package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Body;
import io.cosmichub.kernels.PackedSets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long does a batch of pairs take of which one body of A moved? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class MovedBodyBenchmark {

  private PackedSets sets = new PackedSets(AspectPolicy.classic());
  private char[] moved = {};
  private char[] still = {};

  /** Room for the sets; Mars moved. */
  @Setup(Level.Trial)
  public void room(PairsState state) {
    sets = new PackedSets(state.kernel.policy());
    moved = new char[state.a.size()];
    Arrays.fill(moved, (char) Body.MARS.bit());
    still = new char[state.a.size()];
  }

  /** One batch. */
  @Benchmark
  public PackedSets sets(PairsState state) {
    state.next();
    state.kernel.touched(state.a, state.b, moved, still, state.from, state.to, sets);
    return sets;
  }
}
