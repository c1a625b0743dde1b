package io.cosmichub.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ExposedDaysTest {

  @Test
  void aDayIsNewOnceInWhateverOrderTheyCome() {
    Random random = new Random(3);
    for (int history = 0; history < 2_000; history++) {
      long latest = random.nextInt(200);
      ExposedDays days = ExposedDays.first(latest);
      Set<Long> seen = new HashSet<>(Set.of(latest));
      for (int i = 0; i < 60; i++) {
        long day = Math.max(0, latest + random.nextInt(140) - 100);
        boolean tooLongAgo = latest - day > ExposedDays.MEMORY;
        ExposedDays after = days.with(day);
        if (tooLongAgo) {
          assertThat(after).isSameAs(days);
        } else {
          assertThat(after.equals(days))
              .as("day %s after %s", day, latest)
              .isNotEqualTo(seen.add(day));
        }
        days = after;
        latest = Math.max(latest, day);
      }
      assertThat(days.latest()).isEqualTo(latest);
    }
  }

  @Test
  void aDayIsThatOfTheUniversalTime() {
    assertThat(new Exposure("p", "e", "a", 0, Terms.NONE).day()).isZero();
    assertThat(new Exposure("p", "e", "a", 86_400_000 - 1, Terms.NONE).day()).isZero();
    assertThat(new Exposure("p", "e", "a", 86_400_000, Terms.NONE).day()).isEqualTo(1);
    assertThat(new Exposure("p", "e", "a", -1, Terms.NONE).day()).isEqualTo(-1);
  }
}
