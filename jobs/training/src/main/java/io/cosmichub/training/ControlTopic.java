package io.cosmichub.training;

import io.cosmichub.contracts.ControlDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.serving.Control;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands on the control topic, by name. */
final class ControlTopic {
  private final ControlDecoder decoder = new ControlDecoder();
  private final Map<String, Control> standing = new TreeMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Takes a record; those of one name in their order. */
  void add(InputRecord record) {
    Decoded<Control> decoded = decoder.decode(record);
    if (decoded instanceof Decoded.Value<Control> value) {
      Control control = value.value();
      Control before = standing.get(control.name());
      long last = before == null ? lastRemoved(control) : before.version();
      if (control.version() > last) {
        standing.put(control.name(), control);
        versions.merge(control.name(), control.version(), Math::max);
      }
    } else if (decoded instanceof Decoded.Erase<Control> erase) {
      standing.remove(erase.key());
    }
  }

  private long lastRemoved(Control control) {
    return control.isKnownByVersion() ? versions.getOrDefault(control.name(), 0L) : 0;
  }

  /**
   * Above every version of the name that was seen, also of what was removed; a job may have seen
   * more, as the topic is compacted.
   */
  long nextVersion(String name) {
    return versions.getOrDefault(name, 0L) + 1;
  }

  /** The model of a name, or null; {@link UsageException} if something else has the name. */
  Control.@Nullable Model model(String name) {
    Control control = standing.get(name);
    if (control != null && !(control instanceof Control.Model)) {
      throw new UsageException("on the control topic " + name + " is no model; --name another one");
    }
    return (Control.Model) control;
  }

  /** The flag of models of a name, or null; {@link UsageException} if something else has it. */
  Control.@Nullable Flag flag(String name) {
    Control control = standing.get(name);
    if (control != null && !(control instanceof Control.Flag flag && isOfModels(flag))) {
      throw new UsageException(
          "on the control topic " + name + " is no flag of models; --flag another one");
    }
    return (Control.Flag) control;
  }

  /** The flags of models whose names come before this one's, so that they hold and it does not. */
  List<String> flagsBefore(String name) {
    return standing.values().stream()
        .filter(control -> control instanceof Control.Flag flag && isOfModels(flag))
        .map(Control::name)
        .filter(other -> other.compareTo(name) < 0)
        .toList();
  }

  /** The experiments, which come before all flags. */
  List<String> experiments() {
    return standing.values().stream()
        .filter(Control.Experiment.class::isInstance)
        .map(Control::name)
        .toList();
  }

  private static boolean isOfModels(Control.Flag flag) {
    return flag.rollout().feature() == Rollout.Feature.MODEL;
  }
}
