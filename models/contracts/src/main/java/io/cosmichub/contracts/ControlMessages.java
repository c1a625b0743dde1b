package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.ExperimentArm;
import io.cosmichub.contracts.v1.ExperimentGuardrail;
import io.cosmichub.contracts.v1.ExperimentPause;
import io.cosmichub.contracts.v1.Feature;
import io.cosmichub.contracts.v1.Harm;
import io.cosmichub.contracts.v1.ModelArtifact;
import io.cosmichub.contracts.v1.PausedArm;
import io.cosmichub.contracts.v1.RolloutFlag;
import io.cosmichub.contracts.v1.Unit;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.serving.Control;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Messages of the control topic to what they mean, held against every rule, and back. */
final class ControlMessages {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern REFERENCE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
  private static final int MAX_REFERENCE = 512;
  private static final int MAX_SALT = 128;
  private static final int MAX_REASON = 512;

  private ControlMessages() {}

  static Control read(ControlRecord record) throws Refusal {
    require(NAME.matcher(record.getName()).matches(), "the name is none");
    require(record.getVersion() >= 1, "the version is absent, or below 1");
    return switch (record.getControlCase()) {
      case MODEL -> model(record, record.getModel());
      case EXPERIMENT -> experiment(record, record.getExperiment());
      case ROLLOUT -> flag(record, record.getRollout());
      case PAUSE -> pause(record, record.getPause());
      case CONTROL_NOT_SET ->
          throw invalid("it is neither a model nor an experiment nor a rollout flag nor a pause");
    };
  }

  static ControlRecord write(Control control) {
    ControlRecord.Builder out =
        ControlRecord.newBuilder().setName(control.name()).setVersion(control.version());
    if (control instanceof Control.Model model) {
      out.setModel(
          ModelArtifact.newBuilder()
              .setReference(model.reference())
              .setInline(model.inline())
              .setSha256(model.sha256())
              .setSchemaHash(model.schemaHash()));
    } else if (control instanceof Control.Experiment experiment) {
      out.setExperiment(message(experiment));
    } else if (control instanceof Control.Flag flag) {
      out.setRollout(message(flag));
    } else if (control instanceof Control.Pause pause) {
      out.setPause(message(pause));
    }
    return out.build();
  }

  private static Control.Model model(ControlRecord record, ModelArtifact message) throws Refusal {
    String reference = message.getReference();
    require(
        reference.isEmpty() != message.getInline().isEmpty(),
        "a model has neither a reference nor an artifact, or has both");
    require(
        reference.isEmpty()
            || (reference.length() <= MAX_REFERENCE && REFERENCE.matcher(reference).matches()),
        "the reference is no path below a folder");
    require(SHA_256.matcher(message.getSha256()).matches(), "the SHA-256 is not 64 hex digits");
    require(
        SHA_256.matcher(message.getSchemaHash()).matches(), "the schema hash is not 64 hex digits");
    return new Control.Model(
        record.getName(),
        record.getVersion(),
        reference,
        message.getInline(),
        message.getSha256(),
        message.getSchemaHash());
  }

  private static Control.Experiment experiment(
      ControlRecord record, io.cosmichub.contracts.v1.Experiment message) throws Refusal {
    if (message.getUnit() != Unit.PAIR && message.getUnit() != Unit.CHART) {
      throw new Refusal(DeadLetterCode.EXPERIMENT_INVALID, "the unit is neither PAIR nor CHART");
    }
    if (!message.hasStart() || !message.hasEnd()) {
      throw new Refusal(DeadLetterCode.EXPERIMENT_INVALID, "start or end is absent");
    }
    if (message.getSalt().length() > MAX_SALT) {
      throw new Refusal(DeadLetterCode.EXPERIMENT_INVALID, "the salt is too long");
    }
    Instant start = instant(message.getStart());
    Instant end = instant(message.getEnd());
    Map<String, String> models = new HashMap<>();
    for (ExperimentArm arm : message.getArmsList()) {
      if (!arm.getModel().isEmpty()) {
        models.put(arm.getId(), arm.getModel());
      }
    }
    List<Guardrail> guardrails =
        message.getGuardrailsList().stream().map(ControlMessages::guardrail).toList();
    if (message.getGuardrailsList().stream().anyMatch(ControlMessages::hasNoHarm)) {
      throw new Refusal(
          DeadLetterCode.EXPERIMENT_INVALID, "the harm of a guardrail is neither LOWER nor HIGHER");
    }
    try {
      return new Control.Experiment(
          record.getVersion(),
          new ExperimentDefinition(
              record.getName(),
              message.getSalt(),
              message.getUnit() == Unit.PAIR
                  ? ExperimentDefinition.Unit.PAIR
                  : ExperimentDefinition.Unit.CHART,
              message.getArmsList().stream()
                  .map(arm -> new Arm(arm.getId(), arm.getWeight()))
                  .toList(),
              message.getEligibleShare(),
              message.getPrimaryMetric(),
              message.getMinimumEffect(),
              guardrails,
              start,
              end),
          models);
    } catch (IllegalArgumentException e) {
      // Says everything that is wrong; an experiment tells nothing of anybody.
      throw new Refusal(
          DeadLetterCode.EXPERIMENT_INVALID, String.valueOf(e.getMessage()).replace("\n ", ""));
    }
  }

  private static boolean hasNoHarm(ExperimentGuardrail guardrail) {
    return guardrail.getHarm() != Harm.LOWER && guardrail.getHarm() != Harm.HIGHER;
  }

