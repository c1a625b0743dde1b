package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.Estimate;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.contracts.v1.MetricFigures;

/**
 * Writes where experiments stand, with CloudEvents headers in binary mode; no value where one was
 * removed. For one thread.
 */
public final class ResultEncoder {
  private final EventWriter out;

  /** Writes {@code format}. */
  public ResultEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/streams");
  }

  /** The record of a result; its id tells it from earlier ones. */
  public OutputRecord encode(ExperimentResult result) {
    String id =
        result.getExperiment()
            + "@"
            + result.getVersion()
            + "/"
            + Timestamps.millis(result.getAt());
    return out.record(
        Topics.EXPERIMENT_RESULTS,
        result.getExperiment(),
        out.value(result, fields -> write(fields, result)),
        id,
        Timestamps.text(result.getAt()));
  }

  /** The tombstone of an experiment that was removed, at a time in epoch milliseconds. */
  public OutputRecord remove(String experiment, long at) {
    return out.record(
        Topics.EXPERIMENT_RESULTS,
        experiment,
        null,
        experiment + "/removed/" + at,
        Rfc3339.format(at));
  }

  private static void write(JsonFields fields, ExperimentResult result) {
    fields.text("experiment", result.getExperiment());
    fields.int64("version", result.getVersion());
    fields.time("at", result.getAt());
    fields.text("verdict", result.getVerdict().name());
    fields.text("reason", result.getReason());
    fields.text("primaryMetric", result.getPrimaryMetric());
    fields.number("slope", result.getSlope());
    fields.flag("sampleRatioBroken", result.getSampleRatioBroken());
    fields.objects("arms", result.getArmsList(), ResultEncoder::write);
  }

  private static void write(JsonFields fields, ArmResult arm) {
    fields.text("arm", arm.getArm());
    fields.int64("assigned", arm.getAssigned());
    fields.number("expectedShare", arm.getExpectedShare());
    fields.object("primary", in -> write(in, arm.getPrimary()));
    if (arm.hasEffect()) {
      fields.object("effect", in -> write(in, arm.getEffect()));
    }
    fields.objects("guardrails", arm.getGuardrailsList(), ResultEncoder::write);
    fields.text("paused", arm.getPaused());
  }

  private static void write(JsonFields fields, GuardrailFigures guardrail) {
    fields.text("metric", guardrail.getMetric());
    fields.object("figures", in -> write(in, guardrail.getFigures()));
    if (guardrail.hasChange()) {
      fields.object("change", in -> write(in, guardrail.getChange()));
    }
    fields.flag("harmed", guardrail.getHarmed());
  }

  private static void write(JsonFields fields, MetricFigures figures) {
    fields.int64("count", figures.getCount());
    fields.number("mean", figures.getMean());
    fields.number("variance", figures.getVariance());
    if (figures.hasInterval()) {
      fields.object("interval", in -> write(in, figures.getInterval()));
    }
  }

  private static void write(JsonFields fields, Estimate estimate) {
    fields.number("estimate", estimate.getEstimate());
    fields.number("low", estimate.getLow());
    fields.number("high", estimate.getHigh());
  }
}
