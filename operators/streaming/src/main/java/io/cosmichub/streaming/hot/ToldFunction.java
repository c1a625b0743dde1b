package io.cosmichub.streaming.hot;

import org.apache.flink.util.Collector;

/**
 * A step that every subtask of which is told things, besides its input.
 *
 * @param <T> what it is told
 * @param <O> the output
 */
public interface ToldFunction<T, O> {

  /** Something is told, to every subtask alike. */
  void told(T told, Collector<O> out) throws Exception;
}
