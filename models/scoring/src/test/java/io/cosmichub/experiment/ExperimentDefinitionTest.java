package io.cosmichub.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ExperimentDefinitionTest {
  @Test
  void aSoundDefinitionStands() {
    assertThat(Definitions.even().control().id()).isEqualTo("control");
    assertThat(Definitions.even().totalWeight()).isEqualTo(2);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThatThrownBy(
            () ->
                new ExperimentDefinition(
                    "Bad Id",
                    " ",
                    ExperimentDefinition.Unit.PAIR,
                    List.of(new Arm("a", 0), new Arm("a", 1)),
                    1.5,
                    "rating",
                    0,
                    List.of(new Guardrail("rating", Guardrail.Harm.LOWER, -1)),
                    /* start= */ Definitions.END,
                    /* end= */ Definitions.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "id 'Bad Id'",
            "salt is empty",
            "two arms are called a",
            "arm a has weight 0",
            "eligible share is 1.5",
            "minimum effect is 0.0",
            "rating is watched twice",
            "margin -1.0",
            "not after its start");
  }

  @Test
  void oneArmIsNoExperiment() {
    assertThatThrownBy(() -> Definitions.ofArms("s", 1, new Arm("only", 1)))
        .hasMessageContaining("1 arms, not 2 to 8");
  }

  @Test
  void aShareThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> Definitions.ofArms("s", Double.NaN, new Arm("a", 1), new Arm("b", 1)))
        .hasMessageContaining("eligible share is NaN");
  }
}
