package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A refused record reaches the dead-letter topic whatever its size: it stays whole while Kafka
 * takes it, and is cut beyond.
 */
final class DeadLetterEncoderTest {
  /** What Kafka takes by default, for the record with all that is written around it. */
  private static final int KAFKA_LIMIT = 1024 * 1024;

  @Test
  void aRecordThatIsTooLargeForUsButNotForKafkaStaysWhole() {
    byte[] value = bytes(900_000);
    Header own = new Header("own", bytes(10_000));

    OutputRecord letter = letter(bytes(20), value, List.of(own));

    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.headers()).contains(own);
    assertThat(letter.headers()).extracting(Header::name).doesNotContain(DeadLetterEncoder.CUT);
  }

  @Test
  void aValueThatKafkaWouldRefuseIsCutAndTheRestIsKept() {
    byte[] key = bytes(20);
    byte[] value = bytes(5_000_000);
    Header own = new Header("own", bytes(10_000));

    OutputRecord letter = letter(key, value, List.of(own));

    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.headers())
        .contains(own, Header.of(DeadLetterEncoder.CUT, "key=20 value=5000000 headers=10013"));
    assertThat(value).startsWith(letter.value());
    assertThat(letter.value()).hasSizeGreaterThan(900_000);
    assertThat(size(letter)).isLessThan(KAFKA_LIMIT);
  }

  @Test
  void aKeyOrHeadersThatKafkaWouldRefuseAreLeftOutAndTheValueIsKept() {
    byte[] value = bytes(1_000);
    List<Header> headers = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      headers.add(new Header("h" + i, bytes(1_000)));
    }

    OutputRecord manyHeaders = letter(bytes(20), value, headers);
    OutputRecord largeKey = letter(bytes(2_000_000), value, List.of());

    assertThat(manyHeaders.value()).isEqualTo(value);
    assertThat(manyHeaders.headers()).extracting(Header::name).doesNotContain("h0", "h1999");
    assertThat(size(manyHeaders)).isLessThan(KAFKA_LIMIT);
    assertThat(largeKey.key()).isNull();
    assertThat(largeKey.value()).isEqualTo(value);
    assertThat(size(largeKey)).isLessThan(KAFKA_LIMIT);
  }

  private static OutputRecord letter(byte[] key, byte[] value, List<Header> headers) {
    return new DeadLetterEncoder()
        .encode(
            new InputRecord(Topics.CHART_UPDATES, 1, 2, 3, key, value, headers),
            DeadLetterCode.TOO_LARGE,
            "the value is too large",
            "decode");
  }

  private static long size(OutputRecord record) {
    long size = 100L + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      size += header.name().length() + length(header.value()) + 10;
    }
    return size;
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
