package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.streaming.ingest.UpdateAge;
import io.cosmichub.streaming.record.RecordTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Writes each pair update once: as the records of the exactly-once topics, and, by the side output
 * {@link #LIVE}, as the live record that holds the same bytes. Of a pair that only left or joined
 * cohorts nothing is written.
 */
final class EncodeOutputs extends ProcessFunction<PairUpdate, OutputRecord> {

  /** The records of the live topic. */
  static final OutputTag<OutputRecord> LIVE = new OutputTag<>("live", RecordTypes.OUTPUT_RECORD);

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PairUpdateEncoder pairs;
  private transient UpdateAge age;

  EncodeOutputs(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    pairs = new PairUpdateEncoder(format, AspectPolicy.classic(), SynastryPipeline.MODEL);
    age = new UpdateAge(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(PairUpdate update, Context context, Collector<OutputRecord> out) {
    age.seen(update.ingestedAt(), context.timerService().currentProcessingTime());
    if (!update.regroups()) {
      pairs.encode(update, out::collect, live -> context.output(LIVE, live));
    }
  }
}
