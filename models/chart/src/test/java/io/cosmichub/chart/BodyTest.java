package io.cosmichub.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class BodyTest {
  @Test
  void slotsAndIdsAreWhatStateAndMessagesWereWrittenWith() {
    assertThat(
            Arrays.stream(Body.values())
                .map(body -> body.slot() + " " + body.id())
                .collect(Collectors.joining(", ")))
        .isEqualTo(
            "0 sun, 1 moon, 2 mercury, 3 venus, 4 mars, 5 jupiter, 6 saturn, 7 uranus, 8 neptune,"
                + " 9 pluto, 10 north_node, 11 chiron, 12 lilith, 13 ascendant, 14 midheaven,"
                + " 15 vertex");
    assertThat(Body.values()).hasSize(Body.COUNT);
  }

  @Test
  void everyBodyIsFoundByItsIdAndSlot() {
    for (Body body : Body.values()) {
      assertThat(Body.ofId(body.id())).isSameAs(body);
      assertThat(Body.ofSlot(body.slot())).isSameAs(body);
      assertThat(body.bit()).isEqualTo(1 << body.slot());
    }
  }

  @Test
  void otherIdsAndSlotsAreNoBodies() {
    assertThat(Body.ofId("Sun")).isNull();
    assertThat(Body.ofId("")).isNull();
    assertThatIllegalArgumentException().isThrownBy(() -> Body.ofSlot(16));
    assertThatIllegalArgumentException().isThrownBy(() -> Body.ofSlot(-1));
  }
}
