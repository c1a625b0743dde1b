package io.cosmichub.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.cosmichub.contracts.v1.BestMatches;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MatchesEncoderTest {

  @Test
  void theJsonIsTheProto3MappingOfTheProtobuf() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      BestMatches matches = Samples.randomBest(random);
      OutputRecord json = new MatchesEncoder(Format.JSON).encode(matches);
      OutputRecord binary = new MatchesEncoder(Format.PROTOBUF).encode(matches);

      assertThat(BestMatches.parseFrom(Objects.requireNonNull(binary.value()))).isEqualTo(matches);
      assertThat(parsed(Objects.requireNonNull(json.value()))).isEqualTo(matches);
      assertThat(json.key()).isEqualTo(matches.getChartId().getBytes(StandardCharsets.UTF_8));
      assertThat(binary.key()).isEqualTo(json.key());
    }
  }

  @Test
  void theSampleReadsAndIsWrittenAgainAsItIs() throws Exception {
    BestMatches matches = parsed(Samples.resource("samples/chart-matches.json"));

    assertThat(matches.getMatchesCount()).isEqualTo(2);
    assertThat(matches.getModel()).isEqualTo(Samples.MODEL);
    OutputRecord written = new MatchesEncoder(Format.JSON).encode(matches);
    assertThat(parsed(Objects.requireNonNull(written.value()))).isEqualTo(matches);
  }

  @Test
  void aListIsKnownByChartRevisionAndTime() {
    BestMatches matches =
        BestMatches.newBuilder()
            .setChartId("ada")
            .setRevision(7)
            .setCohort("everyone")
            .setAt(PopulationEncoder.time(Samples.NOW))
            .build();
    OutputRecord record = new MatchesEncoder(Format.JSON).encode(matches);

    assertThat(record.topic()).isEqualTo(Topics.CHART_MATCHES);
    assertThat(header(record, "ce_type")).isEqualTo(Topics.CHART_MATCHES);
    assertThat(header(record, "ce_id")).isEqualTo("ada@7/" + Samples.NOW);
    assertThat(header(record, "ce_time")).isEqualTo("2026-06-01T12:00:00Z");
    assertThat(header(record, "content-type")).isEqualTo("application/json");
  }

  @Test
  void aChartThatWasErasedLeavesATombstone() {
    OutputRecord gone = new MatchesEncoder(Format.PROTOBUF).erase("ada", "everyone", Samples.NOW);

    assertThat(gone.value()).isNull();
    assertThat(gone.topic()).isEqualTo(Topics.CHART_MATCHES);
    assertThat(gone.key()).isEqualTo("ada".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aListOfACohortHasAKeyThatNoOtherHas() {
    BestMatches matches =
        BestMatches.newBuilder()
            .setChartId("b/ada")
            .setRevision(7)
            .setCohort("a")
            .setAt(PopulationEncoder.time(Samples.NOW))
            .build();
    OutputRecord list = new MatchesEncoder(Format.JSON).encode(matches);
    OutputRecord gone = new MatchesEncoder(Format.JSON).erase("b/ada", "a", Samples.NOW);

    assertThat(new String(Objects.requireNonNull(list.key()), StandardCharsets.UTF_8))
        .isEqualTo("a\tb/ada");
    assertThat(gone.key()).isEqualTo(list.key());
    assertThat(header(list, "ce_id")).isEqualTo("a/b/ada@7/" + Samples.NOW);
    assertThat(new MatchesEncoder(Format.JSON).erase("ada", "a/b", Samples.NOW).key())
        .isNotEqualTo(gone.key());
  }

  private static String header(OutputRecord record, String name) {
    return record.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(Header::text)
        .findFirst()
        .orElseThrow();
  }

  private static BestMatches parsed(byte[] json) throws Exception {
    BestMatches.Builder read = BestMatches.newBuilder();
    JsonFormat.parser().merge(new String(json, StandardCharsets.UTF_8), read);
    return read.build();
  }
}
