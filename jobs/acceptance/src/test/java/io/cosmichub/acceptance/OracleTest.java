package io.cosmichub.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cosmichub.acceptance.Goldens.Couple;
import io.cosmichub.acceptance.Goldens.People;
import io.cosmichub.acceptance.Messages.Cell;
import io.cosmichub.acceptance.Messages.Held;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle of the end-to-end tests must itself be right. */
final class OracleTest {

  @Test
  void itAgreesWithWhatIndependentCodeComputed() {
    People people = Goldens.people();
    for (Couple couple : Goldens.couples()) {
      Map<Cell, Held> aspects =
          Oracle.aspects(people.chart(couple.chartA()), people.chart(couple.chartB()));
      assertThat(aspects).as(couple.pairId()).isEqualTo(couple.aspects());
      assertThat(Oracle.rawTotal(aspects))
          .as(couple.pairId())
          .isEqualTo(couple.rawTotal(), within(1e-9));
    }
  }
}
