package io.cosmichub.streaming.pair;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.pair.Told;
import io.cosmichub.serving.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;

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

  /** Keeps what is told if it is a flag of rescoring, or was one. */
  void told(Told news) throws Exception {
    byte[] content = news.content();
    if (content != null && isFlag(content, Rollout.Feature.RESCORING)) {
      told.put(news.name(), content);
    } else {
      told.remove(news.name());
    }
    read();
  }

  /** Whether what is told is a flag of devices or of policies. */
  static boolean isOfOthers(Told news) {
    byte[] content = news.content();
    return content != null
        && (isFlag(content, Rollout.Feature.GPU) || isFlag(content, Rollout.Feature.POLICY));
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

  private static boolean isFlag(byte[] content, Rollout.Feature feature) {
    return ControlBytes.read(content) instanceof Control.Flag flag
        && flag.rollout().feature() == feature;
  }
}
