package io.cosmichub.population.window;

import java.io.Serializable;

/**
 * When tumbling windows begin, end and close; all in milliseconds, times since the epoch.
 *
 * @param size how long a window is
 * @param lateness how long after its end it stays open
 */
public record PaneClock(long size, long lateness) implements Serializable {

  /** Stands for the start of a window where there is none, for what came too late for its own. */
  public static final long LATE = Long.MIN_VALUE;

  /** {@link IllegalArgumentException} unless a window is some time long. */
  public PaneClock {
    if (size <= 0 || lateness < 0) {
      throw new IllegalArgumentException("a window is some time long, and closes after its end");
    }
  }

  /** Where the window of an event begins. */
  public long start(long eventTime) {
    return Math.floorDiv(eventTime, size) * size;
  }

  /** The event time from which on nothing more is taken for the window that begins there. */
  public long closesAt(long start) {
    return start + size + lateness;
  }

  /** Whether the window of an event is closed at the event time {@code now}. */
  public boolean isLate(long eventTime, long now) {
    return closesAt(start(eventTime)) <= now;
  }
}
