package io.cosmichub.contracts;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.feedback.Feedback;
import java.time.Clock;
import java.util.Objects;

/**
 * Decodes the records of the topic of feedback, in either format. Never throws: what cannot be read
 * is {@link Decoded.Malformed}.
 */
public final class FeedbackDecoder {
  private final FeedbackReader reader = new FeedbackReader();
  private final long maxAheadMillis;
  private final Clock clock;

  /** Refuses what claims to be more than {@code maxAheadMillis} ahead of {@code clock}. */
  public FeedbackDecoder(long maxAheadMillis, Clock clock) {
    this.maxAheadMillis = maxAheadMillis;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /** The feedback of a record; of its time, else of the {@code ce_time} header, else its own. */
  public Decoded<Feedback> decode(InputRecord input) {
    try {
      byte[] value = input.value();
      if (value == null) {
        throw new Refusal(
            DeadLetterCode.EMPTY_VALUE, "the value is null, and feedback has no tombstones");
      }
      FeedbackDraft draft = new FeedbackDraft();
      reader.read(input, value, draft);
      if (draft.at == ChartUpdate.NO_TIME) {
        draft.at = EventTime.ofEnvelope(input);
      }
      if (draft.at == ChartUpdate.NO_TIME) {
        throw new Refusal(DeadLetterCode.TIMESTAMP_INVALID, "there is no time");
      }
      if (draft.at - maxAheadMillis > clock.millis()) {
        throw new Refusal(
            DeadLetterCode.TIMESTAMP_AHEAD, "the time lies further ahead than allowed");
      }
      return new Decoded.Value<>(draft.toFeedback(input.key()));
    } catch (Refusal refusal) {
      return refusal.toMalformed();
    }
  }
}
