package io.cosmichub.pipeline;

import io.cosmichub.streaming.fanout.FanOutConfig;
import java.time.Duration;
import java.util.List;

/**
 * What charts and their fan-out need.
 *
 * @param motionEpsilon micro-degrees
 */
public record ChartOptions(
    int motionEpsilon,
    int pageSize,
    Duration pagePause,
    Secret erasureKey,
    Duration erasureMemory) {

  /** The key that holds when none is set; whoever reads this source knows it. */
  static final String PUBLIC_ERASURE_KEY = "public-key-for-trials-only";

  static final Option<Integer> MOTION_EPSILON =
      Option.of(
          "cosmichub.motion.epsilon",
          ValueType.DEGREES,
          "0",
          "A body that moved by no more than this since it was last published stays as "
              + "published; below 180.");

  static final Option<Integer> PAGE_SIZE =
      Option.of(
          "cosmichub.fanout.page-size",
          ValueType.INTEGER,
          "256",
          "Pairs that one chart's update reaches between two chances for a checkpoint; 1 to "
              + "65536.");

  static final Option<Duration> PAGE_PAUSE =
      Option.of(
          "cosmichub.fanout.page-pause",
          ValueType.DURATION_TYPE,
          "20ms",
          "Time between two such pages of one chart, in which the updates of others pass; "
              + "more than 0.");

  static final Option<Duration> ERASURE_MEMORY =
      Option.of(
          "cosmichub.erasure.memory",
          ValueType.DURATION_TYPE,
          "7d",
          "How long the keyed hash of an erased chart is remembered, so that a late move does"
              + " not bring it back: as long as moves are kept; above 0.");

  static final Option<Secret> ERASURE_KEY =
      Option.secret(
          "cosmichub.erasure.key",
          PUBLIC_ERASURE_KEY,
          "Secret of the keyed hash under which charts are kept. Set one, of 16 characters at"
              + " least; state cannot be found again under another.");

  /** In the order of the reference. */
  static final List<Option<?>> ALL =
      List.of(MOTION_EPSILON, PAGE_SIZE, PAGE_PAUSE, ERASURE_MEMORY, ERASURE_KEY);

  private static final int HALF_CIRCLE = 180_000_000;
  private static final int LARGEST_PAGE = 1 << 16;
  private static final int SHORTEST_KEY = 16;

  /** Checks each value. */
  public ChartOptions {
    MOTION_EPSILON.require(
        motionEpsilon >= 0 && motionEpsilon < HALF_CIRCLE, motionEpsilon, "0 to below 180 degrees");
    PAGE_SIZE.require(pageSize >= 1 && pageSize <= LARGEST_PAGE, pageSize, "1 to " + LARGEST_PAGE);
    ERASURE_KEY.require(
        erasureKey.value().length() >= SHORTEST_KEY,
        erasureKey,
        "at least " + SHORTEST_KEY + " characters");
    PAGE_PAUSE.require(!pagePause.isZero(), pagePause, "more than 0");
    ERASURE_MEMORY.require(!erasureMemory.isZero(), erasureMemory, "more than 0");
  }

  /** What this means to the fan-out. */
  FanOutConfig fanOut() {
    return new FanOutConfig(
        motionEpsilon, pageSize, pagePause.toMillis(), erasureMemory.toMillis());
  }

  static ChartOptions of(Settings settings) {
    return new ChartOptions(
        settings.get(MOTION_EPSILON),
        settings.get(PAGE_SIZE),
        settings.get(PAGE_PAUSE),
        settings.get(ERASURE_KEY),
        settings.get(ERASURE_MEMORY));
  }

  /** Whether charts are kept under the key that everyone knows. */
  public boolean hasPublicErasureKey() {
    return erasureKey.value().equals(PUBLIC_ERASURE_KEY);
  }
}
