package io.cosmichub.model;

import io.cosmichub.model.v1.Artifact;
import io.cosmichub.model.v1.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Models to messages and back. */
final class ModelMessages {
  private ModelMessages() {}

  static void write(PairModel model, Artifact.Builder out) {
    if (model instanceof LinearModel linear) {
      out.setLinear(linear(linear));
    } else if (model instanceof LogisticModel logistic) {
      out.setLogistic(linear(logistic.logOdds()));
    } else if (model instanceof FactorizationMachine machine) {
      out.setFactorizationMachine(machine(machine));
    } else if (model instanceof Forest forest) {
      out.setForest(forest(forest));
    }
  }

  /** The model of an artifact, or null if it has none; throws where a model's numbers are wrong. */
  static @Nullable PairModel read(Artifact artifact, int features) {
    return switch (artifact.getModelCase()) {
      case LINEAR -> linear(artifact.getLinear());
      case LOGISTIC -> new LogisticModel(linear(artifact.getLogistic()));
      case FACTORIZATION_MACHINE -> machine(artifact.getFactorizationMachine());
      case FOREST -> forest(artifact.getForest(), features);
      case MODEL_NOT_SET -> null;
    };
  }

  /** Whether a model has more numbers than one within the limit of operations, told unbuilt. */
  static boolean isTooLarge(Artifact artifact) {
    int most = ArtifactVerifier.MAX_OPERATIONS;
    return switch (artifact.getModelCase()) {
      case LINEAR -> artifact.getLinear().getWeightsCount() > most;
      case LOGISTIC -> artifact.getLogistic().getWeightsCount() > most;
      case FACTORIZATION_MACHINE -> {
        var machine = artifact.getFactorizationMachine();
        yield (long) machine.getWeightsCount() + machine.getVectorsCount() > most;
      }
      case FOREST ->
          Forest.isTooLarge(
              artifact.getForest().getRootsCount(), artifact.getForest().getNodesCount());
      case MODEL_NOT_SET -> false;
    };
  }

  private static io.cosmichub.model.v1.Linear linear(LinearModel model) {
    io.cosmichub.model.v1.Linear.Builder out =
        io.cosmichub.model.v1.Linear.newBuilder().setBias(model.bias());
    for (int i = 0; i < model.features(); i++) {
      out.addWeights(model.weight(i));
    }
    return out.build();
  }

  private static LinearModel linear(io.cosmichub.model.v1.Linear in) {
    return new LinearModel(in.getBias(), array(in.getWeightsList()));
  }

  private static io.cosmichub.model.v1.FactorizationMachine machine(FactorizationMachine model) {
    io.cosmichub.model.v1.Linear linear = linear(model.linear());
    io.cosmichub.model.v1.FactorizationMachine.Builder out =
        io.cosmichub.model.v1.FactorizationMachine.newBuilder()
            .setBias(linear.getBias())
            .addAllWeights(linear.getWeightsList())
            .setFactors(model.factors());
    for (int factor = 0; factor < model.factors(); factor++) {
      for (int i = 0; i < model.features(); i++) {
        out.addVectors(model.vector(factor, i));
      }
    }
    return out.build();
  }

  private static FactorizationMachine machine(io.cosmichub.model.v1.FactorizationMachine in) {
    LinearModel linear = new LinearModel(in.getBias(), array(in.getWeightsList()));
    return new FactorizationMachine(linear, in.getFactors(), array(in.getVectorsList()));
  }

  private static io.cosmichub.model.v1.Forest forest(Forest model) {
    io.cosmichub.model.v1.Forest.Builder out =
        io.cosmichub.model.v1.Forest.newBuilder().setBase(model.base()).setScale(model.scale());
    for (int tree = 0; tree < model.trees(); tree++) {
      out.addRoots(model.root(tree));
    }
    for (int i = 0; i < model.nodes(); i++) {
      Forest.Node node = model.node(i);
      out.addNodes(
          Node.newBuilder()
              .setFeature(node.feature())
              .setThreshold(node.threshold())
              .setZeroGoesLeft(node.zeroGoesLeft())
              .setLeft(node.left())
              .setRight(node.right())
              .setValue(node.value()));
    }
    return out.build();
  }

  private static Forest forest(io.cosmichub.model.v1.Forest in, int features) {
    List<Forest.Node> nodes = new ArrayList<>(in.getNodesCount());
    for (Node node : in.getNodesList()) {
      nodes.add(
          new Forest.Node(
              node.getFeature(),
              node.getThreshold(),
              node.getZeroGoesLeft(),
              node.getLeft(),
              node.getRight(),
              node.getValue()));
    }
    int[] roots = in.getRootsList().stream().mapToInt(Integer::intValue).toArray();
    return new Forest(features, in.getBase(), in.getScale(), roots, nodes);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
