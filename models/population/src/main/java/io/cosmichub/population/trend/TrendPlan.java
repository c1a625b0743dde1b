package io.cosmichub.population.trend;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What a window is compared with.
 *
 * @param window how long a tumbling window is
 * @param trailing with how many windows before it a figure is compared
 * @param season after how long figures of the Moon repeat
 * @param seasons how many seasons back these are compared
 * @param neighbours how many windows on either side of the same phase are taken too
 */
public record TrendPlan(
    Duration window, int trailing, Duration season, int seasons, int neighbours) {

  /** The tropical month: 27.32158 days. */
  public static final Duration MONTH = Duration.ofSeconds(2_360_585);

  /** {@link IllegalArgumentException} if too little would be compared to tell anything. */
  public TrendPlan {
    if (window.isNegative() || window.isZero() || season.compareTo(window) < 0) {
      throw new IllegalArgumentException("a window has a length, and a season is longer");
    }
    if (trailing < Deviation.LEAST_REFERENCES
        || seasons * (2 * neighbours + 1) < Deviation.LEAST_REFERENCES
        || neighbours < 0) {
      throw new IllegalArgumentException(
          "a window is compared with " + Deviation.LEAST_REFERENCES + " others at least");
    }
    if (neighbours >= season.dividedBy(window)) {
      throw new IllegalArgumentException("neighbours reach from one season to the next");
    }
  }

  /** Against the {@code trailing} windows before it; the Moon against its past two months. */
  public static TrendPlan of(Duration window, int trailing) {
    long half = Duration.ofHours(12).dividedBy(window);
    return new TrendPlan(window, trailing, MONTH, 2, (int) Math.max(2, half));
  }

  /** The number of the window that starts at {@code start} (epoch milliseconds), from the epoch. */
  public long number(long start) {
    return Math.floorDiv(start, window.toMillis());
  }

  /** How many windows must be remembered. */
  public int memory() {
    return Math.max(trailing, seasonsAgo(seasons) + neighbours);
  }

  /** The windows that a figure is compared with in the window of this number. */
  LongStream trailingOf(long number) {
    return LongStream.range(number - trailing, number);
  }

  /** Those that a figure of the Moon is compared with. */
  LongStream samePhaseAs(long number) {
    return IntStream.rangeClosed(1, seasons)
        .mapToLong(back -> number - seasonsAgo(back))
        .flatMap(phase -> LongStream.rangeClosed(phase - neighbours, phase + neighbours));
  }

  private int seasonsAgo(int back) {
    return (int) Math.rint((double) season.toMillis() * back / window.toMillis());
  }
}
