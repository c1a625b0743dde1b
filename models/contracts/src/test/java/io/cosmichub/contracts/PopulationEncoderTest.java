package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.PopulationLate;
import io.cosmichub.contracts.v1.PopulationPattern;
import io.cosmichub.contracts.v1.PopulationTrend;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PopulationEncoderTest {

  private final PopulationEncoder json = new PopulationEncoder(Format.JSON);
  private final PopulationEncoder protobuf = new PopulationEncoder(Format.PROTOBUF);

  @Test
  void theJsonIsTheProto3MappingOfTheProtobuf() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      PopulationTrend trend = Samples.randomTrend(random);
      PopulationPattern pattern = Samples.randomPattern(random);
      PopulationLate late = Samples.randomLate(random);

      assertThat(PopulationTrend.parseFrom(value(protobuf.trend(trend)))).isEqualTo(trend);
      assertThat(PopulationPattern.parseFrom(value(protobuf.pattern(pattern)))).isEqualTo(pattern);
      assertThat(parsed(json.pattern(pattern), PopulationPattern.newBuilder())).isEqualTo(pattern);
      assertThat(PopulationLate.parseFrom(value(protobuf.late(late)))).isEqualTo(late);
      assertThat(parsed(json.trend(trend), PopulationTrend.newBuilder())).isEqualTo(trend);
      assertThat(parsed(json.late(late), PopulationLate.newBuilder())).isEqualTo(late);
    }
  }

  @Test
  void aRecordIsKeyedByMetricAndKnownByItsWindow() {
    PopulationTrend trend = Samples.randomTrend(new Random(6));
    OutputRecord record = json.trend(trend);

    assertThat(record.topic()).isEqualTo(Topics.POPULATION_TRENDS);
    assertThat(new String(Objects.requireNonNull(record.key()), StandardCharsets.UTF_8))
        .isEqualTo(trend.getMetric());
    assertThat(record.headers())
        .filteredOn(header -> header.name().equals("ce_id"))
        .extracting(Header::text)
        .containsExactly(trend.getMetric() + "/2026-06-01T13:00:00Z");
  }

  private static Message parsed(OutputRecord record, Message.Builder into) throws Exception {
    JsonFormat.parser().merge(new String(value(record), StandardCharsets.UTF_8), into);
    return into.build();
  }

  private static byte[] value(OutputRecord record) {
    return Objects.requireNonNull(record.value());
  }
}
