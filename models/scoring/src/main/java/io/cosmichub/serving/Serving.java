package io.cosmichub.serving;

import io.cosmichub.experiment.Arm;
import io.cosmichub.experiment.Assignment;
import io.cosmichub.experiment.ExperimentDefinition.Unit;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.model.PairModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who scores which pair: a pure function of everything that the control topic says, the pair and
 * the time. Experiments come first, in the order of their names, and the first that takes the pair
 * has it; who is in none is scored as the first flag of models says. A name stands for the newest
 * model under it; with {@code @} and a version behind it, for that version. An experiment takes
 * none until all models that its arms name are there, and a flag does not count until its are. A
 * paused arm takes nobody: its pairs are scored as though they were not in its experiment.
 * Immutable and thread-safe.
 */
public final class Serving {

  /** Nothing was said: the rules score. */
  public static final Serving NOTHING = new Serving(List.of(), List.of(), List.of());

  private final List<Trial> trials;
  private final List<Switch> switches;
  private final List<Missing> missing;

  private Serving(List<Trial> trials, List<Switch> switches, List<Missing> missing) {
    this.trials = List.copyOf(trials);
    this.switches = List.copyOf(switches);
    this.missing = List.copyOf(missing);
  }

  /**
   * What follows from {@code controls}, no two of one name; {@code former} models are those of
   * which a newer version is among them, {@code load} gives a model's arrays, and {@code
   * readsSigns} says whether its answers may depend on signs.
   */
  public static Serving of(
      Collection<? extends Control> controls,
      Collection<Control.Model> former,
      Function<Control.Model, PairModel> load,
      Predicate<PairModel> readsSigns) {
    return of(controls, former, model -> choice(model, load, readsSigns));
  }

  /**
   * The same by the names of models alone, for where their arrays are not. It scores nobody: it is
   * for telling, by {@link #equals}, whether a pair may be scored by another now, which it is not
   * where it is equal before and after, even if some models do not load.
   */
  public static Serving byName(
      Collection<? extends Control> controls, Collection<Control.Model> former) {
    return of(controls, former, model -> new Choice(model.label(), null));
  }

  private static Serving of(
      Collection<? extends Control> controls,
      Collection<Control.Model> former,
      Function<Control.Model, Choice> choices) {
    Map<String, Choice> models = new HashMap<>();
    Map<String, Control.Pause> pauses = new HashMap<>();
    for (Control.Model model : former) {
      models.put(model.label(), choices.apply(model));
    }
    for (Control control : controls) {
      if (control instanceof Control.Model model) {
        Choice choice = choices.apply(model);
        models.put(model.label(), choice);
        models.put(model.name(), choice);
      } else if (control instanceof Control.Pause pause) {
        pauses.put(pause.experiment(), pause);
      }
    }
    List<Control> sorted = new ArrayList<>(controls);
    sorted.sort(Comparator.comparing(Control::name));
    List<Trial> trials = new ArrayList<>();
    List<Switch> switches = new ArrayList<>();
    List<Missing> missing = new ArrayList<>();
    for (Control control : sorted) {
      if (control instanceof Control.Experiment experiment) {
        add(experiment, pauses.get(experiment.name()), models, trials);
        long end = experiment.definition().end().toEpochMilli();
        experiment.models().values().forEach(model -> miss(model, end, models, missing));
      } else if (control instanceof Control.Flag flag) {
        add(flag, models, switches);
        miss(flag.model(), Long.MAX_VALUE, models, missing);
        miss(flag.otherwise(), Long.MAX_VALUE, models, missing);
      }
    }
    return new Serving(trials, switches, missing);
  }

  /**
   * The models, as they are named, that are not there though a flag names them, or an experiment
   * that is not over at a time in epoch milliseconds; sorted.
   */
  public List<String> missing(long at) {
    return missing.stream()
        .filter(name -> at < name.until())
        .map(Missing::model)
        .distinct()
        .sorted()
        .toList();
  }

  /** Who scores a pair at a time in epoch milliseconds. Allocates nothing. */
  public Choice choose(String pairId, String chartA, long at) {
    for (int i = 0; i < trials.size(); i++) {
      Choice choice = trials.get(i).choose(pairId, chartA, at);
      if (choice != null) {
        return choice;
      }
    }
    if (switches.isEmpty()) {
      return Choice.RULES;
    }
    return switches.get(0).choose(pairId);
  }

  private static Choice choice(
      Control.Model model,
      Function<Control.Model, PairModel> load,
      Predicate<PairModel> readsSigns) {
    PairModel arrays = load.apply(model);
    return new Choice(model.label(), arrays).bySigns(readsSigns.test(arrays));
  }

  private static void add(
      Control.Experiment experiment,
      Control.@Nullable Pause pause,
      Map<String, Choice> models,
      List<Trial> trials) {
    if (!models.keySet().containsAll(experiment.models().values())) {
      return;
    }
    Terms terms =
        new Terms(
            experiment.version(),
            experiment.definition().unit() == Unit.CHART,
            experiment.definition().end().toEpochMilli());
    boolean bySigns =
        experiment.models().values().stream()
            .anyMatch(model -> models.getOrDefault(model, Choice.RULES).bySigns());
    Set<String> needed = new HashSet<>();
    Map<String, Choice> arms = new HashMap<>();
    for (Arm arm : experiment.definition().arms()) {
      Choice served = models.getOrDefault(experiment.models().get(arm.id()), Choice.RULES);
      needed.add(served.label());
      arms.put(
          arm.id(),
          new Choice(served.label(), served.model(), experiment.name(), arm.id(), terms)
              .bySigns(bySigns));
    }
    if (pause != null && pause.ofVersion() == experiment.version()) {
      arms.keySet().removeAll(pause.arms().keySet());
    }
    trials.add(
        new Trial(
            new Assignment(experiment.definition()),
            experiment.definition().unit(),
            experiment.definition().start().toEpochMilli(),
            experiment.definition().end().toEpochMilli(),
            arms,
            needed));
  }

  private static void add(Control.Flag flag, Map<String, Choice> models, List<Switch> switches) {
    if (flag.rollout().feature() == Rollout.Feature.MODEL) {
      Choice in = models.get(flag.model());
      Choice out = flag.otherwise().isEmpty() ? Choice.RULES : models.get(flag.otherwise());
      if (in != null && out != null) {
        switches.add(new Switch(flag.rollout(), in, out));
      }
    }
  }

  private static void miss(
      String model, long until, Map<String, Choice> models, List<Missing> missing) {
    if (!model.isEmpty() && !models.containsKey(model)) {
      missing.add(new Missing(model, until));
    }
  }

  /** Whether every pair is scored by the same, at any time. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Serving that
        && trials.equals(that.trials)
        && switches.equals(that.switches);
  }

  @Override
  public int hashCode() {
    return 31 * trials.hashCode() + switches.hashCode();
  }

  private record Missing(String model, long until) {}

  private record Switch(Rollout rollout, Choice in, Choice out) {

    Choice choose(String pairId) {
      return rollout.includes(pairId) ? in : out;
    }
  }

  /** An experiment whose models are there, those that it needs for paused arms among them. */
  private record Trial(
      Assignment assignment,
      Unit unit,
      long start,
      long end,
      Map<String, Choice> arms,
      Set<String> needed) {

    @Nullable Choice choose(String pairId, String chartA, long at) {
      if (at < start || at >= end) {
        return null;
      }
      Arm arm = assignment.arm(unit == Unit.PAIR ? pairId : chartA);
      return arm == null ? null : arms.get(arm.id());
    }
  }
}
