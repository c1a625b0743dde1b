package io.cosmichub.streaming.given;

import com.google.protobuf.ByteString;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import io.cosmichub.model.Verification;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Models, flags and experiments that the steps are told. */
public final class Models {

  /** The features of the pipeline. */
  public static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());

  private static final Path GOLDEN = Path.of("../../models/scoring/src/test/resources/golden");

  private Models() {}

  /** A linear model with weights from a seed. */
  public static PairModel linear(long seed) {
    Random random = new Random(seed);
    return new LinearModel(random.nextGaussian(), random.doubles(SCHEMA.size(), -1, 1).toArray());
  }

  /** The artifact of a model, whose golden rows say {@code lie} too much. */
  public static byte[] artifact(PairModel model, int goldenRows, double lie) {
    Random random = new Random(goldenRows);
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < goldenRows; row++) {
      float[] features = new float[SCHEMA.size()];
      List<Float> boxed = new ArrayList<>();
      for (int i = 0; i < features.length; i++) {
        features[i] = random.nextInt(10) == 0 ? random.nextFloat() : 0;
        boxed.add(features[i]);
      }
      golden.add(new GoldenRow(boxed, model.predict(features, 0) + lie));
    }
    return Artifacts.write(
        "compatibility", "linear", SCHEMA, model, golden, Map.of("made", "by hand"), new byte[0]);
  }

  /** The announcement of a linear model of a seed. */
  public static Control.Model announce(String name, long version, long seed) {
    return announce(name, version, artifact(linear(seed), 8, 0));
  }

  /** The announcement of a model that a trainer made, in an earlier build. */
  public static Control.Model trained(String name, long version, String trainer)
      throws IOException {
    return announce(name, version, golden(trainer));
  }

  /** The arrays of that model. */
  public static PairModel trained(String trainer) throws IOException {
    byte[] artifact = golden(trainer);
    return ((Verification.Accepted)
            new ArtifactVerifier(SCHEMA).verify(artifact, Sha256.of(artifact)))
        .model();
  }

  private static byte[] golden(String trainer) throws IOException {
    Path file = GOLDEN.resolve(trainer).resolve("model.pb.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /** The announcement of an artifact. */
  public static Control.Model announce(String name, long version, byte[] artifact) {
    return new Control.Model(
        name, version, "", ByteString.copyFrom(artifact), Sha256.of(artifact), SCHEMA.hash());
  }

  /** A flag by which a share of all pairs is scored by a model. */
  public static Control.Flag flag(long version, double share, String model, String otherwise) {
    return new Control.Flag(
        "who", version, new Rollout(Rollout.Feature.MODEL, "salt", share), model, otherwise);
  }

  /** A flag by which a share of all pairs is scored again when what is served changes. */
  public static Control.Flag rescoring(long version, double share) {
    return new Control.Flag(
        "again", version, new Rollout(Rollout.Feature.RESCORING, "again", share), "", "");
  }

  /** A flag by which a device computes a share of all pairs. */
  public static Control.Flag gpu(long version, double share) {
    return new Control.Flag(
        "devices", version, new Rollout(Rollout.Feature.GPU, "gpu", share), "", "");
  }

  /** A flag by which a share of all pairs is under an aspect policy. */
  public static Control.Flag policy(long version, double share, String policy) {
    return new Control.Flag(
        "policy", version, new Rollout(Rollout.Feature.POLICY, "policies", share), "", "", policy);
  }

  /** An experiment of half the rules and half a model, on all pairs, in all of 2026. */
  public static Control.Experiment experiment(long version, String model) {
    return new Control.Experiment(
        version,
        new ExperimentDefinition(
            "trial",
            "salt",
            ExperimentDefinition.Unit.PAIR,
            List.of(new Arm("control", 1), new Arm("model", 1)),
            1,
            "rating",
            0.02,
            List.of(),
            Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2027-01-01T00:00:00Z")),
        Map.of("model", model));
  }

  /** What the steps of the pairs are told of it. */
  public static PairWork tell(Control control) {
    return PairWork.tell(new Told(control.name(), ControlBytes.of(control)), Given.INGESTED_AT);
  }

  /** What the steps of the pairs are told of a name that nothing holds under any more. */
  public static PairWork remove(String name) {
    return PairWork.tell(new Told(name, null), Given.INGESTED_AT);
  }
}
