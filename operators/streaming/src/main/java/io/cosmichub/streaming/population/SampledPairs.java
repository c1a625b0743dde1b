package io.cosmichub.streaming.population;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairWork;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How pairs stand, as their work says it. */
public final class SampledPairs implements SampleReader<PairWork> {

  private static final long serialVersionUID = 1L;

  @Override
  public boolean pairs() {
    return true;
  }

  @Override
  public @Nullable String id(PairWork work) {
    return switch (work.kind()) {
      case COMPUTE, CLOSE, REGROUP -> work.pairId();
      case TELL, RESCORE, TURN -> null;
    };
  }

  @Override
  public long eventTime(PairWork work) {
    return work.eventTime() == ChartUpdate.NO_TIME ? work.ingestedAt() : work.eventTime();
  }

  @Override
  public List<String> cohorts(PairWork work) {
    PairCohorts cohorts = work.cohorts();
    if (work.kind() == PairWork.Kind.CLOSE || cohorts.isEmpty()) {
      return List.of();
    }
    List<String> in = new ArrayList<>(cohorts.kept());
    in.addAll(cohorts.joined());
    return in;
  }

  @Override
  public List<String> left(PairWork work) {
    PairCohorts cohorts = work.cohorts();
    return work.kind() == PairWork.Kind.CLOSE ? cohorts.kept() : cohorts.left();
  }

  @Override
  public @Nullable Sampled sampled(PairWork work, long hash) {
    return work.kind() == PairWork.Kind.CLOSE
        ? null
        : new Sampled(
            SampleShare.hash(work.chartA()), SampleShare.hash(work.chartB()), work.a(), work.b());
  }
}
