package io.cosmichub.streaming.hot;

/** The keys of a keyed operator's subtask. */
interface OperatorKeys {

  /** Makes {@code key} the current one, until the next call. */
  void use(String key);

  /** Whether the state of {@code key} belongs to this subtask. */
  boolean owns(String key);
}
