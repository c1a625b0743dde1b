package io.cosmichub.streaming.aspect;

import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.rollout.FirstFlag;
import org.apache.flink.api.common.state.BroadcastState;

/**
 * Which pairs a device computes, where there is one: all of them, unless a flag names a share. Of
 * several flags the first by name holds. What was told is state. Of one task thread.
 */
final class DeviceRollout {

  private final FirstFlag flag;

  /** Goes on with what was told before. */
  DeviceRollout(BroadcastState<String, byte[]> told) throws Exception {
    flag = new FirstFlag(Rollout.Feature.GPU, told);
  }

  /** Keeps what is told if it is a flag of devices, or was one; whether it made a difference. */
  boolean told(Told news) throws Exception {
    return flag.told(news);
  }

  /** Whether a pair is one of them. */
  boolean includes(String pairId) {
    Control.Flag now = flag.get();
    return now == null || now.rollout().includes(pairId);
  }

  /** Which share of all pairs they are, 0 to 1. Safe for any thread. */
  double share() {
    Control.Flag now = flag.get();
    return now == null ? 1 : now.rollout().share();
  }
}
