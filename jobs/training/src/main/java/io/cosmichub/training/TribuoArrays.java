package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.model.FactorizationMachine;
import io.cosmichub.model.Forest;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.LogisticModel;
import io.cosmichub.model.PairModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.sgd.AbstractFMModel;
import org.tribuo.common.sgd.AbstractLinearSGDModel;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.Tensor;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.IndependentRegressionTreeModel;

/** Takes the numbers out of Tribuo's models. */
final class TribuoArrays {
  /*
   * Tribuo numbers the features that it saw, by name; the arrays are in the schema's order, with 0
   * for what was never seen. The feature that every row has becomes part of the bias; a tree cannot
   * split on it, for it never varies.
   */
  // Such as 3:[f17<0.25] yes=7,no=8,missing=7 and 7:leaf=0.0125.
  private static final Pattern SPLIT =
      Pattern.compile("\\s*(\\d+):\\[f(\\d+)<([^\\]]+)\\] yes=(\\d+),no=(\\d+),missing=(\\d+).*");
  private static final Pattern LEAF = Pattern.compile("\\s*(\\d+):leaf=(\\S+?)(,.*)?");
  private static final double XGBOOST_BASE = 0.5;

  private final Map<String, Integer> indices = new HashMap<>();
  private final int size;
  private final String always;

  /** {@code always} is the name of the feature that every row has and the schema does not. */
  TribuoArrays(FeatureSchema schema, String always) {
    this.size = schema.size();
    this.always = always;
    for (int i = 0; i < size; i++) {
      indices.put(schema.names().get(i), i);
    }
  }

  /** The same model; {@link IllegalArgumentException} for a kind that is not known here. */
  PairModel of(Model<?> model) {
    if (model.validate(Label.class)) {
      return logistic(model.castModel(Label.class));
    }
    if (model instanceof AbstractLinearSGDModel<?> linear) {
      return linear(linear, 0);
    }
    if (model instanceof AbstractFMModel<?> machine) {
      return machine(machine);
    }
    if (model instanceof IndependentRegressionTreeModel tree) {
      return new TreeNodes(model).forest(List.of(tree), 1);
    }
    if (model instanceof WeightedEnsembleModel<?> forest) {
      List<? extends Model<?>> trees = forest.getModels();
      return new TreeNodes(model).forest(trees, 1.0 / trees.size());
    }
    if (model instanceof XGBoostModel<?> boosted) {
      return boosted(boosted);
    }
    throw new IllegalArgumentException("no arrays for " + model.getClass().getName());
  }

