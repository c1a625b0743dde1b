package io.cosmichub.model;

import java.util.List;

/**
 * What the trainer's own model answered.
 *
 * @param features one value for each feature
 * @param prediction the answer
 */
public record GoldenRow(List<Float> features, double prediction) {
  /** Takes a copy. */
  public GoldenRow {
    features = List.copyOf(features);
  }
}
