package io.cosmichub.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The models of an earlier build that are kept among the resources, by trainer. */
public final class GoldenModels {
  private static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());

  private GoldenModels() {}

  /** The arrays of a model, verified as a job would. */
  public static PairModel model(String trainer) throws IOException {
    String sha256 = text(trainer, "model.pb.sha256").substring(0, 64);
    Verification verification = new ArtifactVerifier(SCHEMA).verify(artifact(trainer), sha256);
    assertThat(verification).isInstanceOf(Verification.Accepted.class);
    Verification.Accepted accepted = (Verification.Accepted) verification;
    assertThat(accepted.trainer()).isEqualTo(trainer);
    return accepted.model();
  }

  static byte[] artifact(String trainer) throws IOException {
    try (InputStream in = new GZIPInputStream(open(trainer, "model.pb.gz"))) {
      return in.readAllBytes();
    }
  }

  static String text(String trainer, String name) throws IOException {
    try (InputStream in = open(trainer, name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream open(String trainer, String name) {
    String resource = "/golden/" + trainer + "/" + name;
    return Objects.requireNonNull(GoldenModels.class.getResourceAsStream(resource), resource);
  }
}
