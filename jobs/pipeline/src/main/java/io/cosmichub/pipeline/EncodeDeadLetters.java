package io.cosmichub.pipeline;

import io.cosmichub.contracts.DeadLetterEncoder;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.streaming.ingest.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Writes each dead letter as a record beside the topic that it came from. */
final class EncodeDeadLetters extends RichMapFunction<DeadLetter, OutputRecord> {

  private static final long serialVersionUID = 1L;

  // runtime
  private transient DeadLetterEncoder encoder;

  @Override
  public void open(OpenContext context) {
    encoder = new DeadLetterEncoder();
  }

  @Override
  public OutputRecord map(DeadLetter letter) {
    return encoder.encode(letter.origin(), letter.code(), letter.reason(), letter.stage());
  }
}
