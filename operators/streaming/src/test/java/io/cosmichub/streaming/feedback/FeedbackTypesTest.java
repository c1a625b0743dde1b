package io.cosmichub.streaming.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.Topics;
import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Feedback;
import io.cosmichub.feedback.Halt;
import io.cosmichub.feedback.Lately;
import io.cosmichub.feedback.Metric;
import io.cosmichub.feedback.Sums;
import io.cosmichub.feedback.Tally;
import io.cosmichub.feedback.UnitFeedback;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.feedback.UnitTrial;
import io.cosmichub.feedback.Voices;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.ingest.FeedbackInput;
import io.cosmichub.streaming.record.SerializerContract;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

final class FeedbackTypesTest extends SerializerContract {

  private static final Sums SUMS =
      Sums.of(800_000, 500_000).plus(Sums.of(Long.MAX_VALUE, 7)).minus(Sums.of(3, -1));

  private static final UnitTrial TRIAL =
      new UnitTrial("new-model", 3, "control", 5, Given.INGESTED_AT);
  private static final UnitFeedback RATING = new UnitFeedback("rating", -7, 6, 800_000);

  private static final Map<String, Map<String, Sums>> ARMS =
      Map.of("control", Map.of("rating", SUMS, "", Sums.of(0, 0)), "b", Map.of());
  private static final Map<String, Halt> HALTS =
      Map.of("b", new Halt("harm", Map.of("rating", SUMS), Map.of()));
  private static final Lately LATELY =
      new Lately(9, Map.of("b", Map.of(Metric.SCORE_ERRORS, SUMS)), Map.of());

  private static final List<Integer> SLOTS =
      IntStream.range(0, Voices.SLOTS).mapToObj(slot -> slot < 2 ? 254 + slot : 0).toList();

  /** As the first two layouts of sums had them, without the number of the layout. */
  private static final String HEX_OF_SUMS =
      "0000000000000001000000090080000000000c34fc000000103fffffffffffffff0000009502f8fff8"
          + "0000000307a128000000053a3529443000000009038000005d21db9ffc";

  private static final String HEX_OF_ARMS_AND_HALTS =
      "00000000000000030000000202620000000008636f6e74726f6c000000020100000000000000010000"
          + "000100000000010000000001000000000100000000010007726174696e67"
          + HEX_OF_SUMS
          + "000000010262056861726d0000000107726174696e67"
          + HEX_OF_SUMS
          + "00000000";

  @Test
  void theFirstLayoutOfSumsIsStillRead() throws IOException {
    assertThat(tally("01" + HEX_OF_ARMS_AND_HALTS))
        .isEqualTo(new Tally(3, ARMS, HALTS, Lately.NOTHING, Voices.NONE));
  }

  @Test
  void theSecondLayoutOfSumsIsStillRead() throws IOException {
    String lately =
        "0000000000000009000000010262000000010d73636f72652d6572726f7273" + HEX_OF_SUMS + "00000000";

    assertThat(tally("02" + HEX_OF_ARMS_AND_HALTS + lately))
        .isEqualTo(new Tally(3, ARMS, HALTS, LATELY, Voices.NONE));
  }

  private static Tally tally(String hex) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(HexFormat.of().parseHex(hex));
    Tally tally = new TallySerializer().deserialize(in);
    assertThat(in.available()).isZero();
    return tally;
  }

  @Test
  void theFirstLayoutOfAUnitIsStillRead() throws IOException {
    byte[] first =
        HexFormat.of()
            .parseHex(
                "01000000010a6e65772d6d6f64656c000000000000000308636f6e74726f6c0000000000000005"
                    + "00000000000000090000019b76daa800000000000000125c010000000107726174696e67"
                    + "fffffffffffffff90000000000000006000c3500");

    DataInputDeserializer in = new DataInputDeserializer(first);
    assertThat(new UnitRecordSerializer().deserialize(in))
        .isEqualTo(new UnitRecord(List.of(TRIAL), List.of(RATING)));
    assertThat(in.available()).isZero();
  }

  @Override
  protected Stream<Case<?>> cases() {
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
            List.of(new UnitRecord(List.of(TRIAL), List.of(RATING)), UnitRecord.NOTHING)),
        Case.state(
            new TallySerializer(),
            List.of(
                new Tally(3, ARMS, HALTS, LATELY, new Voices(7, Map.of("b", SLOTS))),
                Tally.EMPTY)));
  }
}
