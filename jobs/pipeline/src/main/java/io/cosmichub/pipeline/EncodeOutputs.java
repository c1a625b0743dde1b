package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.DeadLetterEncoder;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.UpdateAge;
import io.cosmichub.streaming.record.RecordTypes;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.CoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Writes each pair update once: as the records of the exactly-once topics, and, by the side output
 * {@link #LIVE}, as the live record that holds the same bytes. Dead letters are exactly once, too.
 */
final class EncodeOutputs extends CoProcessFunction<PairUpdate, DeadLetter, OutputRecord> {

  /** The records of the live topic. */
  static final OutputTag<OutputRecord> LIVE = new OutputTag<>("live", RecordTypes.OUTPUT_RECORD);

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PairUpdateEncoder pairs;
  private transient DeadLetterEncoder deadLetters;
  private transient UpdateAge age;

  EncodeOutputs(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    pairs = new PairUpdateEncoder(format, AspectPolicy.classic(), SynastryPipeline.MODEL);
    deadLetters = new DeadLetterEncoder();
    age = new UpdateAge(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(PairUpdate update, Context context, Collector<OutputRecord> out) {
    age.seen(update.ingestedAt(), context.timerService().currentProcessingTime());
    pairs.encode(update, out::collect, live -> context.output(LIVE, live));
  }

  @Override
  public void processElement2(DeadLetter letter, Context context, Collector<OutputRecord> out) {
    out.collect(
        deadLetters.encode(letter.origin(), letter.code(), letter.reason(), letter.stage()));
  }
}