  // Two outcomes have weights each; the log odds of the one are the difference.
  private LogisticModel logistic(Model<Label> model) {
    if (!(model instanceof AbstractLinearSGDModel<Label> linear)) {
      throw new IllegalArgumentException("no arrays for " + model.getClass().getName());
    }
    LinearModel one = linear(linear, outcome(model, TribuoRows.ONE));
    LinearModel zero = linear(linear, outcome(model, TribuoRows.ZERO));
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = one.weight(i) - zero.weight(i);
    }
    return new LogisticModel(new LinearModel(one.bias() - zero.bias(), weights));
  }

  private static int outcome(Model<Label> model, String outcome) {
    return model.getOutputIDInfo().getID(new Label(outcome));
  }

  private LinearModel linear(AbstractLinearSGDModel<?> model, int output) {
    DenseMatrix weights = model.getWeightsCopy();
    double bias = weights.get(output, weights.getDimension2Size() - 1);
    double[] ordered = new double[size];
    for (int id = 0; id < model.getFeatureIDMap().size(); id++) {
      String name = model.getFeatureIDMap().get(id).getName();
      if (name.equals(always)) {
        bias += weights.get(output, id);
      } else {
        ordered[index(name)] = weights.get(output, id);
      }
    }
    return new LinearModel(bias, ordered);
  }

  // The feature that every row has interacts, too: its products are linear in the others.
  private FactorizationMachine machine(AbstractFMModel<?> model) {
    DenseMatrix weights = model.getLinearWeightsCopy();
    Tensor[] factors = model.getFactorsCopy();
    DenseMatrix vectors = (DenseMatrix) factors[0];
    int count = vectors.getDimension1Size();
    double bias = model.getBiasesCopy().get(0);
    double[] ordered = new double[size];
    double[] orderedVectors = new double[count * size];
    int alwaysId = model.getFeatureIDMap().getID(always);
    bias += weights.get(0, alwaysId);
    for (int id = 0; id < model.getFeatureIDMap().size(); id++) {
      if (id == alwaysId) {
        continue;
      }
      int index = index(model.getFeatureIDMap().get(id).getName());
      ordered[index] = weights.get(0, id);
      for (int factor = 0; factor < count; factor++) {
        ordered[index] += vectors.get(factor, alwaysId) * vectors.get(factor, id);
        orderedVectors[factor * size + index] = vectors.get(factor, id);
      }
    }
    return new FactorizationMachine(new LinearModel(bias, ordered), count, orderedVectors);
  }

  private Forest boosted(XGBoostModel<?> model) {
    List<Forest.Node> nodes = new ArrayList<>();
    List<Integer> roots = new ArrayList<>();
    for (String tree : model.getModelDump().get(0)) {
      roots.add(nodes.size());
      Map<Integer, String> lines = new HashMap<>();
      for (String line : tree.split("\n", -1)) {
        if (!line.isBlank()) {
          lines.put(Integer.parseInt(line.strip().split(":", 2)[0]), line);
        }
      }
      addBoosted(model, lines, 0, nodes);
    }
    int[] firsts = roots.stream().mapToInt(Integer::intValue).toArray();
    return new Forest(size, XGBOOST_BASE, 1, firsts, nodes);
  }

  private int addBoosted(
      Model<?> model, Map<Integer, String> lines, int line, List<Forest.Node> nodes) {
    String text = lines.getOrDefault(line, "");
    int at = nodes.size();
    Matcher leaf = LEAF.matcher(text);
    if (leaf.matches()) {
      nodes.add(Forest.Node.leaf(Float.parseFloat(leaf.group(2))));
      return at;
    }
    Matcher split = SPLIT.matcher(text);
    if (!split.matches()) {
      throw new IllegalArgumentException("no node of a tree: " + text);
    }
    nodes.add(Forest.Node.leaf(0));
    String name = model.getFeatureIDMap().get(Integer.parseInt(split.group(2))).getName();
    int left = addBoosted(model, lines, Integer.parseInt(split.group(4)), nodes);
    int right = addBoosted(model, lines, Integer.parseInt(split.group(5)), nodes);
    // Below the threshold, in floats, is up to the float before it; 0 is absent, so missing.
    double threshold = Math.nextDown(Float.parseFloat(split.group(3)));
    boolean zeroGoesLeft = split.group(6).equals(split.group(4));
    nodes.set(at, new Forest.Node(index(name), threshold, zeroGoesLeft, left, right, 0));
    return at;
  }

  private int index(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException("the schema has no feature " + name);
    }
    return index;
  }

  /** Collects the nodes of Tribuo's own trees. */
  private final class TreeNodes {
    private final Model<?> names;
    private final List<Forest.Node> nodes = new ArrayList<>();

    TreeNodes(Model<?> names) {
      this.names = names;
    }

    Forest forest(List<? extends Model<?>> trees, double scale) {
      int[] roots = new int[trees.size()];
      for (int i = 0; i < roots.length; i++) {
        IndependentRegressionTreeModel tree = (IndependentRegressionTreeModel) trees.get(i);
        roots[i] = add(tree.getRoots().values().iterator().next());
      }
      return new Forest(size, 0, scale, roots, nodes);
    }

    private int add(Node<Regressor> node) {
      int at = nodes.size();
      if (node instanceof LeafNode<Regressor> leaf) {
        nodes.add(Forest.Node.leaf(leaf.getOutput().getValues()[0]));
        return at;
      }
      SplitNode<Regressor> split = (SplitNode<Regressor>) node;
      nodes.add(Forest.Node.leaf(0));
      int left = add(split.getLessThanOrEqual());
      int right = add(split.getGreaterThan());
      int feature = index(names.getFeatureIDMap().get(split.getFeatureID()).getName());
      nodes.set(
          at,
          new Forest.Node(feature, split.splitValue(), 0 <= split.splitValue(), left, right, 0));
      return at;
    }
  }
}
