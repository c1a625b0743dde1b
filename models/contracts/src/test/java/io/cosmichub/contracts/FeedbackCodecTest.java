package io.cosmichub.contracts;

import static io.cosmichub.contracts.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.PairFeedback;
import io.cosmichub.feedback.Feedback;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Feedback in both formats; the JSON is what Protobuf's own mapping writes. */
final class FeedbackCodecTest {
  private final FeedbackDecoder decoder = new FeedbackDecoder(Samples.DAY, Samples.CLOCK);

  @Test
  void isReadAsItWasMeantInBothFormats() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      int millionths = random.nextInt(1_000_001);
      long at = Samples.NOW - random.nextInt(1_000_000_000);
      PairFeedback message =
          PairFeedback.newBuilder()
              .setPairId("p\u00e4ir " + i)
              .setKind("rating")
              .setValue(millionths / 1e6)
              .setAt(PopulationEncoder.time(at))
              .setChartA(random.nextBoolean() ? "a" : "")
              .build();
      Decoded<Feedback> expected =
          new Decoded.Value<>(
              new Feedback(message.getPairId(), message.getChartA(), "rating", millionths, at));
      byte[] json = JsonFormat.printer().print(message).getBytes(StandardCharsets.UTF_8);

      assertThat(decode(message.getPairId(), message.toByteArray())).isEqualTo(expected);
      assertThat(decode(message.getPairId(), json)).isEqualTo(expected);
    }
  }

  @Test
  void withoutATimeItIsOfTheRecordsTime() {
    String json = "{\"pair_id\":\"p\",\"kind\":\"rating\",\"value\":1,\"chart_a\":\"a\"}";

    assertThat(decode("p", json.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Decoded.Value<>(new Feedback("p", "a", "rating", 1_000_000, Samples.NOW)));
  }

  private Decoded<Feedback> decode(String key, byte[] value) {
    return decoder.decode(record(Topics.PAIR_FEEDBACK, key, value));
  }
}
