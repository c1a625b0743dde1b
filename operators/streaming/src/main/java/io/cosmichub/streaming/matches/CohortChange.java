package io.cosmichub.streaming.matches;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.record.RecordTypeInfo;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * How a chart stands in a cohort now.
 *
 * @param cohort the cohort
 * @param chartId the chart
 * @param revision its revision; 0 where it is gone or that is not known
 * @param longitudes its published longitudes; null for one that left the cohort or was erased
 */
public record CohortChange(
    String cohort, String chartId, long revision, @Nullable Longitudes longitudes) {

  /** The type of a change. */
  public static final TypeInformation<CohortChange> TYPE =
      new RecordTypeInfo<>(CohortChange.class, new CohortChangeSerializer());

  /** The side output of what is of other cohorts than everyone. */
  public static final OutputTag<CohortChange> OF_COHORTS =
      new OutputTag<>("changes-of-cohorts", TYPE);

  /** Refuses nulls. */
  public CohortChange {
    Objects.requireNonNull(cohort, "cohort");
    Objects.requireNonNull(chartId, "chartId");
  }

  /** How a change leaves a chart in a cohort. */
  static CohortChange of(String cohort, ChartChange change) {
    return new CohortChange(cohort, change.chartId(), change.revision(), change.after());
  }

  /** Never says where bodies stand. */
  @Override
  public String toString() {
    return "CohortChange[" + cohort + ", " + chartId + "]";
  }
}
