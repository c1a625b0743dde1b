package io.cosmichub.history;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.pair.PairWatch;
import org.jspecify.annotations.Nullable;

/** One input record of a history. Its text shows no longitude. */
sealed interface Input {

  /** An update of a chart. */
  record Update(ChartUpdate update) implements Input {}

  /** A null value on a chart. */
  record Erase(String chartId) implements Input {}

  /** The memory of an erasure ends: no record, but part of a chart's order. */
  record Forget(String chartId) implements Input {}

  /** A watch, or with null its end. */
  record Watch(String pairId, @Nullable PairWatch watch) implements Input {}
}
