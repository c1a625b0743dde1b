package io.cosmichub.acceptance;

import com.google.protobuf.ByteString;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.Experiment;
import io.cosmichub.contracts.v1.RolloutFlag;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.Forest;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.v1.Artifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Control records that must be refused, one for each code. */
final class BadControls {

  private BadControls() {}

  /** Every code that only a control record can have. */
  static EnumSet<DeadLetterCode> codes() {
    EnumSet<DeadLetterCode> codes =
        EnumSet.of(
            DeadLetterCode.CONTROL_INVALID,
            DeadLetterCode.CONTROL_CONFLICT,
            DeadLetterCode.EXPERIMENT_INVALID,
            DeadLetterCode.ROLLOUT_INVALID,
            DeadLetterCode.POLICY_UNKNOWN);
    for (DeadLetterCode code : DeadLetterCode.values()) {
      if (code.name().startsWith("ARTIFACT_")) {
        codes.add(code);
      }
    }
    return codes;
  }

  /** One of each; what is referred to lies in the folder. */
  static Map<DeadLetterCode, ControlRecord.Builder> of(Path models) throws IOException {
    byte[] valid = Served.artifact(2, 8, 0);
    Artifact parsed = Artifact.parseFrom(valid);
    byte[] large = new byte[ArtifactVerifier.MAX_BYTES + 1];
    Files.write(models.resolve("large.pb"), large);
    ByteArrayOutputStream serialized = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
      out.writeObject(new ArrayList<>(List.of(1)));
    }
    byte[] broken = valid.clone();
    broken[0] = (byte) 0xFF;
    byte[] later = parsed.toBuilder().setFormat(Artifacts.FORMAT + 1).build().toByteArray();
    byte[] infinite =
        parsed.toBuilder()
            .setLinear(parsed.getLinear().toBuilder().setBias(Double.POSITIVE_INFINITY))
            .build()
            .toByteArray();
    ControlRecord.Builder otherHash = Served.announce(2, valid);
    otherHash.getModelBuilder().setSha256("00".repeat(32));
    Map<DeadLetterCode, ControlRecord.Builder> bads = new LinkedHashMap<>();
    bads.put(DeadLetterCode.ARTIFACT_UNREADABLE, referred("absent.pb", valid));
    bads.put(DeadLetterCode.ARTIFACT_TOO_LARGE, referred("large.pb", large));
    bads.put(DeadLetterCode.ARTIFACT_JAVA_SERIALIZED, Served.announce(2, serialized.toByteArray()));
    bads.put(DeadLetterCode.ARTIFACT_HASH_MISMATCH, otherHash);
    bads.put(DeadLetterCode.ARTIFACT_BROKEN, Served.announce(2, broken));
    bads.put(DeadLetterCode.ARTIFACT_FORMAT_UNKNOWN, Served.announce(2, later));
    bads.put(DeadLetterCode.ARTIFACT_SCHEMA_MISMATCH, Served.announce(2, ofOtherFeatures()));
    bads.put(DeadLetterCode.ARTIFACT_MODEL_BROKEN, Served.announce(2, infinite));
    bads.put(DeadLetterCode.ARTIFACT_TOO_SLOW, Served.announce(2, slow()));
    bads.put(DeadLetterCode.ARTIFACT_GOLDEN_MISSING, Served.announce(2, Served.artifact(2, 7, 0)));
    bads.put(
        DeadLetterCode.ARTIFACT_GOLDEN_DIFFERS, Served.announce(2, Served.artifact(2, 8, 0.01)));
    bads.put(DeadLetterCode.CONTROL_CONFLICT, Served.flag(1, 0.5));
    bads.put(DeadLetterCode.CONTROL_INVALID, ControlRecord.newBuilder().setName("m").setVersion(2));
    bads.put(
        DeadLetterCode.EXPERIMENT_INVALID,
        ControlRecord.newBuilder()
            .setName("trial")
            .setVersion(1)
            .setExperiment(Experiment.getDefaultInstance()));
    bads.put(
        DeadLetterCode.ROLLOUT_INVALID,
        ControlRecord.newBuilder()
            .setName("who")
            .setVersion(2)
            .setRollout(RolloutFlag.newBuilder().setShare(1.5)));
    bads.put(DeadLetterCode.POLICY_UNKNOWN, Served.policy(1, 0.5, "unheard-of"));
    return bads;
  }

  private static ControlRecord.Builder referred(String reference, byte[] artifact) {
    ControlRecord.Builder record = Served.announce(2, artifact);
    record.getModelBuilder().setInline(ByteString.EMPTY).setReference(reference);
    return record;
  }

  /** One leaf, asked too often. */
  private static byte[] slow() {
    FeatureSchema schema = FeatureSchema.ofLongitudes(AspectPolicy.classic());
    Forest forest =
        new Forest(
            schema.size(),
            0,
            1,
            new int[ArtifactVerifier.MAX_OPERATIONS + 1],
            List.of(Forest.Node.leaf(1)));
    return Artifacts.write(
        "compatibility",
        "random-forest",
        schema,
        forest,
        Collections.nCopies(8, new GoldenRow(Collections.nCopies(schema.size(), 0f), 1)),
        Map.of(),
        new byte[0]);
  }

  private static byte[] ofOtherFeatures() {
    FeatureSchema areas = FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));
    List<Float> none = Collections.nCopies(areas.size(), 0f);
    return Artifacts.write(
        "compatibility",
        "linear",
        areas,
        new LinearModel(1, new double[areas.size()]),
        Collections.nCopies(8, new GoldenRow(none, 1)),
        Map.of("sha", Sha256.of(new byte[0])),
        new byte[0]);
  }
}
