package io.cosmichub.streaming.population;

import io.cosmichub.population.sample.Sampled;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a pair or a chart stands.
 *
 * @param <I> the record that says so
 */
public interface SampleReader<I> extends Serializable {

  /** Whether it reads pairs, or else charts. */
  boolean pairs();

  /** The id of the pair or chart; null if the record says nothing new of how it stands. */
  @Nullable String id(I input);

  /** Epoch milliseconds. */
  long eventTime(I input);

  /** The cohorts that it is in beside everyone. */
  List<String> cohorts(I input);

  /** The cohorts that it has left, or was in when it ended. */
  List<String> left(I input);

  /** How it stands; null if it is no more. {@code hash} is that of its id. */
  @Nullable Sampled sampled(I input, long hash);
}
