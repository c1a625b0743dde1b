package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import java.util.List;
import java.util.Map;

/**
 * What a model is trained and judged on.
 *
 * @param name what it is called in files and on the card
 * @param description what it is, in a sentence; says so if it is simulated
 * @param label what the label means
 * @param schema the features
 * @param rows the rows
 * @param planted the true effect of a feature by name; empty unless simulated
 * @param caveats what a reader of the card must know about these data
 */
record TrainingSet(
    String name,
    String description,
    String label,
    FeatureSchema schema,
    List<LabelledPair> rows,
    Map<String, Double> planted,
    List<String> caveats) {
  TrainingSet {
    rows = List.copyOf(rows);
    planted = Map.copyOf(planted);
    caveats = List.copyOf(caveats);
  }

  /** Whether every label is 0 or 1, so that a prediction may be read as a probability. */
  boolean isOfOutcomes() {
    return rows.stream().allMatch(row -> row.label() == 0 || row.label() == 1);
  }
}
