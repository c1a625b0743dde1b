package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.serving.Control;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Control records in both formats; the JSON is what Protobuf's own mapping writes. */
final class ControlCodecTest {
  private final ControlDecoder decoder = new ControlDecoder();

  @Test
  void everyKindIsReadAsItWasWrittenInBothFormats() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      Control control = random(random);
      OutputRecord sent = InputEncoder.control(control);
      assertThat(sent.topic()).isEqualTo(Topics.CONTROL);
      assertThat(decoder.decode(Samples.received(sent))).isEqualTo(new Decoded.Value<>(control));
      assertThat(decoder.decode(record(Topics.CONTROL, control.name(), json(control))))
          .isEqualTo(new Decoded.Value<>(control));
      assertThat(ControlBytes.read(ControlBytes.of(control))).isEqualTo(control);
    }
  }

  @Test
  void aNullValueRemovesWhatHolds() {
    assertThat(decoder.decode(Samples.received(InputEncoder.removeControl("compatibility"))))
        .isEqualTo(new Decoded.Erase<Control>("compatibility"));
  }

  @Test
  void aModelOfHalfAMegabyteIsReadThoughAChartWouldNotBe() {
    byte[] artifact = new byte[512 * 1024];
    new Random(1).nextBytes(artifact);
    Control.Model model = model(1, "", ByteString.copyFrom(artifact));
    OutputRecord sent = InputEncoder.control(model);
    assertThat(decoder.decode(Samples.received(sent))).isEqualTo(new Decoded.Value<>(model));
  }

  @Test
  void aRefusalOfAnExperimentNamesEverythingThatIsWrong() {
    ControlRecord.Builder wrong = message(experiment(1));
    wrong.getExperimentBuilder().setSalt("").setEligibleShare(2).getArmsBuilder(0).setWeight(0);
    Decoded<Control> decoded =
        decoder.decode(record(Topics.CONTROL, wrong.getName(), wrong.build().toByteArray()));
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    Decoded.Malformed<Control> malformed = (Decoded.Malformed<Control>) decoded;
    assertThat(malformed.code()).isEqualTo(DeadLetterCode.EXPERIMENT_INVALID);
    assertThat(malformed.reason()).contains("salt", "eligible share", "weight 0");
  }

  @Test
  void noPathLeavesTheFolder() {
    for (String path :
        List.of(
            "/etc/passwd", "../x", "a/../b", "a//b", "file:x", "a/", ".hidden", "a b", "a\\b")) {
      refused(
          message(model(1, "x", ByteString.EMPTY)),
          message -> message.getModelBuilder().setReference(path),
          DeadLetterCode.CONTROL_INVALID);
    }
    Control.Model model = model(1, "2026/a-model_1.pb", ByteString.EMPTY);
    assertThat(decoder.decode(Samples.received(InputEncoder.control(model))))
        .isEqualTo(new Decoded.Value<>(model));
  }

  @Test
  void aModelIsNamedWithOrWithoutAVersion() {
    Rollout rollout = new Rollout(Rollout.Feature.MODEL, "salt", 1);
    for (String name :
        List.of("Next", "a b", "@3", "m@", "m@0", "m@03", "m@x", "m@1@2", "m@" + "1".repeat(20))) {
      refused(
          message(experiment(1)),
          message -> message.getExperimentBuilder().getArmsBuilder(1).setModel(name),
          DeadLetterCode.EXPERIMENT_INVALID);
      refused(
          message(new Control.Flag("flag", 1, rollout, "m", "", "")),
          message -> message.getRolloutBuilder().setModel(name),
          DeadLetterCode.ROLLOUT_INVALID);
      refused(
          message(new Control.Flag("flag", 1, rollout, "m", "", "")),
          message -> message.getRolloutBuilder().setOtherwise(name),
          DeadLetterCode.ROLLOUT_INVALID);
    }
    Control.Flag ofBefore = new Control.Flag("flag", 1, rollout, "Next", "", "");
    assertThat(ControlBytes.read(ControlBytes.of(ofBefore))).as("state").isEqualTo(ofBefore);
    Control.Flag flag = new Control.Flag("flag", 1, rollout, "m.x@4", "m.x@" + Long.MAX_VALUE, "");
    assertThat(decoder.decode(Samples.received(InputEncoder.control(flag))))
        .isEqualTo(new Decoded.Value<>(flag));
  }

  @Test
  void bytesThatAreNoControlRecordAreNoState() {
    assertThatIllegalArgumentException().isThrownBy(() -> ControlBytes.read(new byte[] {1, 2, 3}));
    assertThatIllegalArgumentException().isThrownBy(() -> ControlBytes.read(new byte[0]));
  }

  private void refused(
      ControlRecord.Builder message, Consumer<ControlRecord.Builder> fault, DeadLetterCode code) {
    fault.accept(message);
    assertThat(
            decoder.decode(
                record(Topics.CONTROL, message.getName(), message.build().toByteArray())))
        .isInstanceOfSatisfying(
            Decoded.Malformed.class, malformed -> assertThat(malformed.code()).isEqualTo(code));
  }

  private static String json(Control control) throws InvalidProtocolBufferException {
    return JsonFormat.printer().print(ControlMessages.write(control));
  }

  private static ControlRecord.Builder message(Control control) {
    return ControlMessages.write(control).toBuilder();
  }

  private static Control random(Random random) {
    long version = 1 + (random.nextLong() >>> 1 >>> random.nextInt(62));
    return switch (random.nextInt(5)) {
      case 0 -> model(version, "folder/model.pb", ByteString.EMPTY);
      case 1 -> {
        byte[] bytes = new byte[1 + random.nextInt(100)];
        random.nextBytes(bytes);
        yield model(version, "", ByteString.copyFrom(bytes));
      }
      case 2 -> experiment(version);
      case 3 ->
          new Control.Pause(
              version,
              "trial",
              1 + random.nextInt(9),
              random.nextBoolean()
                  ? Map.of("b", "it harms rating")
                  : Map.of("b", "slow", "c", "s\u00e4umig"));
      default -> {
        boolean ofModels = random.nextBoolean();
        Rollout.Feature other =
            List.of(Rollout.Feature.RESCORING, Rollout.Feature.GPU, Rollout.Feature.POLICY)
                .get(random.nextInt(3));
        boolean ofPolicies = !ofModels && other == Rollout.Feature.POLICY;
        yield new Control.Flag(
            "flag",
            version,
            new Rollout(
                ofModels ? Rollout.Feature.MODEL : other, "s\u00e4lz", random.nextInt(11) / 10.0),
            ofModels ? "next" : "",
            ofModels && random.nextBoolean() ? "current" : "",
            ofPolicies ? "tight" : "");
      }
    };
  }

  private static Control.Model model(long version, String reference, ByteString inline) {
    return new Control.Model(
        "compatibility", version, reference, inline, "0a".repeat(32), "ff".repeat(32));
  }

  private static Control.Experiment experiment(long version) {
    return new Control.Experiment(
        version,
        new ExperimentDefinition(
            "new-model",
            "salt",
            version % 2 == 0 ? ExperimentDefinition.Unit.PAIR : ExperimentDefinition.Unit.CHART,
            new ArrayList<>(List.of(new Arm("control", 1), new Arm("model", 3))),
            0.25,
            "rating",
            0.02,
            List.of(
                new Guardrail("latency", Guardrail.Harm.HIGHER, 1.5),
                new Guardrail("replies", Guardrail.Harm.LOWER, 0)),
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-12-01T12:30:00.250Z")),
        Map.of("model", "compatibility"));
  }
}
