package io.cosmichub.streaming.population;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
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
    PairWork.Kind kind = work.kind();
    return kind == PairWork.Kind.COMPUTE || kind == PairWork.Kind.CLOSE ? work.pairId() : null;
  }

  @Override
  public long eventTime(PairWork work) {
    return work.eventTime() == ChartUpdate.NO_TIME ? work.ingestedAt() : work.eventTime();
  }

  @Override
  public @Nullable Sampled sampled(PairWork work, long hash) {
    return work.kind() == PairWork.Kind.CLOSE
        ? null
        : new Sampled(
            SampleShare.hash(work.chartA()), SampleShare.hash(work.chartB()), work.a(), work.b());
  }
}
