package io.cosmichub.streaming.feedback;

import io.cosmichub.contracts.ControlBytes;
import io.cosmichub.serving.Control;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.jspecify.annotations.Nullable;

/** What was told of experiments, read from its bytes. */
final class ToldExperiments {

  private ToldExperiments() {}

  /** The definition under a name, or null. */
  static Control.@Nullable Experiment experiment(
      ReadOnlyBroadcastState<String, byte[]> told, String name) throws Exception {
    byte[] content = told.get(name);
    return content != null && ControlBytes.read(content) instanceof Control.Experiment experiment
        ? experiment
        : null;
  }

  /** The pause of arms of this version of an experiment, or null. */
  static Control.@Nullable Pause pause(
      ReadOnlyBroadcastState<String, byte[]> told, Control.Experiment experiment) throws Exception {
    byte[] content = told.get(Control.Pause.nameFor(experiment.name()));
    return content != null
            && ControlBytes.read(content) instanceof Control.Pause pause
            && pause.ofVersion() == experiment.version()
        ? pause
        : null;
  }

  /** The arms that go on when something else, or nothing, comes in the stead of a pause. */
  static Set<String> goOn(Control.Pause pause, byte @Nullable [] instead) {
    Set<String> arms = new HashSet<>(pause.arms().keySet());
    if (instead != null
        && ControlBytes.read(instead) instanceof Control.Pause next
        && next.ofVersion() == pause.ofVersion()) {
      arms.removeAll(next.arms().keySet());
    }
    return arms;
  }
}
