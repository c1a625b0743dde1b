package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.ArmResult;
import io.cosmichub.contracts.v1.Estimate;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.contracts.v1.GuardrailFigures;
import io.cosmichub.contracts.v1.MetricFigures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes where experiments stand, with CloudEvents headers in binary mode; no value where one was
 * removed. For one thread.
 */
public final class ResultEncoder {
  private static final int MILLIS = 1_000;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final Format format;
  private final JsonSink json = new JsonSink();

  /** Writes {@code format}. */
  public ResultEncoder(Format format) {
    this.format = format;
  }

  /** The record of a result; its id tells it from earlier ones. */
  public OutputRecord encode(ExperimentResult result) {
    String id = result.getExperiment() + "@" + result.getVersion() + "/" + millis(result);
    return record(result.getExperiment(), value(result), id, millis(result));
  }

  /** The tombstone of an experiment that was removed, at a time in epoch milliseconds. */
  public OutputRecord remove(String experiment, long at) {
    return record(experiment, null, experiment + "/removed/" + at, at);
  }

  private OutputRecord record(String experiment, byte @Nullable [] value, String id, long at) {
    return new OutputRecord(
        Topics.EXPERIMENT_RESULTS,
        experiment.getBytes(StandardCharsets.UTF_8),
        value,
        List.of(
            Header.of(Envelope.CONTENT_TYPE, format.contentType()),
            Header.of("ce_specversion", "1.0"),
            Header.of("ce_type", Topics.EXPERIMENT_RESULTS),
            Header.of("ce_source", "cosmichub/streams"),
            Header.of("ce_id", id),
            Header.of(Envelope.CE_TIME, Rfc3339.format(at))),
        OutputRecord.NO_TIMESTAMP);
  }

  private byte[] value(ExperimentResult result) {
    if (format == Format.PROTOBUF) {
      return result.toByteArray();
    }
    json.start();
    write(result);
    return json.toBytes();
  }

  private void write(ExperimentResult result) {
    JsonFields fields = new JsonFields(json);
    fields.text("experiment", result.getExperiment());
    fields.put("version", sink -> sink.int64(result.getVersion()));
    fields.text("at", Rfc3339.format(millis(result)));
    fields.text("verdict", result.getVerdict().name());
    fields.text("reason", result.getReason());
    fields.text("primaryMetric", result.getPrimaryMetric());
    fields.put("slope", sink -> sink.number(result.getSlope()));
    fields.flag("sampleRatioBroken", result.getSampleRatioBroken());
    fields.list("arms", result.getArmsList(), this::write);
    json.put('}');
  }

  private void write(ArmResult arm) {
    JsonFields fields = new JsonFields(json);
    fields.text("arm", arm.getArm());
    fields.put("assigned", sink -> sink.int64(arm.getAssigned()));
    fields.put("expectedShare", sink -> sink.number(arm.getExpectedShare()));
    fields.put("primary", sink -> write(arm.getPrimary()));
    if (arm.hasEffect()) {
      fields.put("effect", sink -> write(arm.getEffect()));
    }
    fields.list("guardrails", arm.getGuardrailsList(), this::write);
    fields.text("paused", arm.getPaused());
    json.put('}');
  }

  private void write(GuardrailFigures guardrail) {
    JsonFields fields = new JsonFields(json);
    fields.text("metric", guardrail.getMetric());
    fields.put("figures", sink -> write(guardrail.getFigures()));
    if (guardrail.hasChange()) {
      fields.put("change", sink -> write(guardrail.getChange()));
    }
    fields.flag("harmed", guardrail.getHarmed());
    json.put('}');
  }

  private void write(MetricFigures figures) {
    JsonFields fields = new JsonFields(json);
    fields.put("count", sink -> sink.int64(figures.getCount()));
    fields.put("mean", sink -> sink.number(figures.getMean()));
    fields.put("variance", sink -> sink.number(figures.getVariance()));
    if (figures.hasInterval()) {
      fields.put("interval", sink -> write(figures.getInterval()));
    }
    json.put('}');
  }

  private void write(Estimate estimate) {
    JsonFields fields = new JsonFields(json);
    fields.put("estimate", sink -> sink.number(estimate.getEstimate()));
    fields.put("low", sink -> sink.number(estimate.getLow()));
    fields.put("high", sink -> sink.number(estimate.getHigh()));
    json.put('}');
  }

  private static long millis(ExperimentResult result) {
    Timestamp at = result.getAt();
    return at.getSeconds() * MILLIS + at.getNanos() / NANOS_PER_MILLI;
  }
}
