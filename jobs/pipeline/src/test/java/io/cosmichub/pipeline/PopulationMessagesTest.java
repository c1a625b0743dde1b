package io.cosmichub.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.contracts.v1.PopulationTrend;
import io.cosmichub.population.publish.FigureKind;
import io.cosmichub.population.publish.PublishedFigure;
import io.cosmichub.population.window.WindowId;
import org.junit.jupiter.api.Test;

final class PopulationMessagesTest {

  private static final WindowId HOUR =
      new WindowId("people born/1990", 1_767_225_600_000L, 1_767_229_200_000L);

  @Test
  void anInsightHasALinkToItsWindowAndOtherFiguresHaveNone() {
    PopulationTrend insight = PopulationMessages.trend(held("Venus-Mars trines are up 34%"));
    PopulationTrend other = PopulationMessages.trend(held(""));

    assertThat(insight.getLink())
        .isEqualTo("people%20born%2F1990/2026-01-01T00:00:00Z/2026-01-01T01:00:00Z");
    assertThat(insight.getCohort()).isEqualTo("people born/1990");
    assertThat(other.getLink()).isEmpty();
  }

  private static PublishedFigure held(String insight) {
    return new PublishedFigure(
        HOUR, false, FigureKind.HELD, "venus-mars trine", 0.25, 250, 1_000, null, true, insight);
  }
}
