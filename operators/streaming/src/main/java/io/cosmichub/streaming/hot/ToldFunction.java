package io.cosmichub.streaming.hot;

import org.apache.flink.util.Collector;

/**
 * A step that every subtask of which is told things, besides its input.
 *
 * @param <T> what it is told
 * @param <O> the output
 */
public interface ToldFunction<T, O> {

  /** The step is open: where to put what it emits by itself, and how to reach all its keys. */
  void opened(Collector<O> out, KeyWalk walk) throws Exception;

  /** Something is told, to every subtask alike. */
  void told(T told, Collector<O> out) throws Exception;
}