  private static Guardrail guardrail(ExperimentGuardrail message) {
    return new Guardrail(
        message.getMetric(),
        message.getHarm() == Harm.HIGHER ? Guardrail.Harm.HIGHER : Guardrail.Harm.LOWER,
        message.getMargin());
  }

  private static Control.Flag flag(ControlRecord record, RolloutFlag message) throws Refusal {
    Rollout.Feature feature =
        switch (message.getFeature()) {
          case MODEL -> Rollout.Feature.MODEL;
          case RESCORING -> Rollout.Feature.RESCORING;
          case GPU -> Rollout.Feature.GPU;
          case POLICY -> Rollout.Feature.POLICY;
          case FEATURE_UNSPECIFIED, UNRECOGNIZED ->
              throw new Refusal(
                  DeadLetterCode.ROLLOUT_INVALID,
                  "the feature is neither MODEL nor RESCORING nor GPU nor POLICY");
        };
    if (message.getSalt().isBlank() || message.getSalt().length() > MAX_SALT) {
      throw new Refusal(DeadLetterCode.ROLLOUT_INVALID, "the salt is empty or too long");
    }
    if (!message.getPolicy().isEmpty() && !NAME.matcher(message.getPolicy()).matches()) {
      throw new Refusal(DeadLetterCode.ROLLOUT_INVALID, "the policy is no name");
    }
    try {
      return new Control.Flag(
          record.getName(),
          record.getVersion(),
          new Rollout(feature, message.getSalt(), message.getShare()),
          message.getModel(),
          message.getOtherwise(),
          message.getPolicy());
    } catch (IllegalArgumentException e) {
      throw new Refusal(DeadLetterCode.ROLLOUT_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static Control.Pause pause(ControlRecord record, ExperimentPause message) throws Refusal {
    String experiment = message.getExperiment();
    require(NAME.matcher(experiment).matches(), "the pause names no experiment");
    require(
        record.getName().equals(Control.Pause.nameFor(experiment)),
        "the name is not that of a pause of the experiment");
    require(message.getOfVersion() >= 1, "the version of the paused experiment is below 1");
    Map<String, String> arms = new HashMap<>();
    for (PausedArm arm : message.getArmsList()) {
      require(NAME.matcher(arm.getArm()).matches(), "a paused arm has no name");
      require(arm.getReason().length() <= MAX_REASON, "the reason of a pause is too long");
      arms.put(arm.getArm(), arm.getReason().isBlank() ? "paused" : arm.getReason());
    }
    require(
        !arms.isEmpty()
            && arms.size() == message.getArmsCount()
            && arms.size() <= ExperimentDefinition.MAX_ARMS,
        "the paused arms are none, too many, or not all different");
    return new Control.Pause(record.getVersion(), experiment, message.getOfVersion(), arms);
  }

  private static ExperimentPause message(Control.Pause pause) {
    ExperimentPause.Builder out =
        ExperimentPause.newBuilder()
            .setExperiment(pause.experiment())
            .setOfVersion(pause.ofVersion());
    new TreeMap<>(pause.arms())
        .forEach(
            (arm, reason) -> out.addArms(PausedArm.newBuilder().setArm(arm).setReason(reason)));
    return out.build();
  }

  private static io.cosmichub.contracts.v1.Experiment message(Control.Experiment experiment) {
    ExperimentDefinition definition = experiment.definition();
    io.cosmichub.contracts.v1.Experiment.Builder out =
        io.cosmichub.contracts.v1.Experiment.newBuilder()
            .setSalt(definition.salt())
            .setUnit(definition.unit() == ExperimentDefinition.Unit.PAIR ? Unit.PAIR : Unit.CHART)
            .setEligibleShare(definition.eligibleShare())
            .setPrimaryMetric(definition.primaryMetric())
            .setMinimumEffect(definition.minimumEffect())
            .setStart(timestamp(definition.start()))
            .setEnd(timestamp(definition.end()));
    for (Arm arm : definition.arms()) {
      out.addArms(
          ExperimentArm.newBuilder()
              .setId(arm.id())
              .setWeight(arm.weight())
              .setModel(experiment.models().getOrDefault(arm.id(), "")));
    }
    for (Guardrail guardrail : definition.guardrails()) {
      out.addGuardrails(
          ExperimentGuardrail.newBuilder()
              .setMetric(guardrail.metric())
              .setHarm(guardrail.harm() == Guardrail.Harm.HIGHER ? Harm.HIGHER : Harm.LOWER)
              .setMargin(guardrail.margin()));
    }
    return out.build();
  }

  private static RolloutFlag message(Control.Flag flag) {
    return RolloutFlag.newBuilder()
        .setFeature(feature(flag.rollout().feature()))
        .setSalt(flag.rollout().salt())
        .setShare(flag.rollout().share())
        .setModel(flag.model())
        .setOtherwise(flag.otherwise())
        .setPolicy(flag.policy())
        .build();
  }

  private static Feature feature(Rollout.Feature feature) {
    return switch (feature) {
      case MODEL -> Feature.MODEL;
      case RESCORING -> Feature.RESCORING;
      case GPU -> Feature.GPU;
      case POLICY -> Feature.POLICY;
    };
  }

  private static Instant instant(Timestamp time) throws Refusal {
    return Instant.ofEpochMilli(Rfc3339.ofTimestamp(time.getSeconds(), time.getNanos()));
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static void require(boolean holds, String otherwise) throws Refusal {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  private static Refusal invalid(String reason) {
    return new Refusal(DeadLetterCode.CONTROL_INVALID, reason);
  }
}
