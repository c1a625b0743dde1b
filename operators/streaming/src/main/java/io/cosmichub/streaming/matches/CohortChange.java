package io.cosmichub.streaming.matches;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * How a chart stood and stands in a cohort: whoever left it is gone there.
 *
 * @param cohort the cohort
 * @param change how it stood and stands
 */
public record CohortChange(String cohort, ChartChange change) {

  /** The type of a change. */
  public static final TypeInformation<CohortChange> TYPE =
      new RecordTypeInfo<>(CohortChange.class, new CohortChangeSerializer());

  /** The side output of what is of other cohorts than everyone. */
  public static final OutputTag<CohortChange> OF_COHORTS =
      new OutputTag<>("changes-of-cohorts", TYPE);
}
