package io.cosmichub.streaming.population;

import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.streaming.record.RecordTypeInfo;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** What one task saw of a window of a cohort, or what came too late for its own. Immutable. */
public final class PopulationPart {

  /** The type of a part. */
  public static final TypeInformation<PopulationPart> TYPE =
      new RecordTypeInfo<>(PopulationPart.class, new PopulationPartSerializer());

  private final String cohort;
  private final long start;
  private final long end;
  private final byte[] figures;

  PopulationPart(String cohort, long start, long end, byte[] figures) {
    this.cohort = Objects.requireNonNull(cohort, "cohort");
    this.start = start;
    this.end = end;
    this.figures = figures;
  }

  /** A part of the window that begins at {@code start}, or of none. */
  static PopulationPart of(String cohort, long start, PaneClock clock, WindowFigures figures) {
    long end = start == PaneClock.LATE ? PaneClock.LATE : start + clock.size();
    return new PopulationPart(cohort, start, end, figures.toBytes());
  }

  /** The cohort. */
  public String cohort() {
    return cohort;
  }

  /** Where the window begins, in epoch milliseconds. */
  public long start() {
    return start;
  }

  /** Where it ends. */
  public long end() {
    return end;
  }

  /** Whether it came too late for its own window. */
  public boolean isLate() {
    return start == PaneClock.LATE;
  }

  /** The figures. */
  public WindowFigures figures() {
    return WindowFigures.fromBytes(figures);
  }

  /** The same window with other figures. */
  PopulationPart of(WindowFigures others) {
    return new PopulationPart(cohort, start, end, others.toBytes());
  }

  /** The same without the population: what happened alone. */
  PopulationPart happened() {
    return of(figures().happened());
  }

  byte[] bytes() {
    return figures;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PopulationPart that
        && cohort.equals(that.cohort)
        && start == that.start
        && end == that.end
        && Arrays.equals(figures, that.figures);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cohort, start, end, Arrays.hashCode(figures));
  }
}
