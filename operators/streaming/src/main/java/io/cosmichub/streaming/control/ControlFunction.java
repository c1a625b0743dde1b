package io.cosmichub.streaming.control;

import com.google.protobuf.ByteString;
import io.cosmichub.aspect.Policies;
import io.cosmichub.chart.Outcome;
import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.feature.FeatureSchema;
import io.cosmichub.feature.Sha256;
import io.cosmichub.model.ArtifactVerifier;
import io.cosmichub.model.Refusal;
import io.cosmichub.model.Verification;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.serving.ControlMark;
import io.cosmichub.streaming.aspect.PolicySource;
import io.cosmichub.streaming.ingest.Accounting;
import io.cosmichub.streaming.ingest.ControlInput;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.record.RecordTypes;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keyed by name: lets through what is newer than what holds, of models only those whose artifact
 * passed, and of flags only those of a policy that the job has; everything else is settled here.
 * What is told holds the artifact itself, so that nobody has to read it again.
 */
public final class ControlFunction extends KeyedProcessFunction<String, ControlInput, PairWork>
    implements ResultTypeQueryable<PairWork> {

  /**
   * Experiments and pauses, and that there is none under a name any more, also where a model or a
   * flag has taken it; for those whom models do not concern.
   */
  public static final OutputTag<PairWork> EXPERIMENTS =
      new OutputTag<>("experiments", RecordTypes.PAIR_WORK);

  /** The name of this step in dead letters. */
  public static final String STAGE = "control";

  private static final Logger LOG = LoggerFactory.getLogger(ControlFunction.class);

  // Configuration.
  private final PolicySource policy;
  private final ModelFolder folder;

  // Runtime.
  private transient Policies policies;
  private transient FeatureSchema schema;
  private transient ArtifactVerifier verifier;
  private transient Accounting accounting;
  private transient ValueState<ControlMark> applied;

  /** Verifies models for the features of {@code policy} and finds them in {@code folder}. */
  public ControlFunction(PolicySource policy, ModelFolder folder) {
    this.policy = Objects.requireNonNull(policy, "policy");
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  @Override
  public void open(OpenContext context) {
    policies = policy.policies();
    schema = FeatureSchema.ofLongitudes(policy.policy());
    verifier = new ArtifactVerifier(schema);
    accounting = new Accounting(getRuntimeContext().getMetricGroup());
    applied = getRuntimeContext().getState(ControlStates.applied());
  }

  @Override
  public void processElement(ControlInput input, Context context, Collector<PairWork> out)
      throws Exception {
    Control control = input.control();
    ControlMark before = applied.value();
    if (control == null) {
      boolean held = before != null && !before.isRemoved();
      if (held) {
        applied.update(before.removed());
      }
      settle(input, held ? Outcome.APPLIED : Outcome.DUPLICATE, null, context, out);
      return;
    }
    if (before != null && before.isRemoved() && !control.isKnownByVersion()) {
      before = null;
    }
    ControlMark mark = new ControlMark(control.version(), Sha256.of(ControlBytes.of(control)));
    Outcome outcome = mark.after(before);
    if (outcome == Outcome.CONFLICT) {
      DeadLetterCode code = DeadLetterCode.CONTROL_CONFLICT;
      String reason =
          before != null && before.isRemoved() ? removed(mark, before) : code.description();
      context.output(DeadLetters.TAG, new DeadLetter(input.origin(), code, reason, STAGE));
    } else if (outcome == Outcome.APPLIED) {
      control = passed(control, input, context);
      if (control == null) {
        accounting.deadLettered(input.origin().topic());
        return;
      }
    }
    if (outcome == Outcome.APPLIED) {
      applied.update(mark);
    }
    settle(input, outcome, control, context, out);
  }

  private static String removed(ControlMark mark, ControlMark before) {
    return "version "
        + mark.version()
        + " is not above "
        + before.version()
        + ", which was removed; send it under a higher one";
  }

  private void settle(
      ControlInput input,
      Outcome outcome,
      @Nullable Control control,
      Context context,
      Collector<PairWork> out) {
    accounting.settled(input.origin().topic(), outcome);
    if (outcome == Outcome.APPLIED) {
      LOG.info("{}: {}", input.name(), control == null ? "removed" : "v" + control.version());
      byte[] content = control == null ? null : ControlBytes.of(control);
      long ingestedAt = Math.max(0, input.origin().timestamp());
      PairWork news = PairWork.tell(new Told(input.name(), content), ingestedAt);
      out.collect(news);
      boolean concerns =
          control == null
              || control instanceof Control.Experiment
              || control instanceof Control.Pause;
      context.output(
          EXPERIMENTS, concerns ? news : PairWork.tell(new Told(input.name(), null), ingestedAt));
    }
  }

  /** What is told of it, or null if it was dead-lettered. */
  private @Nullable Control passed(Control control, ControlInput input, Context context) {
    if (control instanceof Control.Model model) {
      return verified(model, input, context);
    }
    if (control instanceof Control.Flag flag
        && !flag.policy().isEmpty()
        && !policies.has(flag.policy())) {
      refuse(
          input,
          DeadLetterCode.POLICY_UNKNOWN,
          "there is no aspect policy '" + flag.policy() + "'; there is " + policies,
          context);
      return null;
    }
    return control;
  }

  /** The model with its artifact, or null if it was dead-lettered. */
  private @Nullable Control verified(Control.Model model, ControlInput input, Context context) {
    if (!model.schemaHash().equalsIgnoreCase(schema.hash())) {
      refuse(
          input,
          DeadLetterCode.ARTIFACT_SCHEMA_MISMATCH,
          "announced for the features " + model.schemaHash() + ", the job has " + schema.hash(),
          context);
      return null;
    }
    byte[] artifact;
    try {
      artifact =
          model.reference().isEmpty()
              ? model.inline().toByteArray()
              : folder.read(model.reference());
    } catch (IOException e) {
      LOG.warn("The artifact of {} cannot be read", model.label(), e);
      refuse(
          input,
          DeadLetterCode.ARTIFACT_UNREADABLE,
          DeadLetterCode.ARTIFACT_UNREADABLE.description(),
          context);
      return null;
    }
    Verification verification = verifier.verify(artifact, model.sha256());
    if (verification instanceof Verification.Refused refused) {
      refuse(input, code(refused.code()), refused.detail(), context);
      return null;
    }
    return model.with(ByteString.copyFrom(artifact));
  }

  private static void refuse(
      ControlInput input, DeadLetterCode code, String reason, Context context) {
    LOG.warn("{} is refused: {}, {}", input.name(), code, reason);
    context.output(DeadLetters.TAG, new DeadLetter(input.origin(), code, reason, STAGE));
  }

  static DeadLetterCode code(Refusal refusal) {
    return switch (refusal) {
      case TOO_LARGE -> DeadLetterCode.ARTIFACT_TOO_LARGE;
      case JAVA_SERIALIZED -> DeadLetterCode.ARTIFACT_JAVA_SERIALIZED;
      case HASH_MISMATCH -> DeadLetterCode.ARTIFACT_HASH_MISMATCH;
      case NOT_AN_ARTIFACT -> DeadLetterCode.ARTIFACT_BROKEN;
      case FORMAT_UNKNOWN -> DeadLetterCode.ARTIFACT_FORMAT_UNKNOWN;
      case SCHEMA_MISMATCH -> DeadLetterCode.ARTIFACT_SCHEMA_MISMATCH;
      case MODEL_BROKEN -> DeadLetterCode.ARTIFACT_MODEL_BROKEN;
      case TOO_SLOW -> DeadLetterCode.ARTIFACT_TOO_SLOW;
      case GOLDEN_MISSING -> DeadLetterCode.ARTIFACT_GOLDEN_MISSING;
      case GOLDEN_DIFFERS -> DeadLetterCode.ARTIFACT_GOLDEN_DIFFERS;
    };
  }

  @Override
  public TypeInformation<PairWork> getProducedType() {
    return RecordTypes.PAIR_WORK;
  }
}
