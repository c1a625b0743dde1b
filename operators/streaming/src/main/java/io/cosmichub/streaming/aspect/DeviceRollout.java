package io.cosmichub.streaming.aspect;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs a device computes, where there is one: all of them, unless a flag names a share. Of
 * several flags the first by name holds. What was told is state. Of one task thread.
 */
final class DeviceRollout {

  private final BroadcastState<String, byte[]> told;
  private volatile @Nullable Rollout rollout;

  /** Goes on with what was told before. */
  DeviceRollout(BroadcastState<String, byte[]> told) throws Exception {
    this.told = told;
    rollout = first();
  }

  /** Keeps what is told if it is a flag of devices, or was one; whether it made a difference. */
  boolean told(Told news) throws Exception {
    byte[] content = news.content();
    if (content != null && flag(content) != null) {
      told.put(news.name(), content);
    } else {
      told.remove(news.name());
    }
    Rollout before = rollout;
    Rollout now = first();
    rollout = now;
    return now == null ? before != null : !now.equals(before);
  }

  /** Whether a pair is one of them. */
  boolean includes(String pairId) {
    Rollout now = rollout;
    return now == null || now.includes(pairId);
  }

  /** Which share of all pairs they are, 0 to 1. Safe for any thread. */
  double share() {
    Rollout now = rollout;
    return now == null ? 1 : now.share();
  }

  private @Nullable Rollout first() throws Exception {
    TreeMap<String, Rollout> flags = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : told.entries()) {
      Rollout flag = flag(entry.getValue());
      if (flag != null) {
        flags.put(entry.getKey(), flag);
      }
    }
    return flags.isEmpty() ? null : flags.firstEntry().getValue();
  }

  private static @Nullable Rollout flag(byte[] content) {
    return ControlBytes.read(content) instanceof Control.Flag flag
            && flag.rollout().feature() == Rollout.Feature.GPU
        ? flag.rollout()
        : null;
  }
}
