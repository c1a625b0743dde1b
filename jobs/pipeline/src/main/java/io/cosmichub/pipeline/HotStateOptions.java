package io.cosmichub.pipeline;

import java.util.List;

/** How much of the pairs' state a subtask has on the heap. */
public record HotStateOptions(int mebibytes) {

  static final Option<Integer> MEBIBYTES =
      Option.of(
          "cosmichub.hot-state.mebibytes",
          ValueType.INTEGER,
          "48",
          "Heap that one subtask uses for the state of the pairs that change most, by estimate; "
              + "0 reads every pair from the state backend; up to 65536.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL = List.of(MEBIBYTES);

  private static final int MOST = 1 << 16;
  private static final int OF_FIVE_FOR_CHARTS = 4;

  /** Checks the value. */
  public HotStateOptions {
    MEBIBYTES.require(mebibytes >= 0 && mebibytes <= MOST, mebibytes, "0 to " + MOST);
  }

  static HotStateOptions of(Settings settings) {
    return new HotStateOptions(settings.get(MEBIBYTES));
  }

  /** The share of both charts of a pair, which is the larger one by far. */
  public long chartBytes() {
    return bytes() / 5 * OF_FIVE_FOR_CHARTS;
  }

  /** The share of what is kept of the aspects. */
  public long aspectBytes() {
    return bytes() - chartBytes();
  }

  private long bytes() {
    return (long) mebibytes << 20;
  }
}
