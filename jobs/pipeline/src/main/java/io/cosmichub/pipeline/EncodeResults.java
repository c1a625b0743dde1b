package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.ResultEncoder;
import io.cosmichub.contracts.v1.ExperimentResult;
import io.cosmichub.streaming.feedback.ResultUpdate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes where an experiment stands as a record. */
final class EncodeResults extends RichMapFunction<ResultUpdate, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient ResultEncoder encoder;

  EncodeResults(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new ResultEncoder(format);
  }

  @Override
  public OutputRecord map(ResultUpdate result) throws Exception {
    byte[] content = result.content();
    return content == null
        ? encoder.remove(result.experiment(), result.at())
        : encoder.encode(ExperimentResult.parseFrom(content));
  }
}
