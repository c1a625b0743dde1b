package io.cosmichub.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.v1.Artifact;
import io.cosmichub.model.v1.Golden;
import io.cosmichub.model.v1.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ArtifactVerifierTest {
  private static final FeatureSchema SCHEMA =
      FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));
  private static final ArtifactVerifier VERIFIER = new ArtifactVerifier(SCHEMA);

  @Test
  void everyKindOfModelComesBackAsItWasWritten() {
    for (PairModel model : List.of(linear(), new LogisticModel(linear()), machine(), forest())) {
      byte[] bytes = write(model, golden(model, 0));

      Verification verification = VERIFIER.verify(bytes, Sha256.of(bytes));

      assertThat(verification).isInstanceOf(Verification.Accepted.class);
      Verification.Accepted accepted = (Verification.Accepted) verification;
      assertThat(accepted.id()).isEqualTo(Sha256.of(bytes).substring(0, 16));
      assertThat(write(accepted.model(), golden(model, 0))).isEqualTo(bytes);
    }
  }

  @Test
  void theSameModelIsTheSameBytes() {
    assertThat(write(linear(), golden(linear(), 0)))
        .isEqualTo(write(linear(), golden(linear(), 0)));
  }

  @Test
  void anotherHashIsRefused() {
    assertThat(VERIFIER.verify(valid(), Sha256.of(new byte[0])))
        .satisfies(is(Refusal.HASH_MISMATCH));
  }

  @Test
  void everyFlippedByteIsRefusedAndNoNoiseThrows() {
    byte[] valid = valid();
    String announced = Sha256.of(valid);
    for (int i = 0; i < valid.length; i++) {
      byte[] flipped = valid.clone();
      flipped[i] ^= 1;
      assertThat(VERIFIER.verify(flipped, announced)).isInstanceOf(Verification.Refused.class);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = Arrays.copyOf(valid, random.nextInt(valid.length));
      for (int flips = random.nextInt(4); flips > 0 && noise.length > 0; flips--) {
        noise[random.nextInt(noise.length)] = (byte) random.nextInt();
      }
      // With a hash that fits, so that what is read decides: an answer, whichever, and no
      // exception.
      assertThat(VERIFIER.verify(noise, Sha256.of(noise))).isNotNull();
    }
  }

  @Test
  void anOversizedArtifactIsRefusedBeforeItIsRead() {
    byte[] valid = valid();

    assertThat(new ArtifactVerifier(SCHEMA, valid.length).verify(valid, Sha256.of(valid)))
        .isInstanceOf(Verification.Accepted.class);
    assertThat(new ArtifactVerifier(SCHEMA, valid.length - 1).verify(valid, Sha256.of(valid)))
        .satisfies(is(Refusal.TOO_LARGE));
  }

  @Test
  void aJavaSerializedObjectIsRefusedUnread() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ArrayList<>(List.of(1)));
    }

    assertThat(VERIFIER.verify(bytes.toByteArray(), Sha256.of(bytes.toByteArray())))
        .satisfies(is(Refusal.JAVA_SERIALIZED));
  }

  @Test
  void anotherSchemaIsRefused() {
    FeatureSchema other = FeatureSchema.ofLongitudes(AspectPolicy.classic());

    assertThat(new ArtifactVerifier(other).verify(valid(), Sha256.of(valid())))
        .satisfies(is(Refusal.SCHEMA_MISMATCH));
    assertThat(changed(artifact -> artifact.setSchemaVersion(FeatureSchema.VERSION + 1)))
        .satisfies(is(Refusal.SCHEMA_MISMATCH));
  }

  @Test
  void whatIsNoArtifactOrALaterOneIsRefused() {
    assertThat(VERIFIER.verify(new byte[0], Sha256.of(new byte[0])))
        .satisfies(is(Refusal.NOT_AN_ARTIFACT));
    assertThat(changed(artifact -> artifact.setFormat(2))).satisfies(is(Refusal.FORMAT_UNKNOWN));
    assertThat(changed(artifact -> artifact.getGoldenBuilder(0).setIndices(0, 99)))
        .satisfies(is(Refusal.NOT_AN_ARTIFACT));
  }

  @Test
  void numbersThatMakeNoModelAreRefused() {
    assertThat(changed(Artifact.Builder::clearLinear)).satisfies(is(Refusal.MODEL_BROKEN));
    assertThat(changed(artifact -> artifact.getLinearBuilder().addWeights(1)))
        .satisfies(is(Refusal.MODEL_BROKEN));
    assertThat(changed(artifact -> artifact.getLinearBuilder().setWeights(0, Double.NaN)))
        .satisfies(is(Refusal.MODEL_BROKEN));
  }

  @Test
  void aModelThatWouldTakeTooLongIsRefused() {
    int most = ArtifactVerifier.MAX_OPERATIONS;
    int factors = most / SCHEMA.size();
    int trees = most / (int) stumps(1).operations();

    assertThat(verify(stumps(trees))).isInstanceOf(Verification.Accepted.class);
    assertThat(verify(stumps(trees + 1))).satisfies(is(Refusal.TOO_SLOW));
    assertThat(verify(leaves(most))).isInstanceOf(Verification.Accepted.class);
    assertThat(verify(leaves(most + 1))).satisfies(is(Refusal.TOO_SLOW));
    assertThat(verify(machine(factors - 1))).isInstanceOf(Verification.Accepted.class);
    assertThat(verify(machine(factors))).satisfies(is(Refusal.TOO_SLOW));
  }

  @Test
  void moreNumbersThanASwiftModelHasAreRefusedUnbuilt() {
    // None of these would make a model: whoever built them first would find them broken.
    int most = ArtifactVerifier.MAX_OPERATIONS;
    List<Double> weights = Collections.nCopies(most + 1, Double.NaN);
    assertThat(changed(artifact -> artifact.getLinearBuilder().addAllWeights(weights)))
        .satisfies(is(Refusal.TOO_SLOW));
    assertThat(changed(artifact -> artifact.getLogisticBuilder().addAllWeights(weights)))
        .satisfies(is(Refusal.TOO_SLOW));
    assertThat(
            changed(artifact -> artifact.getFactorizationMachineBuilder().addAllVectors(weights)))
        .satisfies(is(Refusal.TOO_SLOW));
    assertThat(changed(artifact -> nodes(artifact, 65 * 8_192 - 1, 0)))
        .satisfies(is(Refusal.MODEL_BROKEN));
    assertThat(changed(artifact -> nodes(artifact, 65 * 8_192, 0))).satisfies(is(Refusal.TOO_SLOW));
    assertThat(changed(artifact -> nodes(artifact, 0, most))).satisfies(is(Refusal.MODEL_BROKEN));
    assertThat(changed(artifact -> nodes(artifact, 0, most + 1))).satisfies(is(Refusal.TOO_SLOW));
    assertThat(changed(artifact -> nodes(artifact, 4 * 8_192, most / 2 + 1)))
        .satisfies(is(Refusal.TOO_SLOW));
  }

  @Test
  void aModelThatAnswersOtherwiseThanItsTrainersIsRefused() {
    assertThat(changed(artifact -> artifact.getLinearBuilder().setBias(0.3)))
        .satisfies(is(Refusal.GOLDEN_DIFFERS));
    assertThat(changed(artifact -> artifact.getGoldenBuilder(3).setPrediction(Double.NaN)))
        .satisfies(is(Refusal.GOLDEN_DIFFERS));
    assertThat(changed(Artifact.Builder::clearGolden)).satisfies(is(Refusal.GOLDEN_MISSING));
  }

  @Test
  void moreGoldenRowsThanAReaderTakesAreRefused() {
    assertThat(changed(artifact -> golden(artifact, ArtifactVerifier.MAX_GOLDEN)))
        .isInstanceOf(Verification.Accepted.class);
    assertThat(changed(artifact -> golden(artifact, ArtifactVerifier.MAX_GOLDEN + 1)))
        .satisfies(is(Refusal.TOO_LARGE));
  }

  @Test
  void moreMessagesThanAnArtifactHasAreRefusedBeforeAnyIsBuilt() throws IOException {
    byte[] rows = messages(Artifact.GOLDEN_FIELD_NUMBER, ArtifactVerifier.MAX_BYTES / 2 - 1_024);
    assertThat(verifyBroken(rows)).satisfies(is(Refusal.TOO_LARGE));
    byte[] provenance = messages(Artifact.PROVENANCE_FIELD_NUMBER, 1_000);
    assertThat(verifyBroken(provenance)).satisfies(is(Refusal.TOO_LARGE));
    ByteArrayOutputStream forest = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(forest);
    out.writeByteArray(
        Artifact.FOREST_FIELD_NUMBER,
        messages(io.cosmichub.model.v1.Forest.NODES_FIELD_NUMBER, 65 * 8_192));
    out.flush();
    assertThat(verifyBroken(forest.toByteArray())).satisfies(is(Refusal.TOO_SLOW));
    assertThat(verifyBroken(new byte[0])).satisfies(is(Refusal.NOT_AN_ARTIFACT));
  }

  /** Of an artifact with more in it, and a field 0 at its end, which whoever parses it refuses. */
  private static Verification verifyBroken(byte[] more) {
    byte[] valid = valid();
    byte[] bytes = Arrays.copyOf(valid, valid.length + more.length + 1);
    System.arraycopy(more, 0, bytes, valid.length, more.length);
    return VERIFIER.verify(bytes, Sha256.of(bytes));
  }

  /** Empty messages under a field, two bytes each. */
  private static byte[] messages(int field, int count) {
    byte[] bytes = new byte[2 * count];
    for (int i = 0; i < count; i++) {
      bytes[2 * i] = (byte) (field << 3 | 2);
    }
    return bytes;
  }

  private static Verification changed(Consumer<Artifact.Builder> change) {
    try {
      Artifact.Builder artifact = Artifact.parseFrom(valid()).toBuilder();
      change.accept(artifact);
      byte[] bytes = artifact.build().toByteArray();
      return VERIFIER.verify(bytes, Sha256.of(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** The first golden row as often as said. */
  private static void golden(Artifact.Builder artifact, int rows) {
    Golden first = artifact.getGolden(0);
    artifact.clearGolden().addAllGolden(Collections.nCopies(rows, first));
  }

  /** Leaves without a finite value, and trees that begin nowhere. */
  private static void nodes(Artifact.Builder artifact, int nodes, int roots) {
    Node leaf = Node.newBuilder().setValue(Double.NaN).build();
    artifact
        .getForestBuilder()
        .addAllNodes(Collections.nCopies(nodes, leaf))
        .addAllRoots(Collections.nCopies(roots, nodes));
  }

  private static Verification verify(PairModel model) {
    byte[] bytes = write(model, golden(model, 0));
    return VERIFIER.verify(bytes, Sha256.of(bytes));
  }

  private static Consumer<Verification> is(Refusal code) {
    return verification -> {
      assertThat(verification).isInstanceOf(Verification.Refused.class);
      assertThat(((Verification.Refused) verification).code()).isEqualTo(code);
    };
  }

  private static byte[] valid() {
    return write(linear(), golden(linear(), 0));
  }

  private static byte[] write(PairModel model, List<GoldenRow> golden) {
    return Artifacts.write(
        "strength",
        "by hand",
        SCHEMA,
        model,
        golden,
        Map.of("seed", "1", "data", "none", "rows", "0"),
        new byte[] {1, 2, 3});
  }

  private static List<GoldenRow> golden(PairModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<GoldenRow> rows = new ArrayList<>();
    for (int i = 0; i < ArtifactVerifier.MIN_GOLDEN; i++) {
      List<Float> features = new ArrayList<>(Collections.nCopies(SCHEMA.size(), 0f));
      float[] row = new float[SCHEMA.size()];
      for (int feature = i % 2; feature < row.length; feature++) {
        row[feature] = (float) random.nextDouble(-1, 1);
        features.set(feature, row[feature]);
      }
      rows.add(new GoldenRow(features, model.predict(row, 0)));
    }
    return rows;
  }

  private static LinearModel linear() {
    return new LinearModel(0.25, new double[] {1, -2, 3, -4, 5});
  }

  private static FactorizationMachine machine() {
    return new FactorizationMachine(linear(), 2, new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  }

  private static FactorizationMachine machine(int factors) {
    return new FactorizationMachine(linear(), factors, new double[factors * SCHEMA.size()]);
  }

  private static Forest forest() {
    return stumps(1);
  }

  /** The same leaf several times. */
  private static Forest leaves(int trees) {
    return new Forest(SCHEMA.size(), 0, 1, new int[trees], List.of(Forest.Node.leaf(0.5)));
  }

  /** The same tree several times. */
  private static Forest stumps(int trees) {
    return new Forest(
        SCHEMA.size(),
        0.5,
        0.1,
        new int[trees],
        List.of(
            new Forest.Node(2, 0.1, false, 1, 2, 0), Forest.Node.leaf(-1), Forest.Node.leaf(1)));
  }
}
