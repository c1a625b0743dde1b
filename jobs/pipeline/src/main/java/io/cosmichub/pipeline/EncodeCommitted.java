package io.cosmichub.pipeline;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.contracts.DeadLetterEncoder;
import io.cosmichub.contracts.Format;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.contracts.PairUpdateEncoder;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.streaming.ingest.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.RichCoFlatMapFunction;
import org.apache.flink.util.Collector;

/** Writes pair updates and dead letters as the records of the exactly-once topics. */
final class EncodeCommitted extends RichCoFlatMapFunction<PairUpdate, DeadLetter, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // configuration
  private final Format format;

  // runtime
  private transient PairUpdateEncoder pairs;
  private transient DeadLetterEncoder deadLetters;

  EncodeCommitted(Format format) {
    this.format = format;
  }

  @Override
  public void open(OpenContext context) {
    pairs = new PairUpdateEncoder(format, AspectPolicy.classic(), SynastryPipeline.MODEL);
    deadLetters = new DeadLetterEncoder();
  }

  @Override
  public void flatMap1(PairUpdate update, Collector<OutputRecord> out) {
    pairs.encodeCommitted(update, out::collect);
  }

  @Override
  public void flatMap2(DeadLetter letter, Collector<OutputRecord> out) {
    out.collect(
        deadLetters.encode(letter.origin(), letter.code(), letter.reason(), letter.stage()));
  }
}
