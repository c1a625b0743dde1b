package io.cosmichub.streaming.pair;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.jspecify.annotations.Nullable;

/**
 * Who is scored again when what is served changes: the flags that say so, as they were told. Of one
 * task thread.
 */
final class Rescoring {

  private final BroadcastState<String, byte[]> told;
  private final List<Rollout> flags = new ArrayList<>();

  /** Goes on with what was told before. */
  Rescoring(BroadcastState<String, byte[]> told) throws Exception {
    this.told = told;
    read();
  }

  /**
   * Keeps what is told if it is a flag of rescoring, or was one; whether it asks for pairs to be
   * looked at. One that only takes some of its pairs back does not.
   */
  boolean told(Told news) throws Exception {
    Rollout before = flag(told.get(news.name()));
    byte[] content = news.content();
    Rollout now = flag(content);
    if (content != null && now != null) {
      told.put(news.name(), content);
    } else {
      told.remove(news.name());
    }
    read();
    boolean lowered =
        now != null
            && before != null
            && before.salt().equals(now.salt())
            && before.share() > now.share();
    return now != null && now.share() > 0 && !lowered;
  }

  /** Whether anybody is scored again. */
  boolean any() {
    return flags.stream().anyMatch(flag -> flag.share() > 0);
  }

  /** Whether a pair is. */
  boolean includes(String pairId) {
    for (Rollout flag : flags) {
      if (flag.includes(pairId)) {
        return true;
      }
    }
    return false;
  }

  private void read() throws Exception {
    flags.clear();
    for (Map.Entry<String, byte[]> entry : told.entries()) {
      if (ControlBytes.read(entry.getValue()) instanceof Control.Flag flag) {
        flags.add(flag.rollout());
      }
    }
  }

  private static @Nullable Rollout flag(byte @Nullable [] content) {
    return content != null
            && ControlBytes.read(content) instanceof Control.Flag flag
            && flag.rollout().feature() == Rollout.Feature.RESCORING
        ? flag.rollout()
        : null;
  }
}
