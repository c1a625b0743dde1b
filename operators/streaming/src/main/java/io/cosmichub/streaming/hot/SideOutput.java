package io.cosmichub.streaming.hot;

import org.apache.flink.util.OutputTag;

/** Where a step puts what it emits by itself, besides its output. */
public interface SideOutput {

  /** Emits a value. */
  <T> void put(OutputTag<T> tag, T value);
}
