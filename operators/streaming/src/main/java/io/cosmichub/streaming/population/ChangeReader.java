package io.cosmichub.streaming.population;

import io.cosmichub.population.window.Panes;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a record means for the population to the parts of windows.
 *
 * @param <I> the record
 */
public interface ChangeReader<I> extends Serializable {

  /** Called once, where the task runs. */
  void open();

  /** Adds a change at the event time {@code now}; it, if it came too late for its window. */
  @Nullable Late read(I input, Panes panes, long now);

  /**
   * Who came too late.
   *
   * @param pair whether it is a pair, or else a chart
   * @param id the pair or chart
   * @param eventTime epoch milliseconds
   */
  record Late(boolean pair, String id, long eventTime) {}
}
