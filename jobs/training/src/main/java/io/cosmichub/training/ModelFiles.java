package io.cosmichub.training;

import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.GoldenPredictions;
import io.cosmichub.model.PairModel;
import io.cosmichub.model.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what came of a run: always a card and its plots, an artifact only if the gate let it. */
final class ModelFiles {
  static final String ARTIFACT = "model.pb";
  static final String HASH = "model.pb.sha256";
  static final String GOLDEN = "model.golden.csv";
  static final String CARD = "card.md";

  /** Of the family {@link #STRENGTH}: how strongly each aspect is felt. */
  static final String STRENGTHS = "strengths.csv";

  static final String STRENGTH = "strength";

  private ModelFiles() {}

  static void write(Path folder, String family, TrainingResult result) throws IOException {
    Files.createDirectories(folder);
    // Of an earlier run: a model that is no longer vouched for.
    Files.deleteIfExists(folder.resolve(ARTIFACT));
    Files.deleteIfExists(folder.resolve(HASH));
    Files.deleteIfExists(folder.resolve(GOLDEN));
    Files.deleteIfExists(folder.resolve(STRENGTHS));
    ModelCard card = new ModelCard(family, result);
    byte @Nullable [] artifact = null;
    if (result.gate().promotable()) {
      artifact = artifact(family, result, card.provenance());
      String sha256 = Sha256.of(artifact);
      PairModel served = check(result, artifact, sha256);
      Files.write(folder.resolve(ARTIFACT), artifact);
      Files.writeString(folder.resolve(HASH), sha256 + "  " + ARTIFACT + "\n");
      Files.writeString(folder.resolve(GOLDEN), GoldenPredictions.csv(artifact, served));
      if (family.equals(STRENGTH)) {
        Files.writeString(
            folder.resolve(STRENGTHS),
            FeltAspects.csv(
                served,
                result.data().schema(),
                result.chosen().trained().candidate().id(),
                sha256));
      }
    }
    Files.writeString(folder.resolve(CARD), card.markdown(artifact));
    for (Map.Entry<String, String> plot : card.plots().entrySet()) {
      Files.writeString(folder.resolve(plot.getKey()), plot.getValue());
    }
  }

  private static byte[] artifact(
      String family, TrainingResult result, Map<String, String> provenance) {
    TrainedModel trained = result.chosen().trained();
    return Artifacts.write(
        family,
        trained.candidate().id(),
        result.data().schema(),
        trained.model(),
        result.golden(),
        provenance,
        trained.tribuo().serialize().toByteArray());
  }

  // The model as a job would read it.
  private static PairModel check(TrainingResult result, byte[] artifact, String sha256) {
    Verification verification =
        new ArtifactVerifier(result.data().schema()).verify(artifact, sha256);
    if (verification instanceof Verification.Accepted accepted) {
      return accepted.model();
    }
    throw new IllegalStateException("a job would refuse this artifact: " + verification);
  }
}
