package io.cosmichub.streaming.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.kernels.SteadyState;
import io.cosmichub.serving.Choice;
import io.cosmichub.serving.ExposedDays;
import io.cosmichub.serving.Exposure;
import io.cosmichub.serving.Terms;
import io.cosmichub.streaming.given.Given;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExposureFunctionTest {

  private static final long DAY = 86_400_000;
  private static final Terms OF_CHART = new Terms(3, true, DAY);

  private KeyedOneInputStreamOperatorTestHarness<String, Exposure, Exposure> step;

  @BeforeEach
  void open() throws Exception {
    step = open(null);
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void oneAUnitExperimentAndDayPasses() throws Exception {
    List<Exposure> expected = new ArrayList<>();
    for (int day : new int[] {0, 1, 5, 3}) {
      for (String unit : List.of("p", "q")) {
        for (String experiment : List.of("e", "f")) {
          Exposure first = exposure(unit, experiment, day * DAY);
          put(first);
          put(exposure(unit, experiment, day * DAY + 1));
          expected.add(first);
        }
      }
    }
    put(exposure("p", "e", 3 * DAY));
    assertThat(step.extractOutputValues()).isEqualTo(expected);
  }

  @Test
  void whoWasExposedIsKnownAfterARestore() throws Exception {
    put(exposure("p", "e", 0));
    OperatorSubtaskState snapshot = step.snapshot(1, 1);
    step.close();
    step = open(snapshot);
    put(exposure("p", "e", 5));
    put(exposure("p", "e", DAY));
    assertThat(step.extractOutputValues()).containsExactly(exposure("p", "e", DAY));
  }

  @Test
  void nothingIsRememberedOfAUnitThatIsNotSeenForLong() throws Exception {
    put(exposure("p", "e", 0));
    step.setStateTtlProcessingTime((ExposedDays.MEMORY + 1) * DAY);
    put(exposure("p", "e", 1));
    assertThat(step.extractOutputValues()).hasSize(2);
  }

  @Test
  void theStateIsKeyedByAHashThatNamesNobody() throws Exception {
    String key = new UnitKey(Given.SECRET).getKey(exposure("person-0244", "e", 0));
    assertThat(key).doesNotContain("person").isEqualTo(Given.key("person-0244"));
  }

  @Test
  void theFilterLetsEveryFirstOnePass() {
    RecentExposures recent = new RecentExposures();
    Choice choice = new Choice("", null, "e", "control", Terms.NONE);
    for (int pair = 0; pair < 50_000; pair++) {
      assertThat(recent.exposure(choice, "p" + pair, "a", 0)).isNotNull();
    }
    assertThat(recent.exposure(choice, "p", "a", 0)).isNotNull();
    assertThat(recent.exposure(choice, "p", "a", 1)).isNull();
    assertThat(recent.exposure(choice, "p", "a", DAY))
        .isEqualTo(new Exposure("p", "e", "control", DAY, Terms.NONE));
    Choice ofChart = new Choice("", null, "e", "control", OF_CHART);
    assertThat(recent.exposure(ofChart, "p", "a", 7))
        .isEqualTo(new Exposure("a", "e", "control", 7, OF_CHART));
    Choice changed = new Choice("", null, "e", "control", new Terms(4, true, DAY));
    assertThat(recent.exposure(changed, "p", "a", 8)).isNotNull();
  }

  @Test
  void whatWasToldAlreadyCostsTheFilterNothing() {
    RecentExposures recent = new RecentExposures();
    Choice choice = new Choice("", null, "e", "control", Terms.NONE);
    assertThat(recent.exposure(choice, "p", "a", 0)).isNotNull();
    int repetitions = 1_000;
    SteadyState.assertReached(
        repetitions,
        () -> {
          for (int i = 0; i < repetitions; i++) {
            if (recent.exposure(choice, "p", "a", i) != null) {
              throw new AssertionError("told twice");
            }
          }
        });
  }

  private void put(Exposure exposure) throws Exception {
    step.processElement(exposure, 0);
  }

  private static Exposure exposure(String unit, String experiment, long at) {
    return new Exposure(unit, experiment, "control", at, Terms.NONE);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, Exposure, Exposure> open(
      @Nullable OperatorSubtaskState restored) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new ExposureFunction()),
            new UnitKey(Given.SECRET),
            Types.STRING);
    harness.setup(Exposures.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
