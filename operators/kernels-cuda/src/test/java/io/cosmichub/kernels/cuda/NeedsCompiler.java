package io.cosmichub.kernels.cuda;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test where no C++ compiler is found; with {@code -Dkernel.host.required=true} it fails
 * instead.
 */
final class NeedsCompiler implements ExecutionCondition {

  private static final String REQUIRED = "kernel.host.required";
  private static final String REASON = "no g++ on the path to compile the device code with";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (HostBuild.has("g++")) {
      return ConditionEvaluationResult.enabled("g++ is on the path");
    }
    if (Boolean.getBoolean(REQUIRED)) {
      throw new AssertionError(REQUIRED + "=true, but " + REASON);
    }
    return ConditionEvaluationResult.disabled(REASON);
  }
}
