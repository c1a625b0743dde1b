package io.cosmichub.kernels.cuda;

import io.cosmichub.kernels.AspectKernelProvider.Probe;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test where no GPU can be used, with the reason of the probe; with {@code
 * -Dkernel.required=cuda} it fails instead.
 */
final class NeedsDevice implements ExecutionCondition {

  static final String REQUIRED = "kernel.required";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Probe probe = new CudaKernelProvider().probe();
    if (probe.usable()) {
      return ConditionEvaluationResult.enabled(probe.reason());
    }
    if (CudaKernelProvider.NAME.equals(System.getProperty(REQUIRED))) {
      throw new AssertionError(
          REQUIRED + "=" + CudaKernelProvider.NAME + ", but " + probe.reason());
    }
    return ConditionEvaluationResult.disabled(probe.reason());
  }
}
