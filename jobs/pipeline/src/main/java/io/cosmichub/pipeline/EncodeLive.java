package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.pair.PairUpdate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes a pair update as the record of the live topic. */
final class EncodeLive extends RichMapFunction<PairUpdate, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PairUpdateEncoder pairs;

  EncodeLive(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    pairs = new PairUpdateEncoder(format, AspectPolicy.classic(), SynastryPipeline.MODEL);
  }

  @Override
  public OutputRecord map(PairUpdate update) {
    return pairs.encodeLive(update);
  }
}
