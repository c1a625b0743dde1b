package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ControlRecord;
import io.cosmichub.contracts.v1.ExperimentArm;
import java.util.regex.Pattern;

/**
 * How flags and arms name a model: by name, or by name, {@code @} and version. Asked of records
 * that come in, and not of state, where other names may stand from before.
 */
final class ModelNames {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}(@[1-9][0-9]{0,18})?");

  private ModelNames() {}

  static void require(ControlRecord record) throws Refusal {
    for (ExperimentArm arm : record.getExperiment().getArmsList()) {
      require(arm.getModel(), DeadLetterCode.EXPERIMENT_INVALID);
    }
    require(record.getRollout().getModel(), DeadLetterCode.ROLLOUT_INVALID);
    require(record.getRollout().getOtherwise(), DeadLetterCode.ROLLOUT_INVALID);
  }

  private static void require(String model, DeadLetterCode code) throws Refusal {
    if (!model.isEmpty() && !NAME.matcher(model).matches()) {
      throw new Refusal(code, "a model is named neither by its name nor by name@version");
    }
  }
}
