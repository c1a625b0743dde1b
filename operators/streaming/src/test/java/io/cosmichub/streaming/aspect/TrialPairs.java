package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Assignment;
import io.cosmichub.experiment.ExperimentDefinition;
import io.cosmichub.experiment.Guardrail;
import io.cosmichub.feedback.Metric;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.given.Given;
import java.time.Instant;
import java.util.List;

/** An experiment of half the rules and half a model on all pairs, and pairs that take part. */
final class TrialPairs {

  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final int ALL = 0x3FF;
  private static final Arm MODEL = new Arm("model", 1);

  static final ExperimentDefinition TRIAL =
      new ExperimentDefinition(
          "trial",
          "salt",
          ExperimentDefinition.Unit.PAIR,
          List.of(new Arm("control", 1), MODEL),
          1,
          "rating",
          0.02,
          List.of(
              new Guardrail(Metric.SCORE_LATENCY, Guardrail.Harm.HIGHER, 1),
              new Guardrail(Metric.SCORE_ERRORS, Guardrail.Harm.HIGHER, 0.02)),
          Instant.parse("2026-01-01T00:00:00Z"),
          Instant.parse("2027-01-01T00:00:00Z"));

  private static final Assignment ARMS = new Assignment(TRIAL);

  private TrialPairs() {}

  /** Whether the experiment deals a pair to the model. */
  static boolean isOfModel(String pairId) {
    return MODEL.equals(ARMS.arm(pairId));
  }

  /** A pair whose charts were just met. */
  static PairResult met(String pairId) {
    PairWork work =
        new PairWork(
            pairId,
            PairWork.Kind.COMPUTE,
            true,
            "a",
            "b",
            7,
            3,
            Given.at(0, 10),
            Given.at(120),
            ALL,
            ALL,
            Given.INGESTED_AT,
            Given.INGESTED_AT);
    return new PairResult(work, KERNEL.aspects(work.a(), work.b(), ALL, ALL));
  }
}
