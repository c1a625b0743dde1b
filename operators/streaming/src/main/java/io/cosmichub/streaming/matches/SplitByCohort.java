package io.cosmichub.streaming.matches;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells what became of a chart to each cohort that it means anything for; to others than everyone
 * by the side output {@link CohortChange#OF_COHORTS}.
 */
public final class SplitByCohort extends ProcessFunction<ChartChange, CohortChange>
    implements ResultTypeQueryable<CohortChange> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(ChartChange change, Context context, Collector<CohortChange> out) {
    change.byCohort(
        (cohort, part) -> {
          CohortChange told = new CohortChange(cohort, part);
          if (cohort.equals(Cohorts.EVERYONE)) {
            out.collect(told);
          } else {
            context.output(CohortChange.OF_COHORTS, told);
          }
        });
  }

  @Override
  public TypeInformation<CohortChange> getProducedType() {
    return CohortChange.TYPE;
  }
}
