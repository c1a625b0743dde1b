package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Pairs whose aspects are known. */
@State(Scope.Thread)
public class ScoringState {
  /** How many. */
  static final int PAIRS = 1024;

  final List<Longitudes> a = new ArrayList<>();
  final List<Longitudes> b = new ArrayList<>();
  final List<AspectSet> aspects = new ArrayList<>();
  final FeatureExtractor extractor =
      new FeatureExtractor(FeatureSchema.ofLongitudes(AspectPolicy.classic()));
  final RuleScorer rules = new RuleScorer(AspectPolicy.classic());

  /** Draws charts and finds their aspects. */
  @Setup
  public void draw() {
    Random random = new Random(1);
    ReferenceKernel kernel = new ReferenceKernel(AspectPolicy.classic());
    for (int pair = 0; pair < PAIRS; pair++) {
      a.add(chart(random));
      b.add(chart(random));
      aspects.add(kernel.aspects(a.get(pair), b.get(pair), Body.ALL_MASK, Body.ALL_MASK));
    }
  }

  private static Longitudes chart(Random random) {
    int[] slots = new int[Body.COUNT];
    Arrays.setAll(slots, slot -> slot < 10 ? random.nextInt(360_000_000) : -1);
    return Longitudes.of(slots);
  }
}
