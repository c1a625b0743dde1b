package io.cosmichub.training;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureExtractor;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.PairBatch;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes rows of feedback and charts, and groups that must not be split. */
final class PairRows {
  // A group with more of the rows than this leaves nothing to split.
  private static final double LARGEST_GROUP = 0.2;
  // So many rows stay in the nearest caches.
  private static final int BATCH = 64;

  private final FeatureExtractor extractor;
  private final ReferenceKernel kernel;
  private final RuleScorer scorer;
  private final PairBatch batch = new PairBatch(BATCH);
  private final List<float[]> waiting = new ArrayList<>();
  private final float[] extracted;
  private final List<LabelledPair> rows = new ArrayList<>();
  private final Map<String, String> parents = new HashMap<>();
  private final List<String> owners = new ArrayList<>();

  PairRows(FeatureSchema schema) {
    extractor = new FeatureExtractor(schema);
    extracted = new float[BATCH * schema.size()];
    kernel = new ReferenceKernel(schema.policy());
    scorer = new RuleScorer(schema.policy());
  }

  AspectSet aspects(Longitudes a, Longitudes b) {
    return kernel.aspects(a, b, Body.ALL_MASK, Body.ALL_MASK);
  }

  /** The features of a pair, which are all 0 until {@link #extract}. */
  float[] featuresLater(AspectSet aspects, Longitudes a, Longitudes b) {
    float[] features = new float[extractor.schema().size()];
    batch.add(aspects, a, b);
    waiting.add(features);
    if (batch.size() == BATCH) {
      extract();
    }
    return features;
  }

  /** Extracts the features that wait. */
  void extract() {
    extractor.extract(batch, extracted);
    for (int i = 0; i < waiting.size(); i++) {
      float[] features = waiting.get(i);
      System.arraycopy(extracted, i * features.length, features, 0, features.length);
    }
    batch.clear();
    waiting.clear();
  }

  /** Adds a row whose features are computed here, until {@link #rows} at the latest. */
  void add(Feedback feedback, Longitudes a, Longitudes b) {
    AspectSet aspects = aspects(a, b);
    add(feedback, aspects, featuresLater(aspects, a, b));
  }

  /** Adds a row with the charts that were in effect; false, and no row, if one was not. */
  boolean add(ChartHistory history, Feedback feedback) {
    Longitudes a = history.at(feedback.chartA(), feedback.at());
    Longitudes b = history.at(feedback.chartB(), feedback.at());
    if (a == null || b == null) {
      return false;
    }
    add(feedback, a, b);
    return true;
  }

  /** Adds a row whose features are known, or will be. */
  void add(Feedback feedback, AspectSet aspects, float[] features) {
    rows.add(
        new LabelledPair(
            feedback.pairId(),
            feedback.pairId(),
            feedback.at(),
            features,
            scorer.score(aspects).rawTotal(),
            feedback.label(),
            feedback.truth()));
    union(feedback.chartA(), feedback.chartB());
    owners.add(feedback.chartA());
  }

  /** The rows, grouped by charts that hang together, or by pair where nearly all do. */
  List<LabelledPair> rows() {
    extract();
    Map<String, Integer> sizes = new HashMap<>();
    owners.forEach(owner -> sizes.merge(find(owner), 1, Integer::sum));
    int largest = sizes.isEmpty() ? 0 : Collections.max(sizes.values());
    if (largest > LARGEST_GROUP * rows.size()) {
      return List.copyOf(rows);
    }
    List<LabelledPair> grouped = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      grouped.add(rows.get(i).inGroup(find(owners.get(i))));
    }
    return grouped;
  }

  private void union(String one, String other) {
    parents.put(find(one), find(other));
  }

  private String find(String chart) {
    String root = chart;
    String parent = parents.getOrDefault(root, root);
    while (!parent.equals(root)) {
      root = parent;
      parent = parents.getOrDefault(root, root);
    }
    if (!chart.equals(root)) {
      parents.put(chart, root);
    }
    return root;
  }

  /**
   * What people said of a pair.
   *
   * @param pairId the pair
   * @param chartA one chart
   * @param chartB the other
   * @param at epoch milliseconds, 0 where nobody knows
   * @param label what they said
   * @param truth what they would have said without noise, or NaN
   */
  record Feedback(
      String pairId, String chartA, String chartB, long at, double label, double truth) {}
}
