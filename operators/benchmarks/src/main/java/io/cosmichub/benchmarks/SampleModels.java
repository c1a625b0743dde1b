package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.model.FactorizationMachine;
import io.cosmichub.model.Forest;
import io.cosmichub.model.LinearModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Models of the size that training makes, with random numbers. */
final class SampleModels {
  private static final int FACTORS = 4;
  private static final int TREES = 600;
  private static final int DEPTH = 2;
  private static final int FEATURES = FeatureSchema.ofLongitudes(AspectPolicy.classic()).size();

  private SampleModels() {}

  /** A prediction for a row; one kind a run, as in a job. */
  @FunctionalInterface
  interface Answer {
    double predict(float[] row);
  }

  static Answer of(String kind) {
    Random random = new Random(2);
    LinearModel linear = new LinearModel(0.5, random.doubles(FEATURES).toArray());
    return switch (kind) {
      case "linear" -> row -> linear.predict(row, 0);
      case "factorization-machine" -> {
        double[] vectors = random.doubles((long) FACTORS * FEATURES).toArray();
        FactorizationMachine machine = new FactorizationMachine(linear, FACTORS, vectors);
        yield row -> machine.predict(row, 0);
      }
      case "forest" -> {
        Forest forest = forest(random);
        yield row -> forest.predict(row, 0);
      }
      default -> row -> 0;
    };
  }

  private static Forest forest(Random random) {
    List<Forest.Node> nodes = new ArrayList<>();
    int[] roots = new int[TREES];
    for (int tree = 0; tree < TREES; tree++) {
      roots[tree] = nodes.size();
      add(nodes, random, DEPTH);
    }
    return new Forest(FEATURES, 0.5, 1, roots, nodes);
  }

  private static int add(List<Forest.Node> nodes, Random random, int depth) {
    int at = nodes.size();
    nodes.add(Forest.Node.leaf(random.nextDouble()));
    if (depth > 0) {
      int left = add(nodes, random, depth - 1);
      int right = add(nodes, random, depth - 1);
      int feature = random.nextInt(FEATURES);
      nodes.set(at, new Forest.Node(feature, random.nextDouble(), true, left, right, 0));
    }
    return at;
  }
}
