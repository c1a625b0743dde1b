package io.cosmichub.streaming.rollout;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.jspecify.annotations.Nullable;

/**
 * The flag of a feature that holds: of several the first by name. What was told is state. Of one
 * task thread, but for {@link #get}.
 */
public final class FirstFlag {

  private final Rollout.Feature feature;
  private final BroadcastState<String, byte[]> told;
  private volatile Control.@Nullable Flag flag;

  /** Goes on with what was told before. */
  public FirstFlag(Rollout.Feature feature, BroadcastState<String, byte[]> told) throws Exception {
    this.feature = feature;
    this.told = told;
    flag = first();
  }

  /** Keeps what is told if it is a flag of the feature, or was one; whether another one holds. */
  public boolean told(Told news) throws Exception {
    byte[] content = news.content();
    if (content != null && read(content) != null) {
      told.put(news.name(), content);
    } else {
      told.remove(news.name());
    }
    Control.Flag before = flag;
    Control.Flag now = first();
    flag = now;
    return !same(before, now);
  }

  /** The flag; null if there is none. Safe for any thread. */
  public Control.@Nullable Flag get() {
    return flag;
  }

  private static boolean same(Control.@Nullable Flag one, Control.@Nullable Flag other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.rollout().equals(other.rollout()) && one.policy().equals(other.policy());
  }

  private Control.@Nullable Flag first() throws Exception {
    TreeMap<String, Control.Flag> flags = new TreeMap<>();
    for (Map.Entry<String, byte[]> entry : told.entries()) {
      flags.put(entry.getKey(), Objects.requireNonNull(read(entry.getValue())));
    }
    return flags.isEmpty() ? null : flags.firstEntry().getValue();
  }

  private Control.@Nullable Flag read(byte[] content) {
    return ControlBytes.read(content) instanceof Control.Flag read
            && read.rollout().feature() == feature
        ? read
        : null;
  }
}
