package io.cosmichub.training;

import io.cosmichub.feature.FeatureSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** The SHA-256 of all rows in their order, in hex: the same for the same rows alone. */
  String hash() {
    MessageDigest digest = sha256();
    ByteBuffer numbers =
        ByteBuffer.allocate(3 * Double.BYTES + Long.BYTES + schema.size() * Float.BYTES);
    for (LabelledPair row : rows) {
      for (String id : List.of(row.pairId(), row.group())) {
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      numbers.clear().putLong(row.at()).putDouble(row.rules()).putDouble(row.label());
      numbers.putDouble(row.truth());
      for (float feature : row.features()) {
        numbers.putFloat(feature);
      }
      digest.update(numbers.array());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Whether every label is 0 or 1, so that a prediction may be read as a probability. */
  boolean isOfOutcomes() {
    return rows.stream().allMatch(row -> row.label() == 0 || row.label() == 1);
  }
}
