package io.cosmichub.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.Experiment;
import io.cosmichub.contracts.v1.ExperimentArm;
import io.cosmichub.contracts.v1.Feature;
import io.cosmichub.contracts.v1.ModelArtifact;
import io.cosmichub.contracts.v1.RolloutFlag;
import io.cosmichub.contracts.v1.Unit;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.FactorizationMachine;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Models whose answers anyone can compute: the version, and the strengths of all trines. And the
 * parts of a score that tell who scored.
 *
 * @param revisions the two revisions that were scored
 * @param model who scored, with the version
 * @param experiment the experiment, or empty
 * @param arm the arm, or empty
 * @param modelScore what the model answered; NaN if none scored
 */
record Served(String revisions, String model, String experiment, String arm, double modelScore) {

  static final String CONTROL = "cosmichub.control.v1";

  /** The salt of the flag of models and of experiments. */
  static final String SALT = "salt";

  /** The salt of the flag by which pairs are scored again. */
  static final String AGAIN = "again";

  static final FeatureSchema SCHEMA = FeatureSchema.ofLongitudes(AspectPolicy.classic());

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double TRINE_ORB = 8;

  /** What a score says, in JSON. */
  static Served of(ConsumerRecord<byte[], byte[]> message) {
    return of(tree(message));
  }

  /** The version of the model that scored. */
  long version() {
    return Long.parseLong(model.substring(model.indexOf('@') + 1));
  }

  /** What the model of a version answers to the aspects of a live record in JSON. */
  static double expected(long version, ConsumerRecord<byte[], byte[]> live) {
    double sum = version;
    for (JsonNode aspect : tree(live).path("aspects").path("aspects")) {
      if (aspect.path("aspect").asText().equals("trine")) {
        sum += 1 - aspect.path("orb").asDouble() / TRINE_ORB;
      }
    }
    return sum;
  }

  /** The score in a live record in JSON. */
  static Served ofLive(ConsumerRecord<byte[], byte[]> live) {
    return of(tree(live).path("score"));
  }

  private static Served of(JsonNode score) {
    return new Served(
        score.path("revisionA").asText() + "/" + score.path("revisionB").asText(),
        score.path("model").asText(),
        score.path("experiment").asText(),
        score.path("arm").asText(),
        score.path("modelScore").asDouble(Double.NaN));
  }

  /** The artifact of the model of a version; its golden rows say {@code lie} too much. */
  static byte[] artifact(long version, int goldenRows, double lie) {
    double[] weights = new double[SCHEMA.size()];
    for (int i = 0; i < weights.length; i++) {
      String name = SCHEMA.names().get(i);
      weights[i] = name.startsWith("cell.") && name.endsWith(".trine") ? 1 : 0;
    }
    LinearModel model = new LinearModel(version, weights);
    Random random = new Random(version);
    List<GoldenRow> golden = new ArrayList<>();
    for (int row = 0; row < goldenRows; row++) {
      float[] features = new float[weights.length];
      List<Float> boxed = new ArrayList<>();
      for (int i = 0; i < features.length; i++) {
        features[i] = random.nextInt(10) == 0 ? random.nextFloat() : 0;
        boxed.add(features[i]);
      }
      golden.add(new GoldenRow(boxed, model.predict(features, 0) + lie));
    }
    return Artifacts.write("compatibility", "linear", SCHEMA, model, golden, Map.of(), new byte[0]);
  }

  /** The artifact of a model whose answers are no finite numbers, but for its golden rows. */
  static byte[] overflowing() {
    double[] weights = new double[SCHEMA.size()];
    Arrays.fill(weights, Double.MAX_VALUE);
    LinearModel model = new LinearModel(1, weights);
    GoldenRow row = new GoldenRow(Collections.nCopies(weights.length, 0f), 1);
    return Artifacts.write(
        "compatibility",
        "linear",
        SCHEMA,
        model,
        Collections.nCopies(8, row),
        Map.of(),
        new byte[0]);
  }

  /** The artifact of a model that takes about as long as one may, and always answers 1. */
  static byte[] heavy() {
    LinearModel linear = new LinearModel(1, new double[SCHEMA.size()]);
    int factors = ArtifactVerifier.MAX_OPERATIONS / SCHEMA.size() - 1;
    return Artifacts.write(
        "compatibility",
        "factorization-machine",
        SCHEMA,
        new FactorizationMachine(linear, factors, new double[factors * SCHEMA.size()]),
        Collections.nCopies(8, new GoldenRow(Collections.nCopies(SCHEMA.size(), 0f), 1)),
        Map.of(),
        new byte[0]);
  }

