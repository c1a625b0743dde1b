package io.cosmichub.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cosmichub.aspect.AspectPolicy;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RankingTest {

  private static final int CHARTS = 5;
  private static final int ZERO = 2;

  private final Ranking ranking = Ranking.empty(AspectPolicy.classic(), CHARTS, 2, 1 << 20);

  @Test
  void offeredPartnersAreNumberedFromTheZeroOfTheOffer() {
    offer(1, 2);
    assertThat(ranking.partners(0)).isEqualTo(2);
    assertThat(ranking.partner(0, 0)).isEqualTo(4);
    assertThat(ranking.score(0, 0)).isEqualTo(20);
    assertThat(ranking.partner(0, 1)).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {CHARTS - ZERO, -ZERO - 1, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aPartnerThatIsNoneOfTheChartsIsRefused(int number) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> offer(1, number));
  }

  private void offer(int... numbers) {
    LongBuffer scores = LongBuffer.wrap(new long[] {10, 20});
    ranking.offer(0, 1, numbers.length, ZERO, IntBuffer.wrap(numbers), scores);
  }
}
