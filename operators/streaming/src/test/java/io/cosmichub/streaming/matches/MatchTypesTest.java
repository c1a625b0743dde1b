package io.cosmichub.streaming.matches;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.record.SerializerContract;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

final class MatchTypesTest extends SerializerContract {

  private static final Match LAST = new Match("cleo", 0, -480.25);

  @Override
  protected Stream<Case<?>> cases() {
    return Stream.of(
        Case.edge(
            CohortChange.TYPE,
            List.of(
                new CohortChange("red", "ann", 7, Given.at(2)),
                new CohortChange("everyone", "ben", 0, null))),
        Case.edge(
            MatchList.TYPE,
            List.of(
                new MatchList(
                    "ann", 7, "everyone", 5, 3, List.of(new Match("ben", 61.5, 23), LAST)),
                new MatchList("cleo", 1, "everyone", 5, 0, List.of()),
                MatchList.erased("ann", "everyone", 6))),
        Case.state(
            new MatchedChartSerializer(),
            List.of(new MatchedChart(7, Given.at(1, 2)), new MatchedChart(0, Given.at()))),
        Case.state(
            new PublishedMatchesSerializer(),
            List.of(
                new PublishedMatches(5, List.of("ben", "cleo")),
                new PublishedMatches(-1, List.of()))));
  }

  @Test
  void whatWasOnItsWayWithItsPastIsReadWithoutIt() throws IOException {
    byte[] old =
        HexFormat.of()
            .parseHex(
                "01047265640304616e6e00000000000000070000000000000005010001000f4240"
                    + "010001001e84800000");
    assertThat(new CohortChangeSerializer().deserialize(new DataInputDeserializer(old)))
        .isEqualTo(new CohortChange("red", "ann", 7, Given.at(2)));
  }
}
