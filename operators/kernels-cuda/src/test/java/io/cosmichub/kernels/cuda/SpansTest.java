package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SpansTest {

  private final Spans spans = new Spans(2);

  @Test
  void withoutSpansThereIsNoTime() {
    assertThat(spans.union()).isZero();
    spans.quiet();
    assertThat(spans.union()).isZero();
  }

  @Test
  void spansApartAddUp() {
    spans.add(0, 10, 20);
    spans.add(1, 30, 35);
    spans.add(0, 40, 41);
    assertThat(spans.union()).isEqualTo(16);
  }

  @Test
  void whatTwoStreamsDoAtOnceCountsOnce() {
    spans.add(0, 10, 20);
    spans.add(1, 15, 25);
    assertThat(spans.union()).isEqualTo(15);
    spans.add(1, 25, 26);
    assertThat(spans.union()).isEqualTo(16);
    spans.add(0, 22, 23);
    assertThat(spans.union()).isEqualTo(16);
  }

  @Test
  void oneSpanMayCoverManyOfTheOtherStream() {
    spans.add(0, 10, 12);
    spans.add(0, 14, 16);
    spans.add(0, 18, 20);
    spans.add(0, 30, 31);
    spans.add(1, 11, 25);
    assertThat(spans.union()).isEqualTo(16);
  }

  @Test
  void theTimeIsThatOfALineOnWhichBothStreamsMark() {
    Random random = new Random(20_261_201);
    for (int round = 0; round < 500; round++) {
      Spans of = new Spans(2);
      BitSet line = new BitSet();
      int[] at = new int[2];
      for (int span = 0; span < 40; span++) {
        int stream = random.nextInt(2);
        int from = at[stream] + random.nextInt(4);
        at[stream] = from + random.nextInt(6);
        of.add(stream, from, at[stream]);
        line.set(from, at[stream]);
        assertThat(of.union()).isEqualTo(line.cardinality());
      }
    }
  }

  @Test
  void afterQuietTimesBeginAnew() {
    spans.add(0, 10, 20);
    spans.add(1, 15, 25);
    spans.quiet();
    spans.add(1, 0, 3);
    spans.add(0, 2, 4);
    assertThat(spans.union()).isEqualTo(15 + 4);
  }

  @Test
  void whatNoSpanCanMeetAnyMoreIsNotRemembered() {
    for (int turn = 0; turn < 10_000; turn++) {
      spans.add(0, 10L * turn, 10L * turn + 4);
      spans.add(1, 10L * turn + 5, 10L * turn + 8);
      assertThat(spans.remembered()).isLessThan(4);
    }
    assertThat(spans.union()).isEqualTo(70_000);
    spans.quiet();
    assertThat(spans.remembered()).isZero();
  }
}
