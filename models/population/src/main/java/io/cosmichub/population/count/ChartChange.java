package io.cosmichub.population.count;

import io.cosmichub.chart.Longitudes;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a chart stood and how it stands.
 *
 * @param chartId the chart
 * @param revision its revision now; 0 where it was erased or is not known
 * @param eventTime epoch milliseconds
 * @param before its published longitudes; null for a new chart
 * @param after its longitudes now; null for one that was erased
 * @param cohortsBefore the cohorts that it was in
 * @param cohortsAfter the cohorts that it is in
 */
public record ChartChange(
    String chartId,
    long revision,
    long eventTime,
    @Nullable Longitudes before,
    @Nullable Longitudes after,
    List<String> cohortsBefore,
    List<String> cohortsAfter) {

  /** Unmodifiable. */
  public ChartChange {
    cohortsBefore = List.copyOf(cohortsBefore);
    cohortsAfter = List.copyOf(cohortsAfter);
  }

  /** Of a chart in no cohort. */
  public ChartChange(
      String chartId,
      long revision,
      long eventTime,
      @Nullable Longitudes before,
      @Nullable Longitudes after) {
    this(chartId, revision, eventTime, before, after, List.of(), List.of());
  }

  /**
   * Tells what it means for each cohort that it means anything for: whoever joins one is new there,
   * and whoever leaves it is erased there.
   */
  public void byCohort(BiConsumer<String, ChartChange> to) {
    boolean moved = cohortsBefore.equals(cohortsAfter) || !Objects.equals(before, after);
    if (moved) {
      to.accept(Cohorts.EVERYONE, this);
    }
    for (String cohort : cohortsAfter) {
      boolean joined = !cohortsBefore.contains(cohort);
      if ((joined || moved) && !cohort.equals(Cohorts.EVERYONE)) {
        to.accept(cohort, joined ? of(null, after) : this);
      }
    }
    for (String cohort : cohortsBefore) {
      if (!cohortsAfter.contains(cohort) && !cohort.equals(Cohorts.EVERYONE)) {
        to.accept(cohort, of(before, null));
      }
    }
  }

  /** Whether the chart stands as it stood, in the same cohorts. */
  public boolean changesNothing() {
    return Objects.equals(before, after) && cohortsBefore.equals(cohortsAfter);
  }

  /** This and the next change of the same chart as one. */
  public ChartChange and(ChartChange next) {
    return new ChartChange(
        chartId,
        next.revision,
        next.eventTime,
        before,
        next.after,
        cohortsBefore,
        next.cohortsAfter);
  }

  private ChartChange of(@Nullable Longitudes then, @Nullable Longitudes now) {
    return new ChartChange(
        chartId, now == null ? 0 : revision, eventTime, then, now, cohortsBefore, cohortsAfter);
  }

  /** Names the chart and never where its bodies stand. */
  @Override
  public String toString() {
    return "ChartChange[" + chartId + "]";
  }
}