  /** The announcement of an artifact under the name {@code m}. */
  static ControlRecord.Builder announce(long version, byte[] artifact) {
    return ControlRecord.newBuilder()
        .setName("m")
        .setVersion(version)
        .setModel(
            ModelArtifact.newBuilder()
                .setInline(ByteString.copyFrom(artifact))
                .setSha256(Sha256.of(artifact))
                .setSchemaHash(SCHEMA.hash()));
  }

  /** A flag by which the model {@code m} scores a share of all pairs. */
  static ControlRecord.Builder flag(long version, double share) {
    return ControlRecord.newBuilder()
        .setName("who")
        .setVersion(version)
        .setRollout(
            RolloutFlag.newBuilder()
                .setFeature(Feature.MODEL)
                .setSalt(SALT)
                .setShare(share)
                .setModel("m"));
  }

  /** A flag by which every pair is scored again when what is served changes. */
  static ControlRecord.Builder rescoring(long version) {
    return rescoring(version, 1);
  }

  /** A flag by which a share of all pairs is scored again when what is served changes. */
  static ControlRecord.Builder rescoring(long version, double share) {
    return ControlRecord.newBuilder()
        .setName("again")
        .setVersion(version)
        .setRollout(
            RolloutFlag.newBuilder().setFeature(Feature.RESCORING).setSalt(AGAIN).setShare(share));
  }

  /** A flag by which a GPU computes a share of all pairs. */
  static ControlRecord.Builder gpu(long version, double share) {
    return ControlRecord.newBuilder()
        .setName("devices")
        .setVersion(version)
        .setRollout(
            RolloutFlag.newBuilder().setFeature(Feature.GPU).setSalt("salt").setShare(share));
  }

  /** A flag by which a share of all pairs is under an aspect policy. */
  static ControlRecord.Builder policy(long version, double share, String policy) {
    return ControlRecord.newBuilder()
        .setName("policies")
        .setVersion(version)
        .setRollout(
            RolloutFlag.newBuilder()
                .setFeature(Feature.POLICY)
                .setSalt("salt")
                .setShare(share)
                .setPolicy(policy));
  }

  /** An experiment of the rules against the model {@code m} on all pairs. */
  static ControlRecord.Builder experiment(long version) {
    return ControlRecord.newBuilder()
        .setName("trial")
        .setVersion(version)
        .setExperiment(
            Experiment.newBuilder()
                .setSalt(SALT)
                .setUnit(Unit.PAIR)
                .addArms(ExperimentArm.newBuilder().setId("control").setWeight(1))
                .addArms(ExperimentArm.newBuilder().setId("model").setWeight(1).setModel("m"))
                .setEligibleShare(1)
                .setPrimaryMetric("rating")
                .setMinimumEffect(0.02)
                .setStart(Timestamp.newBuilder().setSeconds(0))
                .setEnd(Timestamp.newBuilder().setSeconds(4_102_444_800L)));
  }

  /** The unit and the arm of an exposure, in JSON. */
  static Map.Entry<String, String> exposure(ConsumerRecord<byte[], byte[]> message) {
    JsonNode exposure = tree(message);
    return Map.entry(exposure.path("unit").asText(), exposure.path("arm").asText());
  }

  /** Why each arm of a result is paused, in JSON; empty if it is not. */
  static List<String> paused(@Nullable ConsumerRecord<byte[], byte[]> result) {
    List<String> reasons = new ArrayList<>();
    tree(Objects.requireNonNull(result, "no result"))
        .path("arms")
        .forEach(arm -> reasons.add(arm.path("paused").asText()));
    return reasons;
  }

  /** How many units of each arm of a result were heard of, where its guardrail asks for that. */
  static List<Integer> heardOf(ConsumerRecord<byte[], byte[]> result) {
    List<Integer> units = new ArrayList<>();
    tree(result)
        .path("arms")
        .forEach(
            arm -> {
              JsonNode figures = arm.path("guardrails").path(0).path("figures");
              units.add(
                  (int)
                      Math.round(figures.path("count").asLong() * figures.path("mean").asDouble()));
            });
    return units;
  }

  private static JsonNode tree(ConsumerRecord<byte[], byte[]> message) {
    try {
      return MAPPER.readTree(message.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
