package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ExperimentExposure;
import io.cosmichub.serving.Exposure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes exposures, with CloudEvents headers in binary mode. For one thread. */
public final class ExposureEncoder {
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final byte[] UNIT = JsonSink.piece("{\"unit\":");
  private static final byte[] EXPERIMENT = JsonSink.piece(",\"experiment\":");
  private static final byte[] ARM = JsonSink.piece(",\"arm\":");
  private static final byte[] AT = JsonSink.piece(",\"at\":");

  private final Format format;
  private final JsonSink json = new JsonSink();

  /** Writes {@code format}. */
  public ExposureEncoder(Format format) {
    this.format = format;
  }

  /** The record of an exposure; its id tells it from those of other days. */
  public OutputRecord encode(Exposure exposure) {
    String id = exposure.unit() + "/" + exposure.experiment() + "/" + exposure.day();
    return new OutputRecord(
        Topics.EXPERIMENT_EXPOSURES,
        exposure.unit().getBytes(StandardCharsets.UTF_8),
        format == Format.JSON ? json(exposure) : protobuf(exposure),
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", Topics.EXPERIMENT_EXPOSURES),
            Header.of("ce_source", "cosmichub/streams"),
            Header.of("ce_id", id),
            Header.of(Envelope.CE_TIME, Rfc3339.format(exposure.at()))),
        OutputRecord.NO_TIMESTAMP);
  }

  private byte[] json(Exposure exposure) {
    return json.start()
        .put(UNIT)
        .string(exposure.unit())
        .put(EXPERIMENT)
        .string(exposure.experiment())
        .put(ARM)
        .string(exposure.arm())
        .put(AT)
        .string(Rfc3339.format(exposure.at()))
        .put('}')
        .toBytes();
  }

  private static byte[] protobuf(Exposure exposure) {
    return ExperimentExposure.newBuilder()
        .setUnit(exposure.unit())
        .setExperiment(exposure.experiment())
        .setArm(exposure.arm())
        .setAt(
            Timestamp.newBuilder()
                .setSeconds(Math.floorDiv(exposure.at(), MILLIS))
                .setNanos(Math.floorMod(exposure.at(), MILLIS) * NANOS_PER_MILLI))
        .build()
        .toByteArray();
  }
}
