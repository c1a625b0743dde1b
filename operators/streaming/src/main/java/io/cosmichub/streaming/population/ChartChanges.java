package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;

/** What published charts mean for the population. */
public final class ChartChanges implements ChangeReader<ChartChange> {

  private static final long serialVersionUID = 1L;

  @Override
  public void open() {
    // Nothing to prepare.
  }

  @Override
  public void read(ChartChange change, Changes changes) {
    change.byCohort(changes::ofChart);
  }
}
