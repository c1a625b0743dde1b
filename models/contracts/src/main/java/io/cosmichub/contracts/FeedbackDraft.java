package io.cosmichub.contracts;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.feedback.Metric;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Feedback as a reader found it, unchecked; {@link #toFeedback} holds it against the rules of the
 * contract.
 */
final class FeedbackDraft {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  String pairId = "";
  String chartA = "";
  String kind = "";
  double value = Double.NaN;
  long at = ChartUpdate.NO_TIME;

  /** The feedback, if it keeps the rules. */
  Feedback toFeedback(byte @Nullable [] key) throws Refusal {
    Ids.requireKey(key, Ids.require(pairId, "the pair id"));
    if (!chartA.isEmpty()) {
      Ids.require(chartA, "the id of chart A");
    }
    if (!NAME.matcher(kind).matches() || Metric.isReserved(kind)) {
      throw new Refusal(
          DeadLetterCode.FEEDBACK_INVALID, "the kind is absent, no name, or reserved");
    }
    if (!(value >= 0 && value <= 1)) {
      throw new Refusal(DeadLetterCode.FEEDBACK_INVALID, "the value is absent, or not from 0 to 1");
    }
    return new Feedback(pairId, chartA, kind, (int) Math.round(value * Metric.WHOLE), at);
  }
}
