package io.cosmichub.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.model.Forest.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PairModelTest {
  private static final int FEATURES = 4;
  private static final float[] EDGES = {
    0,
    -0f,
    1,
    -1,
    0.25f,
    -0.25f,
    Math.nextUp(0.25f),
    Math.nextDown(0.25f),
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void aLinearModelIsItsSum() {
    for (int features : List.of(0, 1, 3, 4, 5, 427)) {
      double[] weights = random.doubles(features, -1, 1).toArray();
      float[] rows = floats(features + 2);
      double sum = 0.5;
      for (int i = 0; i < features; i++) {
        sum += weights[i] * rows[i + 2];
      }

      assertThat(new LinearModel(0.5, weights).predict(rows, 2)).isEqualTo(sum, within(1e-9));
    }
  }

  @Test
  void aLogisticModelAnswersTheProbabilityOfItsLogOdds() {
    LogisticModel model = new LogisticModel(new LinearModel(0, new double[] {Math.log(3)}));

    assertThat(model.predict(new float[] {0}, 0)).isEqualTo(0.5);
    assertThat(model.predict(new float[] {1}, 0)).isEqualTo(0.75, within(1e-12));
    assertThat(model.predict(new float[] {-1}, 0)).isEqualTo(0.25, within(1e-12));
    assertThat(model.predict(new float[] {1e9f}, 0)).isEqualTo(1);
    assertThat(model.predict(new float[] {-1e9f}, 0)).isEqualTo(0);
  }

  @Test
  void aFactorizationMachineAddsTheProductOfEveryTwoFeatures() {
    int features = 13;
    double[] vectors = random.doubles(3L * features, -1, 1).toArray();
    LinearModel linear = new LinearModel(0.1, random.doubles(features, -1, 1).toArray());
    float[] rows = floats(features);
    double sum = linear.predict(rows, 0);
    for (int i = 0; i < features; i++) {
      for (int j = i + 1; j < features; j++) {
        for (int factor = 0; factor < 3; factor++) {
          double vi = vectors[factor * features + i];
          double vj = vectors[factor * features + j];
          sum += vi * vj * rows[i] * rows[j];
        }
      }
    }

    assertThat(new FactorizationMachine(linear, 3, vectors).predict(rows, 0))
        .isEqualTo(sum, within(1e-9));
  }

  @Test
  void aForestScalesTheSumOfItsLeaves() {
    List<Node> nodes =
        List.of(
            new Node(0, 0.5, true, 1, 2, 0),
            Node.leaf(10),
            Node.leaf(20),
            new Node(1, -1, false, 4, 5, 0),
            Node.leaf(1),
            Node.leaf(2));
    Forest forest = new Forest(2, 100, 0.5, new int[] {0, 3}, nodes);

    assertThat(forest.predict(new float[] {0.5f, -1}, 0)).isEqualTo(100 + 0.5 * 11);
    assertThat(forest.predict(new float[] {0.6f, -0.9f}, 0)).isEqualTo(100 + 0.5 * 22);
    assertThat(forest.predict(new float[] {9, 0, 0}, 1)).isEqualTo(100 + 0.5 * 12);
  }

  @Test
  void treesOfAnyDepthAnswerAsAWalkFromNodeToNodeDoes() {
    for (int run = 0; run < 600; run++) {
      int deepest = run % 9;
      List<Node> nodes = new ArrayList<>();
      int[] roots = new int[1 + random.nextInt(5)];
      for (int tree = 0; tree < roots.length; tree++) {
        roots[tree] = addTree(nodes, deepest);
      }
      Forest forest = new Forest(FEATURES, 0.25, 0.5, roots, nodes);
      for (int i = 0; i < 50; i++) {
        float[] row = new float[FEATURES + 1];
        for (int feature = 0; feature < FEATURES; feature++) {
          row[feature + 1] = EDGES[random.nextInt(EDGES.length)];
        }
        double sum = 0;
        for (int root : roots) {
          sum += reached(nodes, root, row, 1);
        }
        assertThat(forest.predict(row, 1)).isEqualTo(0.25 + 0.5 * sum);
      }
    }
  }

  @Test
  void whatAPredictionTakesIsKnown() {
    LinearModel linear = new LinearModel(0, new double[7]);
    // A chain of three splits, and a tree that begins at its second.
    List<Node> chain =
        List.of(
            new Node(0, 0, true, 1, 5, 0),
            new Node(1, 0, true, 4, 2, 0),
            new Node(0, 0, true, 3, 4, 0),
            Node.leaf(1),
            Node.leaf(2),
            Node.leaf(3));

    assertThat(linear.operations()).isEqualTo(7);
    assertThat(new LogisticModel(linear).operations()).isEqualTo(7);
    assertThat(new FactorizationMachine(linear, 3, new double[21]).operations()).isEqualTo(28);
    assertThat(new Forest(2, 0, 1, new int[] {0, 1, 5}, chain).operations()).isEqualTo(5 * 5 + 1);
    assertThat(new Forest(2, 0, 1, new int[40_000], chain).operations())
        .as("levels that no near cache holds")
        .isEqualTo(40_000 * 3 * 8);
    List<Node> deep = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      deep.add(new Node(0, 0, true, i + 1, 8, 0));
    }
    while (deep.size() < 3 * 8_192) {
      deep.add(Node.leaf(0));
    }
    assertThat(new Forest(2, 0, 1, new int[] {0}, deep.subList(0, 9)).operations())
        .isEqualTo(7 * 8);
    assertThat(new Forest(2, 0, 1, new int[] {0}, deep).operations())
        .as("nodes that no near cache holds")
        .isEqualTo(7 * 8 * 4);
  }

  @Test
  void whatAPredictionMayDependOnIsKnown() {
    LinearModel linear = new LinearModel(1, new double[] {0, 2, 0});
    FactorizationMachine machine =
        new FactorizationMachine(linear, 2, new double[] {0, 0, 0, 0, 0, 3});
    Forest forest =
        new Forest(
            3,
            0,
            1,
            new int[] {0},
            List.of(new Node(2, 0, true, 1, 2, 0), Node.leaf(1), Node.leaf(2)));

    assertThat(List.of(linear.reads(0), linear.reads(1), linear.reads(2)))
        .containsExactly(false, true, false);
    assertThat(new LogisticModel(linear).reads(0)).isFalse();
    assertThat(new LogisticModel(linear).reads(1)).isTrue();
    assertThat(List.of(machine.reads(0), machine.reads(1), machine.reads(2)))
        .containsExactly(false, true, true);
    assertThat(List.of(forest.reads(0), forest.reads(1), forest.reads(2)))
        .containsExactly(false, false, true);
  }

  @Test
  void treesThatLeadNowhereAreRefused() {
    for (Node split :
        List.of(
            new Node(0, 0, true, 2, 1, 0),
            new Node(0, 0, true, 1, 7, 0),
            new Node(5, 0, true, 1, 1, 0),
            new Node(0, Double.NaN, true, 1, 1, 0))) {
      assertThatThrownBy(
              () -> new Forest(2, 0, 1, new int[] {0}, List.of(split, split, Node.leaf(1))))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Forest(2, 0, 1, new int[] {1}, List.of(Node.leaf(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A tree of random splits, near the values that rows have; its branches end anywhere. */
  private int addTree(List<Node> nodes, int deepest) {
    int at = nodes.size();
    nodes.add(Node.leaf(random.nextDouble(-1, 1)));
    if (deepest > 0 && random.nextInt(6) > 0) {
      int left = addTree(nodes, deepest - 1);
      int right = addTree(nodes, deepest - 1);
      double edge = EDGES[random.nextInt(EDGES.length)];
      double threshold =
          switch (random.nextInt(4)) {
            case 0 -> Math.nextDown(edge);
            case 1 -> Math.nextUp(edge);
            default -> edge;
          };
      int feature = random.nextInt(FEATURES);
      nodes.set(
          at,
          new Node(
              feature,
              Double.isFinite(threshold) ? threshold : 2 * (double) Float.MAX_VALUE,
              random.nextBoolean(),
              left,
              right,
              0));
    }
    return at;
  }

  private static double reached(List<Node> nodes, int root, float[] rows, int from) {
    Node node = nodes.get(root);
    while (!node.isLeaf()) {
      float x = rows[from + node.feature()];
      boolean goesLeft = x == 0 ? node.zeroGoesLeft() : x <= node.threshold();
      node = nodes.get(goesLeft ? node.left() : node.right());
    }
    return node.value();
  }

  private float[] floats(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
