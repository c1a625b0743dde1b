package io.cosmichub.model;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One or more binary trees: a base, and a multiple of the sum of the leaves that a row reaches. */
public final class Forest implements PairModel {
  private static final int LEAF = 0;

  // A step from node to node waits for the one before, and nobody foresees where it leads: it takes
  // as long as so many products, and as many more with each so many nodes that caches have to hold.
  private static final int STEP = 8;
  private static final int NEAR_NODES = 8_192;

  // A step where trees are laid out level by level has no branch, and a node a fourth of the bytes.
  private static final int LEVEL_STEP = 5;
  private static final int NEAR_LEVELS = 4 * NEAR_NODES;
  private static final int DEEPEST_LEVELS = 6;

  // A tree of as many is 19 deep at least, and 19 steps among them count as 10,032.
  private static final int MOST_NODES = 65 * NEAR_NODES;

  private final int features;
  private final double base;
  private final double scale;
  private final int[] roots;
  private final int[] feature;
  private final double[] threshold;
  private final int[] atZero;
  private final int[] left;
  private final int[] right;
  private final double[] value;
  private final BitSet read = new BitSet();
  private final @Nullable LevelTrees levels;
  private final long operations;

  /**
   * One node of a tree.
   *
   * @param feature the index of the feature that a split looks at
   * @param threshold a value up to it goes left
   * @param zeroGoesLeft where a value of exactly 0 goes
   * @param left the index of the node for smaller values; 0 makes this node a leaf
   * @param right the index of the node for larger values
   * @param value what a leaf answers
   */
  public record Node(
      int feature, double threshold, boolean zeroGoesLeft, int left, int right, double value) {
    /** A leaf. */
    public static Node leaf(double value) {
      return new Node(0, 0, false, LEAF, LEAF, value);
    }

    /** Whether this node answers. */
    public boolean isLeaf() {
      return left == LEAF;
    }
  }

  /**
   * A forest over rows of {@code features}; {@link IllegalArgumentException} if a root or a child
   * is no node, a child does not come after its parent, a feature is none of the row's, or a number
   * is not finite.
   */
  public Forest(int features, double base, double scale, int[] roots, List<Node> nodes) {
    this.features = features;
    this.base = Numbers.finite(base);
    this.scale = Numbers.finite(scale);
    this.roots = roots.clone();
    int size = nodes.size();
    feature = new int[size];
    threshold = new double[size];
    atZero = new int[size];
    left = new int[size];
    right = new int[size];
    value = new double[size];
    for (int root : roots) {
      check(root >= 0 && root < size, "a root that is no node");
    }
    for (int i = 0; i < size; i++) {
      Node node = nodes.get(i);
      check(node.isLeaf() || isSplit(node, i, size), "a node that does not lead on");
      feature[i] = node.feature();
      threshold[i] = Numbers.finite(node.threshold());
      atZero[i] = node.zeroGoesLeft() ? node.left() : node.right();
      left[i] = node.left();
      right[i] = node.right();
      value[i] = Numbers.finite(node.value());
      if (!node.isLeaf()) {
        read.set(node.feature());
      }
    }
    int[] depths = depths(nodes);
    long walked = steps(roots, depths, STEP) * (1 + size / NEAR_NODES);
    long byLevel = operationsByLevel(roots, depths);
    levels = byLevel <= walked ? new LevelTrees(roots, nodes, depths) : null;
    operations = Math.min(walked, byLevel);
  }

  /**
   * Whether so many roots and nodes make no forest within the limit of operations, or one with
   * nodes that no row reaches; to be asked before it is built.
   */
  static boolean isTooLarge(int roots, int nodes) {
    return nodes >= MOST_NODES
        || (long) roots * (1 + nodes / NEAR_LEVELS) > ArtifactVerifier.MAX_OPERATIONS;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public long operations() {
    return operations;
  }

  @Override
  public boolean reads(int index) {
    return read.get(index);
  }

  /** How many trees there are. */
  public int trees() {
    return roots.length;
  }

  /** What is added to the sum. */
  public double base() {
    return base;
  }

  /** What the sum of leaves is multiplied by. */
  public double scale() {
    return scale;
  }

  /** The index of a tree's first node. */
  public int root(int tree) {
    return roots[tree];
  }

  /** How many nodes all trees have. */
  public int nodes() {
    return feature.length;
  }

  /** A node. */
  public Node node(int index) {
    boolean zeroGoesLeft = left[index] != LEAF && atZero[index] == left[index];
    return new Node(
        feature[index], threshold[index], zeroGoesLeft, left[index], right[index], value[index]);
  }

  @Override
  public double predict(float[] rows, int from) {
    return base + scale * (levels != null ? levels.sum(rows, from) : walk(rows, from));
  }

  private double walk(float[] rows, int from) {
    double sum = 0;
    for (int root : roots) {
      int node = root;
      while (left[node] != LEAF) {
        float x = rows[from + feature[node]];
        node = x == 0 ? atZero[node] : x <= threshold[node] ? left[node] : right[node];
      }
      sum += value[node];
    }
    return sum;
  }

  // Children come after their parents.
  private static int[] depths(List<Node> nodes) {
    int[] depth = new int[nodes.size()];
    for (int i = depth.length - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      depth[i] = node.isLeaf() ? 0 : 1 + Math.max(depth[node.left()], depth[node.right()]);
    }
    return depth;
  }

  // A tree that is a leaf is added, too.
  private static long steps(int[] roots, int[] depths, int step) {
    long sum = 0;
    for (int root : roots) {
      sum += Math.max(1, step * depths[root]);
    }
    return sum;
  }

  private static long operationsByLevel(int[] roots, int[] depths) {
    for (int root : roots) {
      if (depths[root] > DEEPEST_LEVELS) {
        return Long.MAX_VALUE;
      }
    }
    return steps(roots, depths, LEVEL_STEP) * (1 + LevelTrees.size(roots, depths) / NEAR_LEVELS);
  }

  private boolean isSplit(Node node, int index, int size) {
    return node.left() > index
        && node.left() < size
        && node.right() > index
        && node.right() < size
        && node.feature() >= 0
        && node.feature() < features;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("a forest has " + what);
    }
  }
}
