package io.cosmichub.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How rows against columns are cut. */
final class RankSplitTest {

  private static final long MEMORY = 64 << 20;
  private static final int BLOCKS = 4_224;

  @Test
  void everyCutCoversAllColumnsAndKeepsToItsMemory() {
    for (int charts : new int[] {0, 1, 2, 127, 128, 129, 500, 1_000, 10_007, 200_000, 5_000_000}) {
      for (int places : new int[] {1, 10, 100}) {
        RankSplit split = RankSplit.of(charts, charts, places, MEMORY, BLOCKS);
        assertThat(split.columns() % Device.THREADS).isZero();
        assertThat((long) split.columns() * split.splits()).isGreaterThanOrEqualTo(charts);
        assertThat((long) split.columns() * (split.splits() - 1)).isLessThan(Math.max(1, charts));
        assertThat(split.rows()).isBetween(1, Math.max(1, charts));
        assertThat(split.bytes(places)).isLessThanOrEqualTo(MEMORY);
      }
    }
  }

  @Test
  void placesInTheListsOfALaunchAreIntsHoweverMuchMemoryThereIs() {
    for (long memory : new long[] {1L << 30, 1L << 36, Long.MAX_VALUE}) {
      for (int places : new int[] {1, 10, 1_000, 32_767}) {
        for (int columns : new int[] {1_000, 65_536}) {
          RankSplit split = RankSplit.of(2_000_000, columns, places, memory, BLOCKS);
          long out = (long) RankSplit.PARTNER * places * split.rows();
          assertThat(split.bytes(places)).isBetween(out, RankSplit.MOST_BYTES);
          assertThat(BufferPool.powerOfTwo(split.bytes(places)))
              .isLessThanOrEqualTo(Integer.MAX_VALUE);
        }
      }
    }
  }

  @Test
  void fewRowsAreSplitSoThatTheDeviceIsBusy() {
    assertThat(RankSplit.of(1_000, 1_000, 10, MEMORY, BLOCKS).splits()).isEqualTo(8);
    assertThat(RankSplit.of(10_000, 10_000, 10, MEMORY, BLOCKS).splits()).isGreaterThan(30);
  }

  @Test
  void manyChartsTakeSeveralLaunches() {
    RankSplit split = RankSplit.of(1_000_000, 1_000_000, 10, MEMORY, BLOCKS);
    assertThat(split.rows()).isEqualTo(4_224);
    assertThat(RankSplit.of(200_000, 200_000, 10, MEMORY, BLOCKS).rows()).isLessThan(200_000);
  }
}
