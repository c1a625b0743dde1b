package io.cosmichub.pipeline;

import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PopulationEncoder;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.streaming.population.LateChange;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each change that came too late for its window as a record of the topic of those. */
final class EncodeLateChanges extends RichMapFunction<LateChange, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PopulationEncoder encoder;

  EncodeLateChanges(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    encoder = new PopulationEncoder(format);
  }

  @Override
  public OutputRecord map(LateChange late) {
    PopulationLate.Builder message =
        PopulationLate.newBuilder()
            .setCohort(late.cohort())
            .setKind(late.pair() ? "pair" : "chart")
            .setId(late.id())
            .setEventTime(PopulationEncoder.time(late.eventTime()))
            .setWindowStart(PopulationEncoder.time(late.windowStart()))
            .setWindowEnd(PopulationEncoder.time(late.windowEnd()));
    if (late.now() != Long.MAX_VALUE) {
      message.setSeenAt(PopulationEncoder.time(late.now()));
    }
    return encoder.late(message.build());
  }
}
