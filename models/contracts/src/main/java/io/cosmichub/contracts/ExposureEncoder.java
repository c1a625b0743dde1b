package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.ExperimentExposure;
import io.cosmichub.serving.Exposure;

/** Writes exposures, with CloudEvents headers in binary mode. For one thread. */
public final class ExposureEncoder {
  private final EventWriter out;

  /** Writes {@code format}. */
  public ExposureEncoder(Format format) {
    this.out = new EventWriter(format, "cosmichub/streams");
  }

  /** The record of an exposure; its id tells it from those of other days. */
  public OutputRecord encode(Exposure exposure) {
    ExperimentExposure message =
        ExperimentExposure.newBuilder()
            .setUnit(exposure.unit())
            .setExperiment(exposure.experiment())
            .setArm(exposure.arm())
            .setAt(Timestamps.of(exposure.at()))
            .build();
    return out.record(
        Topics.EXPERIMENT_EXPOSURES,
        exposure.unit(),
        out.value(message, fields -> write(fields, message)),
        exposure.unit() + "/" + exposure.experiment() + "/" + exposure.day(),
        Rfc3339.format(exposure.at()));
  }

  private static void write(JsonFields fields, ExperimentExposure exposure) {
    fields.text("unit", exposure.getUnit());
    fields.text("experiment", exposure.getExperiment());
    fields.text("arm", exposure.getArm());
    fields.time("at", exposure.getAt());
  }
}
