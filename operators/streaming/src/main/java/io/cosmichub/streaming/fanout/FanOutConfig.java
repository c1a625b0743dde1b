package io.cosmichub.streaming.fanout;

import java.io.Serializable;

/**
 * What {@link ChartFanOutFunction} is told.
 *
 * @param motionEpsilon micro-degrees up to which a body that moved stays as published
 * @param pageSize members of a page, at least 1
 * @param pagePauseMillis time between two pages of one chart, at least 1
 * @param erasureMemoryMillis how long a late move is kept from bringing an erased chart back
 */
public record FanOutConfig(
    int motionEpsilon, int pageSize, long pagePauseMillis, long erasureMemoryMillis)
    implements Serializable {

  /** Refuses what makes no sense. */
  public FanOutConfig {
    if (motionEpsilon < 0) {
      throw new IllegalArgumentException("The motion epsilon is negative: " + motionEpsilon);
    }
    if (pageSize < 1) {
      throw new IllegalArgumentException("A page holds at least one member, not " + pageSize);
    }
    if (pagePauseMillis < 1) {
      throw new IllegalArgumentException(
          "The pause between pages is not positive: " + pagePauseMillis);
    }
    if (erasureMemoryMillis < 1) {
      throw new IllegalArgumentException(
          "The erasure memory is not positive: " + erasureMemoryMillis);
    }
  }
}
