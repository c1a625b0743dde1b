package io.cosmichub.streaming.feedback;

import io.cosmichub.contracts.Topics;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.feedback.Halt;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.Tally;
import io.cosmichub.feedback.UnitFeedback;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.feedback.UnitTrial;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.ingest.FeedbackInput;
import io.cosmichub.streaming.record.SerializerContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class FeedbackTypesTest extends SerializerContract {

  private static final Sums SUMS =
      Sums.of(800_000, 500_000).plus(Sums.of(Long.MAX_VALUE, 7)).minus(Sums.of(3, -1));

  @Override
  protected Stream<Case<?>> cases() {
    UnitTrial trial =
        new UnitTrial("new-model", 3, "control", 5, 9, Given.INGESTED_AT, 4_700, true);
    UnitFeedback rating = new UnitFeedback("rating", -7, 6, 800_000);
    return Stream.of(
        Case.edge(
            FeedbackInput.TYPE,
            List.of(
                new FeedbackInput(
                    new Feedback("couple-0001", "person-0244", "rating", 800_000, 6),
                    true,
                    Given.raw(Topics.PAIR_FEEDBACK, "couple-0001", "{}")))),
        Case.edge(
            FeedbackStates.CONTRIBUTION,
            List.of(new Contribution("new-model", 3, "control", "rating", SUMS))),
        Case.edge(
            ResultUpdate.TYPE,
            List.of(
                new ResultUpdate("new-model", new byte[] {1, 2}, 7),
                new ResultUpdate("new-model", null, 8))),
        Case.state(
            new UnitRecordSerializer(),
            List.of(new UnitRecord(List.of(trial), List.of(rating)), UnitRecord.NOTHING)),
        Case.state(
            new TallySerializer(),
            List.of(
                new Tally(
                    3,
                    Map.of("control", Map.of("rating", SUMS, "", Sums.of(0, 0)), "b", Map.of()),
                    Map.of("b", new Halt("harm", Map.of("rating", SUMS), Map.of()))),
                Tally.EMPTY)));
  }
}
