package io.cosmichub.contracts;

import io.cosmichub.contracts.v1.PairFeedback;
import java.io.IOException;

/** Reads the JSON of a {@code PairFeedback} into a draft. */
final class FeedbackJson {
  private FeedbackJson() {}

  static void read(byte[] json, FeedbackDraft draft) throws Refusal, IOException {
    try (JsonInput in = JsonInput.of(json)) {
      in.startMessage();
      int seen = 0;
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        int field = field(name);
        if (field == 0) {
          in.skip();
        } else {
          seen = FieldsSeen.once(seen, field);
          if (in.hasValue()) {
            value(in, field, draft);
          }
        }
      }
      in.endMessage();
    }
  }

  /** The number of a field in the schema by either of its names; 0 if it has none. */
  private static int field(String name) {
    return switch (name) {
      case "pairId", "pair_id" -> PairFeedback.PAIR_ID_FIELD_NUMBER;
      case "kind" -> PairFeedback.KIND_FIELD_NUMBER;
      case "value" -> PairFeedback.VALUE_FIELD_NUMBER;
      case "at" -> PairFeedback.AT_FIELD_NUMBER;
      case "chartA", "chart_a" -> PairFeedback.CHART_A_FIELD_NUMBER;
      default -> 0;
    };
  }

  private static void value(JsonInput in, int field, FeedbackDraft draft)
      throws Refusal, IOException {
    switch (field) {
      case PairFeedback.PAIR_ID_FIELD_NUMBER -> draft.pairId = in.string("pairId");
      case PairFeedback.KIND_FIELD_NUMBER -> draft.kind = in.string("kind");
      case PairFeedback.VALUE_FIELD_NUMBER -> draft.value = in.number("value");
      case PairFeedback.AT_FIELD_NUMBER -> draft.at = Rfc3339.parse(in.string("at"));
      case PairFeedback.CHART_A_FIELD_NUMBER -> draft.chartA = in.string("chartA");
      default -> throw new IllegalStateException("field " + field);
    }
  }
}
