package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.FeedbackDecoder;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.feedback.Feedback;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** Decodes the records of the topic of feedback, for the pair and, if it is named, the chart. */
public final class DecodeFeedback extends DecodeFunction<Feedback, FeedbackInput> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "decode-feedback";

  // Configuration.
  private final long maxAheadMillis;
  private final Clock clock;

  // Runtime.
  private transient FeedbackDecoder decoder;

  /** Refuses what claims to be more than {@code maxAheadMillis} ahead of {@code clock}. */
  public DecodeFeedback(long maxAheadMillis, Clock clock) {
    super(STAGE);
    this.maxAheadMillis = maxAheadMillis;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    decoder = new FeedbackDecoder(maxAheadMillis, clock);
  }

  @Override
  Decoded<Feedback> decode(InputRecord raw) {
    return decoder.decode(raw);
  }

  @Override
  void emit(Feedback feedback, InputRecord raw, Collector<FeedbackInput> out) {
    super.emit(feedback, raw, out);
    if (!feedback.chartA().isEmpty()) {
      out.collect(new FeedbackInput(feedback, true, raw));
    }
  }

  @Override
  FeedbackInput value(Feedback feedback, InputRecord raw) {
    return new FeedbackInput(feedback, false, raw);
  }

  @Override
  FeedbackInput erase(String key, InputRecord raw) {
    throw new IllegalStateException("feedback has no tombstones");
  }

  @Override
  public TypeInformation<FeedbackInput> getProducedType() {
    return FeedbackInput.TYPE;
  }
}
