package io.cosmichub.population.trend;

import io.cosmichub.chart.Body;
import io.cosmichub.population.count.AspectCell;
import io.cosmichub.population.count.CellCounts;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.window.WindowFigures;

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

    /** The counts of this kind. */
    CellCounts of(Population atEnd, WindowFigures within) {
      return switch (this) {
        case HELD -> atEnd.aspects();
        case FORMED -> within.formed();
        case DISSOLVED -> within.dissolved();
      };
    }
  }

  /** Whether it repeats with the Moon. */
  boolean isLunar() {
    return AspectCell.low(cell) == Body.MOON.slot() || AspectCell.high(cell) == Body.MOON.slot();
  }
}
