package io.cosmichub.contracts;

import io.cosmichub.chart.ChartUpdate;
import java.time.Clock;
import java.util.Objects;

/**
 * Decodes the records of both chart topics, in either format. Never throws: what cannot be read is
 * {@link Decoded.Malformed}. For one thread.
 */
public final class ChartUpdateDecoder {
  private final ChartReader reader = new ChartReader();
  private final long maxAheadMillis;
  private final Clock clock;

  /** Refuses event times that lie more than {@code maxAheadMillis} ahead of {@code clock}. */
  public ChartUpdateDecoder(long maxAheadMillis, Clock clock) {
    this.maxAheadMillis = maxAheadMillis;
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * The update of a record, or the id that its null value erases. Event time is {@code
   * effectiveAt}, else the {@code ce_time} header, else the record's own timestamp.
   */
  public Decoded<ChartUpdate> decode(InputRecord input) {
    try {
      byte[] value = input.value();
      return value == null ? erase(input) : new Decoded.Value<>(update(input, value));
    } catch (Refusal refusal) {
      return refusal.toMalformed();
    }
  }

  private static Decoded<ChartUpdate> erase(InputRecord input) throws Refusal {
    if (input.topic().equals(Topics.CHART_MOVES)) {
      throw new Refusal(
          DeadLetterCode.EMPTY_VALUE,
          "the value is null, and a null erases only on the topic of full charts");
    }
    return new Decoded.Erase<>(Ids.ofTombstone(input.key()));
  }

  private ChartUpdate update(InputRecord input, byte[] value) throws Refusal {
    ChartDraft draft = new ChartDraft();
    reader.read(input, value, draft);
    if (draft.effectiveAt == ChartUpdate.NO_TIME) {
      draft.effectiveAt = EventTime.ofEnvelope(input);
    }
    ChartUpdate update = draft.toUpdate(input.key());
    if (update.partial() && input.topic().equals(Topics.CHART_UPDATES)) {
      throw new Refusal(
          DeadLetterCode.PARTIAL_ON_COMPACTED,
          "a partial chart belongs on "
              + Topics.CHART_MOVES
              + ": compaction here would lose the rest");
    }
    if (isAhead(update.effectiveAt())) {
      throw new Refusal(DeadLetterCode.TIMESTAMP_AHEAD, "the time lies further ahead than allowed");
    }
    return update;
  }

  private boolean isAhead(long time) {
    return time != ChartUpdate.NO_TIME && time - maxAheadMillis > clock.millis();
  }
}
