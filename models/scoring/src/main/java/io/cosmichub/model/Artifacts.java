package io.cosmichub.model;

import com.google.protobuf.ByteString;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.model.v1.Artifact;
import io.cosmichub.model.v1.Golden;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes artifacts. */
public final class Artifacts {
  /** The format that is written, and the newest that is read. */
  public static final int FORMAT = 1;

  private Artifacts() {}

  /**
   * The bytes of an artifact, the same for the same arguments. {@code golden} are rows of features
   * with the answers of the trainer's own model; {@code tribuo} is that model's protobuf.
   */
  public static byte[] write(
      String family,
      String trainer,
      FeatureSchema schema,
      PairModel model,
      List<GoldenRow> golden,
      Map<String, String> provenance,
      byte[] tribuo) {
    Artifact.Builder out =
        Artifact.newBuilder()
            .setFormat(FORMAT)
            .setFamily(family)
            .setTrainer(trainer)
            .setSchemaHash(schema.hash())
            .setSchemaVersion(FeatureSchema.VERSION)
            .setPolicy(schema.policy().id())
            .putAllProvenance(new TreeMap<>(provenance))
            .setTribuo(ByteString.copyFrom(tribuo));
    schema.groups().stream().map(FeatureGroup::id).sorted().forEach(out::addGroups);
    ModelMessages.write(model, out);
    golden.forEach(row -> out.addGolden(message(row)));
    return Deterministic.bytes(out.build());
  }

  private static Golden message(GoldenRow row) {
    Golden.Builder out = Golden.newBuilder().setPrediction(row.prediction());
    for (int i = 0; i < row.features().size(); i++) {
      float value = row.features().get(i);
      if (value != 0) {
        out.addIndices(i).addValues(value);
      }
    }
    return out.build();
  }
}
