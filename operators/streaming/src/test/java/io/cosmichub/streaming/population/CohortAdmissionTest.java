package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CohortAdmissionTest {

  @Test
  void theFirstCohortsPassAndStayAndEveryoneAlwaysDoes() throws Exception {
    try (var harness = harness(2, null)) {
      assertThat(passed(harness, "red", "everyone", "blue", "green", "red", "everyone", "green"))
          .containsExactly("red", "everyone", "blue", "red", "everyone");
    }
  }

  @Test
  void whoWasRefusedStaysRefusedWhenThereIsMoreRoom() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(1, null)) {
      assertThat(passed(harness, "red", "blue")).containsExactly("red");
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(2, state)) {
      assertThat(passed(harness, "blue", "green", "yellow", "red", "blue"))
          .containsExactly("green", "red");
    }
  }

  @Test
  void whereMoreWereRefusedThanAreRememberedNobodyNewPasses() throws Exception {
    OperatorSubtaskState state;
    CohortAdmission<PopulationPart> admission = admission(1);
    try (var harness = harness(admission, null)) {
      List<String> many = new ArrayList<>();
      for (int i = 0; i < 10_002; i++) {
        many.add("cohort-" + i);
      }
      assertThat(passed(harness, many.toArray(String[]::new))).containsExactly("cohort-0");
      assertThat(admission.refused()).isEqualTo(10_001);
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(5, state)) {
      assertThat(passed(harness, "new", "cohort-0")).containsExactly("cohort-0");
    }
  }

  @Test
  void whatIsLeftOutIsCounted() throws Exception {
    CohortAdmission<PopulationPart> admission = admission(1);
    try (var harness = harness(admission, null)) {
      passed(harness, "red", "blue", "blue", "green", "everyone");
      assertThat(admission.leftOut()).isEqualTo(3);
    }
  }

  private static List<String> passed(
      OneInputStreamOperatorTestHarness<PopulationPart, PopulationPart> harness, String... cohorts)
      throws Exception {
    for (String cohort : cohorts) {
      harness.processElement(
          PopulationPart.of(cohort, 0, new PaneClock(1, 0), new WindowFigures()), 0);
    }
    List<String> passed =
        harness.extractOutputValues().stream().map(PopulationPart::cohort).toList();
    harness.getOutput().clear();
    return passed;
  }

  private static CohortAdmission<PopulationPart> admission(int most) {
    return new CohortAdmission<>(most, PopulationPart::cohort, PopulationPart.TYPE);
  }

  private static OneInputStreamOperatorTestHarness<PopulationPart, PopulationPart> harness(
      int most, @Nullable OperatorSubtaskState restored) throws Exception {
    return harness(admission(most), restored);
  }

  private static OneInputStreamOperatorTestHarness<PopulationPart, PopulationPart> harness(
      CohortAdmission<PopulationPart> admission, @Nullable OperatorSubtaskState restored)
      throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(admission), Subtask.MAX_PARALLELISM, 1, 0);
    harness.setup(admission.getProducedType().createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
