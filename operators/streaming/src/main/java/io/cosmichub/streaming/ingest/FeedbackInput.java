package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Decoded feedback for one of the units that it is about, with the raw record that it was.
 *
 * @param feedback the feedback
 * @param ofChart whether for the chart on side A, and not for the pair, which settles the record
 * @param origin the raw record
 */
public record FeedbackInput(Feedback feedback, boolean ofChart, InputRecord origin) {

  /** The type of a feedback input. */
  public static final TypeInformation<FeedbackInput> TYPE =
      new RecordTypeInfo<>(FeedbackInput.class, new FeedbackInputSerializer());

  /** The id of the unit. */
  public String unit() {
    return ofChart ? feedback.chartA() : feedback.pairId();
  }
}
