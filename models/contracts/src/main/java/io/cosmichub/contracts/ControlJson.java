package io.cosmichub.contracts;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.Experiment;
import io.cosmichub.contracts.v1.ExperimentArm;
import io.cosmichub.contracts.v1.ExperimentGuardrail;
import io.cosmichub.contracts.v1.ExperimentPause;
import io.cosmichub.contracts.v1.Feature;
import io.cosmichub.contracts.v1.Harm;
import io.cosmichub.contracts.v1.ModelArtifact;
import io.cosmichub.contracts.v1.PausedArm;
import io.cosmichub.contracts.v1.RolloutFlag;
import io.cosmichub.contracts.v1.Unit;
import java.io.IOException;
import java.util.Base64;

/** Reads the JSON of a {@code ControlRecord}; what is not known is skipped. */
final class ControlJson {

  private ControlJson() {}

  static ControlRecord read(byte[] json) throws Refusal, IOException {
    ControlRecord.Builder record = ControlRecord.newBuilder();
    try (JsonInput in = JsonInput.of(json)) {
      in.startMessage();
      int seen = 0;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        int field = field(name);
        if (field == 0) {
          in.skip();
        } else {
          seen = FieldsSeen.once(seen, field);
          if (in.hasValue()) {
            value(in, field, record);
          }
        }
      }
      in.endMessage();
    }
    return record.build();
  }

  /** The number of a field in the schema; 0 if it has none. */
  private static int field(String name) {
    return switch (name) {
      case "name" -> ControlRecord.NAME_FIELD_NUMBER;
      case "version" -> ControlRecord.VERSION_FIELD_NUMBER;
      case "model" -> ControlRecord.MODEL_FIELD_NUMBER;
      case "experiment" -> ControlRecord.EXPERIMENT_FIELD_NUMBER;
      case "rollout" -> ControlRecord.ROLLOUT_FIELD_NUMBER;
      case "pause" -> ControlRecord.PAUSE_FIELD_NUMBER;
      default -> 0;
    };
  }

  private static void value(JsonInput in, int field, ControlRecord.Builder record)
      throws Refusal, IOException {
    if (field >= ControlRecord.MODEL_FIELD_NUMBER
        && record.getControlCase() != ControlRecord.ControlCase.CONTROL_NOT_SET) {
      throw JsonInput.broken("the JSON names two fields of which only one may be there");
    }
    switch (field) {
      case ControlRecord.NAME_FIELD_NUMBER -> record.setName(in.string("name"));
      case ControlRecord.VERSION_FIELD_NUMBER -> record.setVersion(in.int64("version"));
      case ControlRecord.MODEL_FIELD_NUMBER -> record.setModel(model(in));
      case ControlRecord.EXPERIMENT_FIELD_NUMBER -> record.setExperiment(experiment(in));
      case ControlRecord.ROLLOUT_FIELD_NUMBER -> record.setRollout(rollout(in));
      case ControlRecord.PAUSE_FIELD_NUMBER -> record.setPause(pause(in));
      default -> throw new IllegalStateException("field " + field);
    }
  }

  private static ModelArtifact model(JsonInput in) throws Refusal, IOException {
    in.requireObject("model");
    ModelArtifact.Builder model = ModelArtifact.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "reference" -> model.setReference(string(in, name));
        case "inline" -> model.setInline(bytes(string(in, name)));
        case "sha256" -> model.setSha256(string(in, name));
        case "schemaHash", "schema_hash" -> model.setSchemaHash(string(in, name));
        default -> in.skip();
      }
    }
    return model.build();
  }

  private static Experiment experiment(JsonInput in) throws Refusal, IOException {
    in.requireObject("experiment");
    Experiment.Builder experiment = Experiment.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "salt" -> experiment.setSalt(string(in, name));
        case "unit" -> experiment.setUnit(constant(Unit.class, string(in, name)));
        case "arms" -> {
          if (in.hasValue()) {
            in.requireArray(name);
            while (in.nextElement()) {
              experiment.addArms(arm(in));
            }
          }
        }
        case "eligibleShare", "eligible_share" -> experiment.setEligibleShare(number(in, name));
        case "primaryMetric", "primary_metric" -> experiment.setPrimaryMetric(string(in, name));
        case "minimumEffect", "minimum_effect" -> experiment.setMinimumEffect(number(in, name));
        case "guardrails" -> {
          if (in.hasValue()) {
            in.requireArray(name);
            while (in.nextElement()) {
              experiment.addGuardrails(guardrail(in));
            }
          }
        }
        case "start" -> {
          if (in.hasValue()) {
            experiment.setStart(time(in.string(name)));
          }
        }
        case "end" -> {
          if (in.hasValue()) {
            experiment.setEnd(time(in.string(name)));
          }
        }
        default -> in.skip();
      }
    }
    return experiment.build();
  }

  private static ExperimentArm arm(JsonInput in) throws Refusal, IOException {
    in.requireObject("an arm");
    ExperimentArm.Builder arm = ExperimentArm.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "id" -> arm.setId(string(in, name));
        case "weight" -> arm.setWeight(int32(in, name));
        case "model" -> arm.setModel(string(in, name));
        default -> in.skip();
      }
    }
    return arm.build();
  }

  private static ExperimentGuardrail guardrail(JsonInput in) throws Refusal, IOException {
    in.requireObject("a guardrail");
    ExperimentGuardrail.Builder guardrail = ExperimentGuardrail.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "metric" -> guardrail.setMetric(string(in, name));
        case "harm" -> guardrail.setHarm(constant(Harm.class, string(in, name)));
        case "margin" -> guardrail.setMargin(number(in, name));
        default -> in.skip();
      }
    }
    return guardrail.build();
  }

  private static RolloutFlag rollout(JsonInput in) throws Refusal, IOException {
    in.requireObject("rollout");
    RolloutFlag.Builder rollout = RolloutFlag.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "feature" -> rollout.setFeature(constant(Feature.class, string(in, name)));
        case "salt" -> rollout.setSalt(string(in, name));
        case "share" -> rollout.setShare(number(in, name));
        case "model" -> rollout.setModel(string(in, name));
        case "otherwise" -> rollout.setOtherwise(string(in, name));
        case "policy" -> rollout.setPolicy(string(in, name));
        default -> in.skip();
      }
    }
    return rollout.build();
  }

  private static ExperimentPause pause(JsonInput in) throws Refusal, IOException {
    in.requireObject("pause");
    ExperimentPause.Builder pause = ExperimentPause.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "experiment" -> pause.setExperiment(string(in, name));
        case "ofVersion", "of_version" -> pause.setOfVersion(in.hasValue() ? in.int64(name) : 0);
        case "arms" -> {
          if (in.hasValue()) {
            in.requireArray(name);
            while (in.nextElement()) {
              pause.addArms(pausedArm(in));
            }
          }
        }
        default -> in.skip();
      }
    }
    return pause.build();
  }

  private static PausedArm pausedArm(JsonInput in) throws Refusal, IOException {
    in.requireObject("an arm");
    PausedArm.Builder arm = PausedArm.newBuilder();
    for (String name = in.nextField(); name != null; name = in.nextField()) {
      switch (name) {
        case "arm" -> arm.setArm(string(in, name));
        case "reason" -> arm.setReason(string(in, name));
        default -> in.skip();
      }
    }
    return arm.build();
  }

  private static Timestamp time(String text) throws Refusal {
    return Timestamps.of(Rfc3339.parse(text));
  }

  /** Of either alphabet, padded or not, as the mapping has it. */
  private static ByteString bytes(String base64) throws Refusal {
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(base64.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw JsonInput.broken("inline is not Base64");
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> of, String name) throws Refusal {
    try {
      E constant = Enum.valueOf(of, name);
      if (!name.equals("UNRECOGNIZED")) { // a constant of the generated code alone
        return constant;
      }
      throw new IllegalArgumentException(name);
    } catch (IllegalArgumentException e) {
      throw JsonInput.broken("a field names something that its list does not have");
    }
  }

  private static String string(JsonInput in, String name) throws Refusal, IOException {
    return in.hasValue() ? in.string(name) : "";
  }

  private static double number(JsonInput in, String name) throws Refusal, IOException {
    return in.hasValue() ? in.number(name) : 0;
  }

  private static int int32(JsonInput in, String name) throws Refusal, IOException {
    long number = in.hasValue() ? in.int64(name) : 0;
    if ((int) number != number) {
      throw JsonInput.broken(name + " is not a whole number of 32 bits");
    }
    return (int) number;
  }
}
