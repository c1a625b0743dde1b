package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.ChartMatches;
import io.cosmichub.contracts.v1.ScanFigure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScanEncoderTest {

  private final ScanEncoder json = new ScanEncoder(Format.JSON);
  private final ScanEncoder protobuf = new ScanEncoder(Format.PROTOBUF);

  @Test
  void theJsonIsTheProto3MappingOfTheProtobuf() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      ScanFigure figure = Samples.randomFigure(random);
      ChartMatches matches = Samples.randomMatches(random);

      assertThat(ScanFigure.parseFrom(value(protobuf.figure(figure)))).isEqualTo(figure);
      assertThat(ChartMatches.parseFrom(value(protobuf.matches(matches)))).isEqualTo(matches);
      assertThat(parsed(json.figure(figure), ScanFigure.newBuilder())).isEqualTo(figure);
      assertThat(parsed(json.matches(matches), ChartMatches.newBuilder())).isEqualTo(matches);
    }
  }

  @Test
  void aChartThatIsGoneIsATombstoneOfItsMatches() {
    ChartMatches matches =
        ChartMatches.newBuilder()
            .setChartId("ada")
            .setAt(PopulationEncoder.time(Samples.NOW))
            .build();
    OutputRecord gone = json.gone("ada", Samples.NOW);

    assertThat(gone.topic()).isEqualTo(Topics.POPULATION_MATCHES);
    assertThat(gone.value()).isNull();
    assertThat(gone.key()).isEqualTo(json.matches(matches).key());
    assertThat(gone.headers()).isEqualTo(json.matches(matches).headers());
  }

  private static Message parsed(OutputRecord record, Message.Builder into) throws Exception {
    JsonFormat.parser().merge(new String(value(record), StandardCharsets.UTF_8), into);
    return into.build();
  }

  private static byte[] value(OutputRecord record) {
    return Objects.requireNonNull(record.value());
  }
}
