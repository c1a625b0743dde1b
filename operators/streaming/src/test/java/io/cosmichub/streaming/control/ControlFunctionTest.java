package io.cosmichub.streaming.control;

import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.artifact;
import static io.cosmichub.streaming.given.Models.linear;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Topics;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Artifacts;
import io.cosmichub.model.Forest;
import io.cosmichub.model.GoldenRow;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.Refusal;
import io.cosmichub.model.v1.Artifact;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Tight;
import io.cosmichub.streaming.ingest.ControlInput;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.record.RecordTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlFunctionTest {

  @TempDir private Path folder = Path.of("");

  private KeyedOneInputStreamOperatorTestHarness<String, ControlInput, PairWork> step;

  @BeforeEach
  void open() throws Exception {
    step = open(new ModelFolder(folder.toUri().toString()), null);
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void aModelThatPassesIsToldWithItsArtifact() throws Exception {
    Control.Model model = announce("m", 1, 1);
    put(model);
    assertThat(told()).containsExactly(new Told("m", ControlBytes.of(model)));
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void anArtifactInTheFolderIsToldInline() throws Exception {
    byte[] artifact = artifact(linear(1), 8, 0);
    Files.createDirectories(folder.resolve("2026"));
    Files.write(folder.resolve("2026/model.pb"), artifact);
    Control.Model inline = announce("m", 1, artifact);
    put(referred("2026/model.pb", inline));
    assertThat(told()).containsExactly(new Told("m", ControlBytes.of(inline)));
  }

  @Test
  void whatIsNotNewerIsNotToldAndTheVersionDecides() throws Exception {
    put(Models.flag(3, 0.1, "m", ""));
    put(Models.flag(3, 0.1, "m", ""));
    put(Models.flag(2, 0.9, "m", ""));
    assertThat(told()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
    put(Models.flag(3, 0.2, "m", ""));
    assertThat(told()).isEmpty();
    assertThat(codes()).containsExactly(DeadLetterCode.CONTROL_CONFLICT);
    put(Models.flag(4, 0.2, "m", ""));
    assertThat(told()).hasSize(1);
  }

  @Test
  void aFlagOfAPolicyThatTheJobDoesNotHaveIsDeadLetteredAndTheOneBeforeItStays() throws Exception {
    put(Models.policy(1, 0.1, "classic"));
    assertThat(told()).hasSize(1);
    put(Models.policy(2, 0.1, "tight"));
    assertThat(told()).isEmpty();
    assertThat(deadLetters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.code()).isEqualTo(DeadLetterCode.POLICY_UNKNOWN);
              assertThat(letter.reason()).contains("'tight'").contains("classic");
            });
    put(Models.policy(1, 0.1, "classic"));
    assertThat(deadLetters()).as("what holds is the first one").isEmpty();
    step.close();
    step = open(Tight.SOURCE, new ModelFolder(""), null);
    put(Models.policy(2, 0.1, "tight"));
    assertThat(told()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aTombstoneIsToldOnceAndEndsTheCountOfVersionsOfAFlag() throws Exception {
    remove("who");
    assertThat(told()).isEmpty();
    assertThat(step.numKeyedStateEntries()).isZero();
    put(Models.flag(3, 0.1, "m", ""));
    told();
    remove("who");
    assertThat(told()).containsExactly(new Told("who", null));
    remove("who");
    assertThat(told()).isEmpty();
    put(Models.flag(1, 0.1, "m", ""));
    assertThat(told()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aPauseThatWasTakenBackMayComeAgainUnderAnyVersion() throws Exception {
    put(new Control.Pause(1_764_547_200_000L, "trial", 1, Map.of("model", "it harms complaints")));
    remove("trial.paused");
    told();
    put(new Control.Pause(1, "trial", 1, Map.of("model", "too blunt")));
    assertThat(told()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aModelOrAnExperimentThatWasRemovedComesBackUnderAHigherVersionOnly() throws Exception {
    comesBackUnderAHigherVersionOnly("m", version -> announce("m", version, version));
    comesBackUnderAHigherVersionOnly("trial", version -> Models.experiment(version, "m"));
  }

  private void comesBackUnderAHigherVersionOnly(String name, LongFunction<Control> of)
      throws Exception {
    long version = 3;
    put(of.apply(version));
    assertThat(told()).hasSize(1);
    remove(name);
    assertThat(told()).containsExactly(new Told(name, null));
    OperatorSubtaskState snapshot = step.snapshot(version, version);
    step.close();
    step = open(ModelFolder.NONE, snapshot);
    for (long refused : new long[] {version, version - 1}) {
      put(of.apply(refused));
      assertThat(told()).isEmpty();
      assertThat(deadLetters())
          .singleElement()
          .satisfies(
              letter -> {
                assertThat(letter.code()).isEqualTo(DeadLetterCode.CONTROL_CONFLICT);
                assertThat(letter.reason())
                    .startsWith("version " + refused + " is not above " + version + ", which was");
              });
    }
    put(of.apply(version + 1));
    assertThat(told()).hasSize(1);
    assertThat(deadLetters()).isEmpty();
    put(of.apply(version + 1));
    assertThat(deadLetters()).as("a duplicate").isEmpty();
  }

  @Test
  void whoeverFollowsExperimentsIsToldThatAModelOrAFlagHasTheNameNow() throws Exception {
    put(Models.experiment(1, "m"));
    put(announce("trial", 2, 1));
    put(Models.experiment(3, "m"));
    put(new Control.Flag("trial", 4, new Rollout(Rollout.Feature.RESCORING, "again", 1), "", ""));
    List<Told> followed = new ArrayList<>();
    for (var news : step.getSideOutput(ControlFunction.EXPERIMENTS)) {
      followed.add(Objects.requireNonNull(news.getValue().told()));
    }
    assertThat(followed)
        .containsExactly(
            new Told("trial", ControlBytes.of(Models.experiment(1, "m"))),
            new Told("trial", null),
            new Told("trial", ControlBytes.of(Models.experiment(3, "m"))),
            new Told("trial", null));
  }

  @Test
  void everyRefusalIsDeadLetteredAndTheModelBeforeItStays() throws Exception {
    put(announce("m", 1, 1));
    told();
    Map<DeadLetterCode, Control.Model> bads = bads();
    bads.forEach(
        (code, bad) -> {
          put(bad);
          assertThat(told()).as(code.name()).isEmpty();
          assertThat(codes()).as(code.name()).containsExactly(code);
        });
    Set<DeadLetterCode> ofArtifacts = new HashSet<>();
    for (DeadLetterCode code : DeadLetterCode.values()) {
      if (code.name().startsWith("ARTIFACT_")) {
        ofArtifacts.add(code);
      }
    }
    assertThat(bads.keySet()).isEqualTo(ofArtifacts);
    // None of them took the version: the right one still may have it.
    put(announce("m", 2, 2));
    assertThat(told()).hasSize(1);
  }

  @Test
  void everyRefusalOfAnArtifactHasACodeOfItsOwn() {
    Set<DeadLetterCode> codes = new HashSet<>();
    for (Refusal refusal : Refusal.values()) {
      codes.add(ControlFunction.code(refusal));
    }
    assertThat(codes).hasSize(Refusal.values().length);
  }

  @Test
  void withoutAFolderNoReferenceIsRead() throws Exception {
    byte[] artifact = artifact(linear(1), 8, 0);
    Files.write(folder.resolve("model.pb"), artifact);
    step.close();
    step = open(ModelFolder.NONE, null);
    put(referred("model.pb", announce("m", 1, artifact)));
    assertThat(codes()).containsExactly(DeadLetterCode.ARTIFACT_UNREADABLE);
  }

  @Test
  void theVersionsAreKnownAfterARestore() throws Exception {
    put(Models.flag(3, 0.1, "m", ""));
    OperatorSubtaskState snapshot = step.snapshot(1, 1);
    step.close();
    step = open(ModelFolder.NONE, snapshot);
    put(Models.flag(2, 0.1, "m", ""));
    put(Models.flag(3, 0.1, "m", ""));
    assertThat(told()).isEmpty();
    put(Models.flag(4, 0.1, "m", ""));
    assertThat(told()).hasSize(1);
  }

  private Map<DeadLetterCode, Control.Model> bads() throws IOException {
    byte[] valid = artifact(linear(2), 8, 0);
    Artifact parsed = Artifact.parseFrom(valid);
    byte[] large = new byte[ArtifactVerifier.MAX_BYTES + 1];
    Files.write(folder.resolve("large.pb"), large);
    ByteArrayOutputStream serialized = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(serialized)) {
      out.writeObject(new ArrayList<>(List.of(1)));
    }
    byte[] broken = valid.clone();
    broken[0] = (byte) 0xFF;
    Control.Model right = announce("m", 2, valid);
    byte[] later = parsed.toBuilder().setFormat(Artifacts.FORMAT + 1).build().toByteArray();
    byte[] leafless =
        parsed.toBuilder()
            .setLinear(parsed.getLinear().toBuilder().setBias(Double.NaN))
            .build()
            .toByteArray();
    byte[] slow = artifact(slow(), 8, 0);
    Map<DeadLetterCode, Control.Model> bads = new HashMap<>();
    bads.put(DeadLetterCode.ARTIFACT_UNREADABLE, referred("absent.pb", right));
    bads.put(DeadLetterCode.ARTIFACT_TOO_LARGE, referred("large.pb", announce("m", 2, large)));
    bads.put(DeadLetterCode.ARTIFACT_JAVA_SERIALIZED, announce("m", 2, serialized.toByteArray()));
    bads.put(
        DeadLetterCode.ARTIFACT_HASH_MISMATCH,
        new Control.Model("m", 2, "", right.inline(), "00".repeat(32), right.schemaHash()));
    bads.put(DeadLetterCode.ARTIFACT_BROKEN, announce("m", 2, broken));
    bads.put(DeadLetterCode.ARTIFACT_FORMAT_UNKNOWN, announce("m", 2, later));
    bads.put(DeadLetterCode.ARTIFACT_SCHEMA_MISMATCH, announce("m", 2, ofOtherFeatures()));
    bads.put(DeadLetterCode.ARTIFACT_MODEL_BROKEN, announce("m", 2, leafless));
    bads.put(DeadLetterCode.ARTIFACT_TOO_SLOW, announce("m", 2, slow));
    bads.put(DeadLetterCode.ARTIFACT_GOLDEN_MISSING, announce("m", 2, artifact(linear(2), 7, 0)));
    bads.put(
        DeadLetterCode.ARTIFACT_GOLDEN_DIFFERS, announce("m", 2, artifact(linear(2), 8, 0.01)));
    return bads;
  }

  /** One tree, asked too often. */
  private static Forest slow() {
    return new Forest(
        Models.SCHEMA.size(),
        0,
        1,
        new int[ArtifactVerifier.MAX_OPERATIONS + 1],
        List.of(new Forest.Node(0, 0, true, 1, 2, 0), Forest.Node.leaf(1), Forest.Node.leaf(2)));
  }

  /** Announced for the features of the job, but trained with others. */
  private static byte[] ofOtherFeatures() {
    FeatureSchema areas = FeatureSchema.of(AspectPolicy.classic(), Set.of(FeatureGroup.AREAS));
    List<Float> none = Collections.nCopies(areas.size(), 0f);
    return Artifacts.write(
        "compatibility",
        "linear",
        areas,
        new LinearModel(1, new double[areas.size()]),
        Collections.nCopies(8, new GoldenRow(none, 1)),
        Map.of(),
        new byte[0]);
  }

  private static Control.Model referred(String reference, Control.Model model) {
    return new Control.Model(
        model.name(),
        model.version(),
        reference,
        ByteString.EMPTY,
        Sha256.of(model.inline().toByteArray()),
        model.schemaHash());
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlInput, PairWork> open(
      ModelFolder folder, @Nullable OperatorSubtaskState restored) throws Exception {
    return open(AspectPolicy::classic, folder, restored);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, ControlInput, PairWork> open(
      PolicySource policy, ModelFolder folder, @Nullable OperatorSubtaskState restored)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ControlFunction(policy, folder)),
            ControlInput::name,
            Types.STRING);
    harness.setup(RecordTypes.PAIR_WORK.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }

  private void put(Control control) {
    send(new ControlInput(control.name(), control, Given.raw(Topics.CONTROL, control.name(), "")));
  }

  private void remove(String name) {
    send(new ControlInput(name, null, Given.raw(Topics.CONTROL, name, null)));
  }

  private void send(ControlInput input) {
    try {
      step.processElement(input, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<Told> told() {
    List<Told> told = new ArrayList<>();
    for (PairWork work : step.extractOutputValues()) {
      assertThat(work.kind()).isEqualTo(PairWork.Kind.TELL);
      told.add(Objects.requireNonNull(work.told()));
    }
    step.getOutput().clear();
    return told;
  }

  private List<DeadLetter> deadLetters() {
    var letters = step.getSideOutput(DeadLetters.TAG);
    if (letters == null) {
      return List.of();
    }
    List<DeadLetter> values = letters.stream().map(StreamRecord::getValue).toList();
    letters.clear();
    return values;
  }

  private List<DeadLetterCode> codes() {
    return deadLetters().stream().map(DeadLetter::code).toList();
  }
}
