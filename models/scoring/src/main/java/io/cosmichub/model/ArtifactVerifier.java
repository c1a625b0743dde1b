package io.cosmichub.model;

import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.v1.Artifact;
import io.cosmichub.model.v1.Golden;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an artifact may score pairs. It reads numbers only: no class is ever loaded by a
 * name that an artifact gives. Immutable and thread-safe.
 */
public final class ArtifactVerifier {
  /** More than any model within {@link #MAX_OPERATIONS} needs, and its trainer's own beside it. */
  public static final int MAX_BYTES = 8 << 20;

  /** With more of {@link PairModel#operations()}, both scores of a pair might take over 10 µs. */
  public static final int MAX_OPERATIONS = 10_000;

  /** Fewer golden rows than this prove nothing. */
  public static final int MIN_GOLDEN = 8;

  /** More golden rows than this would hold up whoever checks them. */
  public static final int MAX_GOLDEN = 4_096;

  private static final int ID_DIGITS = 16;
  private static final int JAVA_MAGIC = 0xACED;
  // Trainers that sum in floats differ in the sixth digit.
  private static final double TOLERANCE = 1e-5;

  private final FeatureSchema schema;
  private final int maxBytes;

  /** A verifier for a job that extracts the features of the schema. */
  public ArtifactVerifier(FeatureSchema schema) {
    this(schema, MAX_BYTES);
  }

  ArtifactVerifier(FeatureSchema schema, int maxBytes) {
    this.schema = schema;
    this.maxBytes = maxBytes;
  }

  /** Verifies bytes whose SHA-256, in hex, was announced; never throws for what they hold. */
  public Verification verify(byte[] bytes, String sha256) {
    if (bytes.length > maxBytes) {
      return refused(Refusal.TOO_LARGE, bytes.length + " bytes, not up to " + maxBytes);
    }
    if (bytes.length > 1 && ((bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF)) == JAVA_MAGIC) {
      return refused(Refusal.JAVA_SERIALIZED, "a Java serialization stream");
    }
    String actual = Sha256.of(bytes);
    if (!actual.equalsIgnoreCase(sha256)) {
      return refused(Refusal.HASH_MISMATCH, "its SHA-256 is " + actual);
    }
    try {
      Verification.@Nullable Refused tooMuch = ArtifactFields.refused(bytes);
      return tooMuch != null ? tooMuch : verify(Artifact.parseFrom(bytes), actual);
    } catch (IOException e) {
      return refused(Refusal.NOT_AN_ARTIFACT, "not a protobuf message");
    }
  }

  private Verification verify(Artifact artifact, String sha256) {
    if (artifact.getFormat() == 0) {
      return refused(Refusal.NOT_AN_ARTIFACT, "it names no format");
    }
    if (artifact.getFormat() > Artifacts.FORMAT) {
      return refused(Refusal.FORMAT_UNKNOWN, "format " + artifact.getFormat());
    }
    if (artifact.getSchemaVersion() != FeatureSchema.VERSION
        || !artifact.getSchemaHash().equals(schema.hash())) {
      return refused(
          Refusal.SCHEMA_MISMATCH,
          "trained with features v%d %s, the job has v%d %s"
              .formatted(
                  artifact.getSchemaVersion(),
                  artifact.getSchemaHash(),
                  FeatureSchema.VERSION,
                  schema.hash()));
    }
    if (ModelMessages.isTooLarge(artifact)) {
      return refused(
          Refusal.TOO_SLOW, "more numbers than a model of " + MAX_OPERATIONS + " operations has");
    }
    PairModel model = model(artifact);
    if (model == null) {
      return refused(Refusal.MODEL_BROKEN, "its numbers make no model of these features");
    }
    if (model.operations() > MAX_OPERATIONS) {
      return refused(
          Refusal.TOO_SLOW, model.operations() + " operations, not up to " + MAX_OPERATIONS);
    }
    Verification.@Nullable Refused golden = checkGolden(artifact, model);
    return golden != null
        ? golden
        : new Verification.Accepted(
            sha256.substring(0, ID_DIGITS), artifact.getFamily(), artifact.getTrainer(), model);
  }

  private @Nullable PairModel model(Artifact artifact) {
    try {
      PairModel model = ModelMessages.read(artifact, schema.size());
      return model != null && model.features() == schema.size() ? model : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private Verification.@Nullable Refused checkGolden(Artifact artifact, PairModel model) {
    if (artifact.getGoldenCount() < MIN_GOLDEN) {
      return refused(Refusal.GOLDEN_MISSING, artifact.getGoldenCount() + " golden predictions");
    }
    float[] row = new float[schema.size()];
    for (Golden golden : artifact.getGoldenList()) {
      if (!GoldenPredictions.fill(row, golden)) {
        return refused(Refusal.NOT_AN_ARTIFACT, "a golden row has features that are none");
      }
      double expected = golden.getPrediction();
      double answer = model.predict(row, 0);
      // Written so that NaN differs, too.
      if (!(Math.abs(answer - expected) <= TOLERANCE * (1 + Math.abs(expected)))) {
        return refused(Refusal.GOLDEN_DIFFERS, "it answers " + answer + ", not " + expected);
      }
    }
    return null;
  }

  private static Verification.Refused refused(Refusal code, String detail) {
    return new Verification.Refused(code, detail);
  }
}
