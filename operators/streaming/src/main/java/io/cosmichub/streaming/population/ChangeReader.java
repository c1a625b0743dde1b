package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import java.io.Serializable;

/**
 * Says what a record means for the population.
 *
 * @param <I> the record
 */
public interface ChangeReader<I> extends Serializable {

  /** Called once, where the task runs. */
  void open();

  /** Tells {@code changes} of each cohort that a record means anything for. */
  void read(I input, Changes changes);

  /** Takes what became of charts and pairs in a cohort. */
  interface Changes {

    /** Takes a chart. */
    void ofChart(String cohort, ChartChange change);

    /** Takes a pair. */
    void ofPair(String cohort, PairChange change);
  }
}
