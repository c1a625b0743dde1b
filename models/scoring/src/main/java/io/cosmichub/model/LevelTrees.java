package io.cosmichub.model;

import java.util.List;

/**
 * Binary trees of which none is deep, laid out level by level. Answers as a walk from node to node
 * does, to the bit, where a row holds numbers. Immutable and thread-safe.
 */
final class LevelTrees {
  /*
   * A tree of depth d has all of its 2^d - 1 splits and 2^d leaves; below a leaf that is higher up
   * stand splits that lead to it whatever they find. So no child is stored: those of a tree's split i
   * are 2i + 1 and 2i + 2, and every row takes d steps.
   *
   * Nobody foresees where a step leads, so it is a bit that is computed, and no branch. The bits of
   * a float, those behind the sign turned where it is set, are in the order of the floats: a value
   * is above a threshold if the difference of both is negative. A threshold is a double; a float is
   * up to it if it is up to the largest float that is. Where 0, which may say that a feature is
   * absent, goes another way than its place among the values has it, the bit is turned.
   */
  private static final int BEHIND_SIGN = 0x7FFFFFFF;

  private final byte[] depths;
  // Tree by tree and level by level: the feature, and in the lowest bit whether 0 turns the answer.
  private final int[] splits;
  private final int[] thresholds;
  private final double[] leaves;

  /** Lays out the trees of some roots; {@code depths} are those of all nodes. */
  LevelTrees(int[] roots, List<Forest.Node> nodes, int[] depths) {
    this.depths = new byte[roots.length];
    int size = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      this.depths[tree] = (byte) depths[roots[tree]];
      size += 1 << depths[roots[tree]];
    }
    leaves = new double[size];
    splits = new int[size - roots.length];
    thresholds = new int[size - roots.length];
    int leaf = 0;
    for (int tree = 0; tree < roots.length; tree++) {
      int above = (1 << this.depths[tree]) - 1;
      fill(nodes, nodes.get(roots[tree]), leaf - tree, 0, leaf, above);
      leaf += above + 1;
    }
  }

  /** How many splits and leaves the trees of some roots take. */
  static long size(int[] roots, int[] depths) {
    long size = 0;
    for (int root : roots) {
      size += (2L << depths[root]) - 1;
    }
    return size;
  }

  /** The sum of the leaves that the row at {@code rows[from]} reaches, the first tree's first. */
  double sum(float[] rows, int from) {
    double sum = 0;
    int split = 0;
    int leaf = 0;
    for (int depth : depths) {
      int at = 0;
      // As deep as boosted trees are.
      if (depth == 2) {
        at = 1 + right(split, rows, from);
        at = 2 * at + 1 + right(split + at, rows, from);
      } else {
        for (int level = 0; level < depth; level++) {
          at = 2 * at + 1 + right(split + at, rows, from);
        }
      }
      int above = (1 << depth) - 1;
      sum += leaves[leaf + at - above];
      split += above;
      leaf += above + 1;
    }
    return sum;
  }

  // 1 if the row goes right at a split, 0 if it goes left.
  private int right(int split, float[] rows, int from) {
    int way = splits[split];
    int bits = Float.floatToRawIntBits(rows[from + (way >>> 1)]);
    int isAbove = isAbove(bits, thresholds[split]);
    int isZero = ((bits & BEHIND_SIGN) - 1) >>> 31;
    return isAbove ^ (isZero & way);
  }

  private static int isAbove(int bits, int threshold) {
    return (int) ((threshold - (long) ordered(bits)) >>> 63);
  }

  private static int ordered(int bits) {
    return bits ^ (bits >> 31 & BEHIND_SIGN);
  }

  private void fill(
      List<Forest.Node> nodes, Forest.Node node, int split, int at, int leaf, int above) {
    if (at >= above) {
      leaves[leaf + at - above] = node.value();
      return;
    }
    Forest.Node left = node;
    Forest.Node right = node;
    if (!node.isLeaf()) {
      int threshold = ordered(Float.floatToRawIntBits(upTo(node.threshold())));
      int turns = isAbove(0, threshold) ^ (node.zeroGoesLeft() ? 0 : 1);
      splits[split + at] = node.feature() << 1 | turns;
      thresholds[split + at] = threshold;
      left = nodes.get(node.left());
      right = nodes.get(node.right());
    }
    fill(nodes, left, split, 2 * at + 1, leaf, above);
    fill(nodes, right, split, 2 * at + 2, leaf, above);
  }

  // The largest float up to a number; 0 without a sign, so that both zeros are on one side of it.
  private static float upTo(double threshold) {
    float nearest = (float) threshold;
    return (nearest > threshold ? Math.nextDown(nearest) : nearest) + 0f;
  }
}
