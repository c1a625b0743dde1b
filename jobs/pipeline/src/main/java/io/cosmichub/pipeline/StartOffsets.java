package io.cosmichub.pipeline;

/** Where a source begins when there is no checkpoint to begin from. */
public enum StartOffsets {
  /** At the first record kept. */
  EARLIEST,
  /**
   * Where the consumer group stands; at the first record kept for a partition where it stands
   * nowhere.
   */
  COMMITTED,
  /** After the last record. */
  LATEST
}
