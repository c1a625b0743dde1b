package io.cosmichub.streaming.population;

import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/**
 * A change that came after its window had closed: it changes the population, and no window.
 *
 * @param cohort the cohort
 * @param pair whether it is of a pair, or else of a chart
 * @param id the pair or the chart
 * @param eventTime epoch milliseconds
 * @param windowStart where its window began
 * @param windowEnd where that ended
 * @param now the event time when it came
 */
public record LateChange(
    String cohort,
    boolean pair,
    String id,
    long eventTime,
    long windowStart,
    long windowEnd,
    long now) {

  /** The type of a late change. */
  public static final TypeInformation<LateChange> TYPE =
      new RecordTypeInfo<>(LateChange.class, new LateChangeSerializer());

  /** The side output of the steps that see changes. */
  public static final OutputTag<LateChange> TAG = new OutputTag<>("late-changes", TYPE);
}
