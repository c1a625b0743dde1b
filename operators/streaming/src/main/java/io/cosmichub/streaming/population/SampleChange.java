package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.Sampled;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * How a pair or a chart of the sample has come to stand.
 *
 * @param cohort the cohort
 * @param pair whether it is a pair, or else a chart
 * @param id the hash of its id
 * @param end the end of the window in which it did, in epoch milliseconds
 * @param sampled how it stands; null if it is no more
 */
public record SampleChange(
    String cohort, boolean pair, long id, long end, @Nullable Sampled sampled) {

  /** The type of a change. */
  public static final TypeInformation<SampleChange> TYPE =
      new RecordTypeInfo<>(SampleChange.class, new SampleChangeSerializer());

  /** The side output of what is of other cohorts than everyone. */
  public static final OutputTag<SampleChange> OF_COHORTS = new OutputTag<>("of-cohorts", TYPE);
}
