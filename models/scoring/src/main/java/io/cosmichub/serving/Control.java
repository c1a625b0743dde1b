package io.cosmichub.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.feature.Sha256;
import java.util.Map;

/** What holds under one name of the control topic. */
public sealed interface Control {

  /** The name. */
  String name();

  /** Grows with each change under the name; 1 or more. */
  long version();

  /**
   * Whether scores and figures name its version, so that none comes twice, though it was removed.
   */
  default boolean isKnownByVersion() {
    return this instanceof Model || this instanceof Experiment;
  }

  /**
   * A trained model. It scores nobody until a flag or an experiment names it.
   *
   * @param name the name
   * @param version its version
   * @param reference where the artifact lies, below the folder that the job is told of; empty if it
   *     is inline
   * @param inline the artifact; empty if it is referred to
   * @param sha256 the SHA-256 of the artifact, in hex
   * @param schemaHash the hash of the features that it was trained with
   */
  record Model(
      String name,
      long version,
      String reference,
      ByteString inline,
      String sha256,
      String schemaHash)
      implements Control {

    /** The same with the artifact itself. */
    public Model with(ByteString artifact) {
      return new Model(name, version, "", artifact, sha256, schemaHash);
    }

    /** How scores call it. */
    public String label() {
      return name + "@" + version;
    }
  }

  /**
   * An experiment; its id is the name.
   *
   * @param version its version
   * @param definition what is compared, on whom and until when
   * @param models the model of each arm that has one, by the arm's id; the other arms are scored by
   *     the rules alone
   */
  record Experiment(long version, ExperimentDefinition definition, Map<String, String> models)
      implements Control {

    /** Takes a copy; {@link IllegalArgumentException} if an arm is not the definition's. */
    public Experiment {
      models = Map.copyOf(models);
      for (String arm : models.keySet()) {
        if (definition.arms().stream().map(Arm::id).noneMatch(arm::equals)) {
          throw new IllegalArgumentException("there is no arm " + arm);
        }
      }
    }

    @Override
    public String name() {
      return definition.id();
    }
  }

  /**
   * Arms of an experiment that take no units any more.
   *
   * @param version its version
   * @param experiment the experiment
   * @param ofVersion the version of the definition that it is about
   * @param arms why, by the arm's id
   */
  record Pause(long version, String experiment, long ofVersion, Map<String, String> arms)
      implements Control {

    private static final int LONGEST_NAME = 64;

    /** Takes a copy. */
    public Pause {
      arms = Map.copyOf(arms);
    }

    /** The one name under which arms of an experiment are paused. */
    public static String nameFor(String experiment) {
      String name = experiment + ".paused";
      return name.length() <= LONGEST_NAME ? name : Sha256.of(experiment.getBytes(UTF_8));
    }

    @Override
    public String name() {
      return nameFor(experiment);
    }
  }

  /**
   * A flag that is on for a share of all pairs.
   *
   * @param name the name
   * @param version its version
   * @param rollout what is switched, and for whom
   * @param model of {@link Rollout.Feature#MODEL}, the model of the pairs that are in; else empty
   * @param otherwise the model of the pairs that are not; empty leaves them to the rules
   * @param policy of {@link Rollout.Feature#POLICY}, the id of the aspect policy of the pairs that
   *     are in; else empty
   */
  record Flag(
      String name, long version, Rollout rollout, String model, String otherwise, String policy)
      implements Control {

    /**
     * {@link IllegalArgumentException} if a flag of models names none, or another flag does; and
     * the same of policies.
     */
    public Flag {
      boolean ofModels = rollout.feature() == Rollout.Feature.MODEL;
      if (ofModels == model.isEmpty() || (!ofModels && !otherwise.isEmpty())) {
        throw new IllegalArgumentException("a flag names a model if it is one of models");
      }
      if ((rollout.feature() == Rollout.Feature.POLICY) == policy.isEmpty()) {
        throw new IllegalArgumentException("a flag names a policy if it is one of policies");
      }
    }

    /** A flag that is none of policies. */
    public Flag(String name, long version, Rollout rollout, String model, String otherwise) {
      this(name, version, rollout, model, otherwise, "");
    }
  }
}
