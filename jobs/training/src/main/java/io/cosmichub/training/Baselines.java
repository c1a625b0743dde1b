package io.cosmichub.training;

import java.util.List;

/**
 * What a model must beat: a constant, and the rule-based score put on the label's scale by least
 * squares. Both know the rows to train on and no other.
 *
 * @param constant the mean label
 * @param intercept the label at a raw total of 0
 * @param slope how the label changes with the raw total
 */
record Baselines(double constant, double intercept, double slope) {
  static Baselines of(List<LabelledPair> train) {
    double label = train.stream().mapToDouble(LabelledPair::label).average().orElse(0);
    double rules = train.stream().mapToDouble(LabelledPair::rules).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (LabelledPair row : train) {
      products += (row.rules() - rules) * (row.label() - label);
      squares += (row.rules() - rules) * (row.rules() - rules);
    }
    double slope = squares > 0 ? products / squares : 0;
    return new Baselines(label, label - slope * rules, slope);
  }

  double ofRules(LabelledPair row) {
    return intercept + slope * row.rules();
  }
}
