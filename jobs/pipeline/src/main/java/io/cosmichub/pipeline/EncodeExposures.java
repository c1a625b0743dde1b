package io.cosmichub.pipeline;

import io.cosmichub.contracts.ExposureEncoder;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.serving.Exposure;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each exposure as a record. */
final class EncodeExposures extends RichMapFunction<Exposure, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient ExposureEncoder encoder;

  EncodeExposures(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new ExposureEncoder(format);
  }

  @Override
  public OutputRecord map(Exposure exposure) {
    return encoder.encode(exposure);
  }
}
