package io.cosmichub.population.trend;

import io.cosmichub.chart.Body;
import io.cosmichub.population.count.AspectCell;

/**
 * What is watched for trends: a kind of count of one cell.
 *
 * @param kind what is counted
 * @param cell the aspect between two bodies, by {@link AspectCell}
 */
public record Figure(Kind kind, int cell) {

  /** What is counted. */
  public enum Kind {
    /** Pairs that hold it at the end of a window. */
    HELD(1),
    /** How often it formed within a window. */
    FORMED(2),
    /** How often it dissolved. */
    DISSOLVED(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The stable code. */
    public int code() {
      return code;
    }

    static Kind ofCode(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no kind of figure has code " + code);
    }
  }

  /** Whether it repeats with the Moon. */
  boolean isLunar() {
    return AspectCell.low(cell) == Body.MOON.slot() || AspectCell.high(cell) == Body.MOON.slot();
  }
}
