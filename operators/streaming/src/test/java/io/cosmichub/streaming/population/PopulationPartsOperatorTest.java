package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.streaming.given.Given;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class PopulationPartsOperatorTest {

  @Test
  void whereThereAreMoreCohortsThanRoomTheirPartsAreSentAtOnceAndNothingIsLost() throws Exception {
    List<String> cohorts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      cohorts.add("cohort-" + i);
    }
    List<String> others = cohorts.stream().map(name -> "other-" + name).toList();
    var harness =
        new OneInputStreamOperatorTestHarness<ChartChange, PopulationPart>(
            new PopulationPartsOperator<>(new PaneClock(1_000, 0), new ChartChanges()));
    try (harness) {
      harness.setup(PopulationPart.TYPE.createSerializer(new SerializerConfigImpl()));
      harness.open();
      harness.processElement(change("ann", cohorts), 0);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement(change("ben", others), 0);

      List<String> expected = new ArrayList<>(cohorts);
      expected.addAll(others);
      expected.add("everyone");
      assertThat(harness.extractOutputValues())
          .extracting(PopulationPart::cohort)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(harness.extractOutputValues())
          .allSatisfy(
              part ->
                  assertThat(part.figures().net().charts().charts())
                      .isEqualTo(part.cohort().equals("everyone") ? 2 : 1));
    }
  }

  private static ChartChange change(String chart, List<String> cohorts) {
    return new ChartChange(chart, 1, 5, null, Given.at(1), List.of(), cohorts);
  }
}
