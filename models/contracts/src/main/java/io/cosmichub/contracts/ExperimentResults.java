package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.Estimate;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.contracts.v1.MetricFigures;
import io.cosmichub.contracts.v1.Verdict;
import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.ExperimentReport;
import io.cosmichub.experiment.ExperimentReport.ArmLine;
import io.cosmichub.experiment.ExperimentReport.GuardrailLine;
import io.cosmichub.experiment.Interval;
import io.cosmichub.experiment.Moments;
import io.cosmichub.serving.Control;

/** From the report of an experiment to its message. */
public final class ExperimentResults {
  private ExperimentResults() {}

  /** The message of a report, as it stood at a time in epoch milliseconds. */
  public static ExperimentResult of(
      Control.Experiment experiment, ExperimentReport report, long at) {
    ExperimentResult.Builder result =
        ExperimentResult.newBuilder()
            .setExperiment(experiment.name())
            .setVersion(experiment.version())
            .setAt(PopulationEncoder.time(at))
            .setVerdict(verdict(report.verdict()))
            .setReason(report.reason())
            .setPrimaryMetric(experiment.definition().primaryMetric())
            .setSlope(report.slope())
            .setSampleRatioBroken(report.verdict() == io.cosmichub.experiment.Verdict.INVALID);
    double weights = experiment.definition().totalWeight();
    for (int i = 0; i < report.arms().size(); i++) {
      Arm arm = experiment.definition().arms().get(i);
      result.addArms(arm(report.arms().get(i), arm.weight() / weights));
    }
    return result.build();
  }

  private static ArmResult arm(ArmLine line, double share) {
    ArmResult.Builder arm =
        ArmResult.newBuilder()
            .setArm(line.arm())
            .setAssigned(line.assigned())
            .setExpectedShare(share)
            .setPrimary(figures(line.primary(), line.mean()))
            .setPaused(line.halted());
    if (isKnown(line.effect())) {
      arm.setEffect(estimate(line.effect()));
    }
    for (GuardrailLine guardrail : line.guardrails()) {
      GuardrailFigures.Builder figures =
          GuardrailFigures.newBuilder()
              .setMetric(guardrail.metric())
              .setFigures(figures(guardrail.figures(), guardrail.mean()))
              .setHarmed(guardrail.harmed());
      if (isKnown(guardrail.change())) {
        figures.setChange(estimate(guardrail.change()));
      }
      arm.addGuardrails(figures);
    }
    return arm.build();
  }

  private static MetricFigures figures(Moments moments, Interval mean) {
    MetricFigures.Builder figures =
        MetricFigures.newBuilder()
            .setCount(moments.count())
            .setMean(moments.mean())
            .setVariance(moments.variance());
    if (isKnown(mean)) {
      figures.setInterval(estimate(mean));
    }
    return figures.build();
  }

  private static boolean isKnown(Interval interval) {
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high());
  }

  private static Estimate estimate(Interval interval) {
    return Estimate.newBuilder()
        .setEstimate(interval.estimate())
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }

  private static Verdict verdict(io.cosmichub.experiment.Verdict verdict) {
    return switch (verdict) {
      case CONTINUE -> Verdict.CONTINUE;
      case SHIP -> Verdict.SHIP;
      case STOP -> Verdict.STOP;
      case INVALID -> Verdict.INVALID;
    };
  }
}
