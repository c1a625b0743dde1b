package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import io.cosmichub.contracts.v1.PairFeedback;
import java.io.IOException;

/** Reads a {@code PairFeedback}. */
final class FeedbackReader extends MessageReader<FeedbackDraft> {
  @Override
  void json(byte[] value, FeedbackDraft draft) throws Refusal, IOException {
    FeedbackJson.read(value, draft);
  }

  @Override
  void protobuf(byte[] value, FeedbackDraft draft) throws Refusal, IOException {
    PairFeedback message = PairFeedback.parseFrom(value);
    draft.pairId = message.getPairId();
    draft.chartA = message.getChartA();
    draft.kind = message.getKind();
    if (message.hasValue()) {
      draft.value = message.getValue();
    }
    if (message.hasAt()) {
      Timestamp at = message.getAt();
      draft.at = Rfc3339.ofTimestamp(at.getSeconds(), at.getNanos());
    }
  }
}
