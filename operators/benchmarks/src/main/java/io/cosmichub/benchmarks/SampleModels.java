package io.cosmichub.benchmarks;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.FactorizationMachine;
import io.cosmichub.model.Forest;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import io.cosmichub.model.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Models of the size that training makes, and the largest that a job takes, of random numbers; and
 * one that was trained.
 */
final class SampleModels {
  private static final int FACTORS = 4;
  private static final int TREES = 600;
  private static final int DEPTH = 2;
  private static final int DEEP_LEVELS = 6;
  private static final int DEEP = 10;
  private static final String TRAINED = "/golden/xgboost/model.pb.gz";
  private static final int MOST = ArtifactVerifier.MAX_OPERATIONS;
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());
  private static final int FEATURES = SCHEMA.size();

  private SampleModels() {}

  /** A model of a kind; null of {@code none}. */
  static @Nullable PairModel of(String kind) {
    Random random = new Random(2);
    return switch (kind) {
      case "none" -> null;
      case "linear" -> linear(random);
      case "factorization-machine" -> machine(random, FACTORS);
      case "forest" -> forest(random, TREES, DEPTH);
      case "trained-forest" -> trained();
      case "largest-machine" -> machine(random, MOST / FEATURES - 1);
      case "largest-forest" -> largestForest(random, DEPTH);
      case "deeper-forest" -> largestForest(random, DEEP_LEVELS);
      case "deepest-forest" -> largestForest(random, DEEP);
      default -> throw new IllegalArgumentException("there is no model " + kind);
    };
  }

  /** By the trainer that {@code ./run train --data simulated} chooses: 600 boosted trees. */
  private static PairModel trained() {
    try (InputStream in = SampleModels.class.getResourceAsStream(TRAINED)) {
      byte[] artifact = new GZIPInputStream(Objects.requireNonNull(in, TRAINED)).readAllBytes();
      Verification verification =
          new ArtifactVerifier(SCHEMA).verify(artifact, Sha256.of(artifact));
      return ((Verification.Accepted) verification).model();
    } catch (IOException e) {
      throw new UncheckedIOException(TRAINED, e);
    }
  }

  private static LinearModel linear(Random random) {
    return new LinearModel(0.5, random.doubles(FEATURES).toArray());
  }

  private static FactorizationMachine machine(Random random, int factors) {
    double[] vectors = random.doubles((long) factors * FEATURES).toArray();
    return new FactorizationMachine(linear(random), factors, vectors);
  }

  /** As many trees of a depth as a job takes. */
  private static Forest largestForest(Random random, int depth) {
    int trees = 1;
    Forest largest = forest(random, trees, depth);
    for (Forest next = largest; next.operations() <= MOST; trees++) {
      largest = next;
      next = forest(random, trees + 1, depth);
    }
    return largest;
  }

  private static Forest forest(Random random, int trees, int depth) {
    List<Forest.Node> nodes = new ArrayList<>();
    int[] roots = new int[trees];
    for (int tree = 0; tree < trees; tree++) {
      roots[tree] = nodes.size();
      add(nodes, random, depth);
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
