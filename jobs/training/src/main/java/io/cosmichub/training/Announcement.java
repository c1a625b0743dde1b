package io.cosmichub.training;

import com.google.protobuf.ByteString;
import io.cosmichub.contracts.ControlDecoder;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputEncoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.serving.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has a share of all pairs scored by a model.
 *
 * @param model the model
 * @param isNew whether it has to be sent, as it does not stand on the topic yet
 * @param flag the flag that names it
 */
record Announcement(Control.Model model, boolean isNew, Control.Flag flag) {

  /**
   * How it is asked for.
   *
   * @param name the name of the model
   * @param flag the name of the flag
   * @param reference where the artifact lies, below the job's folder; empty: it is sent inline
   * @param share 0 to 1
   * @param otherwise the model of the others; empty: the rules alone
   * @param anew whether a model that stands there already is sent again
   * @param leastVersion the model's version is this or higher
   */
  record Wish(
      String name,
      String flag,
      String reference,
      double share,
      String otherwise,
      boolean anew,
      long leastVersion) {}

  /**
   * What follows from a wish, an artifact and what stands on the topic: a version above the one
   * there, unless the same artifact is there already; and the salt of the flag that is there, so
   * that who is in stays in.
   */
  static Announcement of(
      Wish wish, byte[] artifact, String sha256, String schemaHash, ControlTopic topic) {
    Control.Model before = topic.model(wish.name());
    boolean isNew =
        wish.anew()
            || before == null
            || before.version() < wish.leastVersion()
            || !before.sha256().equalsIgnoreCase(sha256)
            || !before.reference().equals(wish.reference());
    Control.Model model =
        !isNew && before != null
            ? before
            : new Control.Model(
                wish.name(),
                Math.max(topic.nextVersion(wish.name()), wish.leastVersion()),
                wish.reference(),
                wish.reference().isEmpty() ? ByteString.copyFrom(artifact) : ByteString.EMPTY,
                sha256,
                schemaHash);
    Control.Flag held = topic.flag(wish.flag());
    Rollout rollout =
        new Rollout(
            Rollout.Feature.MODEL,
            held == null ? wish.flag() : held.rollout().salt(),
            wish.share());
    return new Announcement(
        model,
        isNew,
        new Control.Flag(
            wish.flag(), topic.nextVersion(wish.flag()), rollout, wish.name(), wish.otherwise()));
  }

  /** The records, in their order; {@link UsageException} if the job would not read one. */
  List<OutputRecord> records() {
    List<OutputRecord> records = new ArrayList<>();
    if (isNew) {
      records.add(checked(model));
    }
    records.add(checked(flag));
    return records;
  }

  /** Why no pair may have been scored by the model, though {@code byOthers} were by others. */
  List<String> whyNot(long byOthers, ControlTopic topic) {
    List<String> reasons = new ArrayList<>();
    reasons.add(
        byOthers == 0
            ? "No score came at all, nor a dead letter: the job does not run, or no pair moved. Those in which"
                + " nothing moves are scored again only under a flag RESCORING."
            : byOthers + " scores by others came, and no dead letter.");
    if (!isNew) {
      reasons.add(
          "The model was sent before, and may have been refused then; --anew sends it again.");
    }
    if (byOthers > 0 && flag.rollout().share() < 1) {
      reasons.add("Perhaps none of the pairs that the flag takes has moved yet.");
    }
    List<String> before = topic.flagsBefore(flag.name());
    if (!before.isEmpty()) {
      reasons.add("Of flags of models the first by name holds: " + String.join(", ", before) + ".");
    }
    if (!flag.otherwise().isEmpty()) {
      reasons.add("The flag does not count until " + flag.otherwise() + " is there, too.");
    }
    if (!topic.experiments().isEmpty()) {
      reasons.add("Experiments come before flags: " + String.join(", ", topic.experiments()) + ".");
    }
    return reasons;
  }

  /** What may help after the job refused one of the records. */
  Optional<String> whatNow(FirstScore.Outcome.Refused refused) {
    return refused.name().equals(model.name())
            && refused.code().equals(DeadLetterCode.CONTROL_CONFLICT.name())
        ? Optional.of(
            "The job knows a version of "
                + model.name()
                + " that the topic does not hold any more: announce it with --least-version N, N above"
                + " that version.")
        : Optional.empty();
  }

  private static OutputRecord checked(Control control) {
    OutputRecord record = InputEncoder.control(control);
    InputRecord read =
        new InputRecord(record.topic(), 0, 0, -1, record.key(), record.value(), record.headers());
    if (new ControlDecoder().decode(read) instanceof Decoded.Malformed<Control> malformed) {
      throw new UsageException(
          "a job would refuse "
              + control.name()
              + ": "
              + malformed.code()
              + ", "
              + malformed.reason()
              + (malformed.code() == DeadLetterCode.TOO_LARGE
                  ? "; put the file below the folder that the job has as cosmichub.models.folder, and say where with"
                      + " --reference PATH"
                  : ""));
    }
    return record;
  }
}
