package io.cosmichub.streaming.population;

import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.window.Panes;
import org.jspecify.annotations.Nullable;

/** What published charts mean for the population. */
public final class ChartChanges implements ChangeReader<ChartChange> {

  private static final long serialVersionUID = 1L;

  @Override
  public void open() {
    // Nothing to prepare.
  }

  @Override
  public @Nullable Late read(ChartChange change, Panes panes, long now) {
    long eventTime = change.eventTime();
    return panes.add(change, eventTime, now) ? new Late(false, change.chartId(), eventTime) : null;
  }
}
