package io.cosmichub.streaming.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.serving.ExposedDays;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

final class ExposureTypesTest extends SerializerContract {

  @Test
  void theFirstLayoutIsStillRead() throws IOException {
    byte[] first =
        HexFormat.of()
            .parseHex(
                "010c636f75706c652d303030310a6e65772d6d6f64656c08636f6e74726f6c0000019b76daa800");

    assertThat(new ExposureSerializer().deserialize(new DataInputDeserializer(first)))
        .isEqualTo(
            new Exposure("couple-0001", "new-model", "control", Given.INGESTED_AT, Terms.NONE));
  }

  @Test
  void theSecondLayoutIsStillRead() throws IOException {
    byte[] second =
        HexFormat.of()
            .parseHex(
                "020c636f75706c652d303030310a6e65772d6d6f64656c08636f6e74726f6c0000019b76daa800"
                    + "0000000000000003010000019b76daa801000000000000125c01");

    DataInputDeserializer in = new DataInputDeserializer(second);
    assertThat(new ExposureSerializer().deserialize(in))
        .isEqualTo(
            new Exposure(
                "couple-0001",
                "new-model",
                "control",
                Given.INGESTED_AT,
                new Terms(3, true, Given.INGESTED_AT + 1)));
    assertThat(in.available()).isZero();
  }

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            Exposures.TYPE,
            List.of(
                new Exposure(
                    "couple-0001",
                    "new-model",
                    "control",
                    Given.INGESTED_AT,
                    new Terms(3, true, Given.INGESTED_AT + 1)),
                new Exposure("", "", "", Long.MIN_VALUE, Terms.NONE))),
        Case.state(
            new ExposedDaysSerializer(),
            List.of(new ExposedDays(20_454, 5), new ExposedDays(-1, Long.MIN_VALUE))));
  }
}
