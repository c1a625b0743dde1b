package io.cosmichub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LatenessTest {

  private static final int CHART = 7;
  private static final int OTHER = 8;

  private final Lateness lateness = new Lateness();

  @Test
  void aLateRecordCountsWhereItsUpdateWasSent() {
    Histogram first = lateness.begin();
    lateness.sent(CHART, 1, 0);
    Histogram second = lateness.begin();
    lateness.sent(CHART, 2, 1_000_000);

    lateness.seen(CHART, 1, 9_000_000);
    lateness.seen(CHART, 1, 9_000_000);
    lateness.seen(CHART, 2, 1_500_000);

    assertThat(first.getTotalCount()).isEqualTo(2);
    assertThat(first.getMinValue()).isBetween(8_990L, 9_000L);
    assertThat(second.getTotalCount()).isEqualTo(1);
    assertThat(second.getMaxValue()).isBetween(500L, 501L);
    assertThat(lateness.micros()).isSameAs(second);
  }

  @Test
  void aRecordOfAnUpdateThatWasNotSentHereIsNothing() {
    Histogram phase = lateness.begin();
    lateness.sent(CHART, 1, 0);

    lateness.seen(OTHER, 1, 5_000);

    assertThat(phase.getTotalCount()).isZero();
    assertThat(lateness.longestWait(5_000)).isEqualTo(5_000);
  }

  @Test
  void theOldestUpdateThatHasNotBeenSeenWaitsLongest() {
    lateness.sent(CHART, 1, 100);
    lateness.sent(OTHER, 1, 200);
    lateness.sent(CHART, 2, 300);

    assertThat(lateness.longestWait(1_000)).isEqualTo(900);
    lateness.seen(OTHER, 1, 1_000);
    assertThat(lateness.longestWait(1_000)).isEqualTo(900);
    lateness.seen(CHART, 1, 1_000);
    assertThat(lateness.longestWait(1_000)).isEqualTo(700);
    lateness.seen(CHART, 2, 1_000);
    assertThat(lateness.longestWait(1_000)).isZero();
  }

  @Test
  void theFirstRecordAfterAMarkIsOfAnUpdateThatWasSentAfterIt() {
    lateness.sent(CHART, 1, 100);
    lateness.mark(200);
    lateness.seen(CHART, 1, 250);
    assertThat(lateness.firstAfterMark()).isEmpty();

    lateness.sent(CHART, 2, 300);
    lateness.seen(CHART, 2, 400);
    lateness.seen(CHART, 2, 500);

    assertThat(lateness.firstAfterMark()).hasValue(400);
  }
}
