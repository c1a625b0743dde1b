package io.cosmichub.serving;

import static io.cosmichub.serving.ServingTest.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.experiment.Rollout;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the names of models say of who scores, and which of them are not there. */
final class ServingByNameTest {

  private static final PairModel ARRAYS = new LinearModel(1, new double[] {1});
  private static final String PAUSE = Control.Pause.nameFor("e");
  private static final List<String> NAMES = List.of("m", "n", "f", "g", "e", "h", PAUSE, "r");
  private static final long[] TIMES = {START - 1, START, Long.MAX_VALUE};

  @Test
  void whereItIsEqualBeforeAndAfterNoPairIsScoredByAnotherThoughSomeModelsDoNotLoad() {
    Random random = new Random(7);
    int equal = 0;
    int otherwise = 0;
    for (int history = 0; history < 200; history++) {
      World world = new World(random);
      for (int step = 0; step < 40; step++) {
        Serving byName = world.byName();
        List<String> keys = world.keys();
        world.change();
        if (byName.equals(world.byName())) {
          assertThat(byName.hashCode()).isEqualTo(world.byName().hashCode());
          assertThat(world.keys()).isEqualTo(keys);
          equal++;
        } else {
          otherwise += world.keys().equals(keys) ? 0 : 1;
        }
      }
    }
    assertThat(equal).isGreaterThan(1_000);
    assertThat(otherwise).isGreaterThan(1_000);
  }

  @Test
  void aVersionAndAFlagThatSayTheSameAgainChangeNothing() {
    Control.Flag again =
        new Control.Flag("f", 2, ServingTest.flag("f", 0.5, "m", "").rollout(), "m", "");
    Serving before = byName(List.of(), ServingTest.flag("f", 0.5, "m", ""), model(1));
    assertThat(byName(List.of(), again, model(1))).isEqualTo(before);
    assertThat(byName(List.of(), again, model(1), ServingTest.model("n", 1))).isEqualTo(before);
    assertThat(byName(List.of(), again, model(2))).isNotEqualTo(before);
    assertThat(byName(List.of(model(1)), again, model(2))).isNotEqualTo(before);
    assertThat(byName(List.of(), again)).isEqualTo(Serving.NOTHING).isNotEqualTo(before);
  }

  @Test
  void whatIsNamedAndNotThereIsMissingAndThatOfAnExperimentUntilItsEnd() {
    Serving serving =
        byName(
            List.of(model(2)),
            model(3),
            ServingTest.flag("f", 1, "m@2", "n"),
            ServingTest.flag("g", 0, "m@1", "n"),
            ServingTest.experiment("e", 1, "x@4"),
            ServingTest.experiment("h", 1, ""));
    assertThat(serving.missing(START)).containsExactly("m@1", "n", "x@4");
    assertThat(serving.missing(Long.MAX_VALUE - 1)).containsExactly("m@1", "n");
    assertThat(Serving.NOTHING.missing(START)).isEmpty();
  }

  private static Control.Model model(long version) {
    return ServingTest.model("m", version);
  }

  private static Serving byName(List<Control.Model> former, Control... controls) {
    return Serving.byName(List.of(controls), former);
  }

  /** What was told, and models that do not load. */
  private static final class World {

    private final Random random;
    private final Map<String, Control> holding = new HashMap<>();
    private final Map<String, Control.Model> former = new HashMap<>();
    private final Set<String> broken = new HashSet<>();

    World(Random random) {
      this.random = random;
      for (int step = 0; step < 10; step++) {
        change();
      }
    }

    void change() {
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          String name = any("m", "n");
          long version = holding.get(name) instanceof Control.Model older ? older.version() : 0;
          Control.Model model = ServingTest.model(name, version + 1);
          if (random.nextInt(4) == 0) {
            broken.add(model.label());
          }
          if (holding.put(name, model) instanceof Control.Model before) {
            former.put(name, before);
          }
        }
        case 2 -> {
          String name = NAMES.get(random.nextInt(NAMES.size()));
          if (holding.remove(name) instanceof Control.Model) {
            former.remove(name);
            broken.removeIf(label -> label.startsWith(name));
          }
        }
        case 3, 4 -> {
          double share = random.nextInt(3) / 2.0;
          Control.Flag flag =
              ServingTest.flag(
                  any("f", "g"), share, any("m", "m@1", "m@2", "m@3", "n"), any("", "n@1"));
          holding.put(flag.name(), flag);
        }
        case 5 -> {
          double share = random.nextBoolean() ? 1 : 0.5;
          Control.Experiment experiment =
              ServingTest.experiment(any("e", "h"), share, any("", "m", "m@2", "n"));
          holding.put(experiment.name(), experiment);
        }
        case 6 ->
            holding.put(
                PAUSE,
                new Control.Pause(
                    1, "e", 1 + random.nextInt(2), Map.of(any("control", "treatment"), "why")));
        default ->
            holding.put(
                "r",
                new Control.Flag(
                    "r",
                    1,
                    new Rollout(Rollout.Feature.RESCORING, "salt", random.nextDouble()),
                    "",
                    ""));
      }
    }

    Serving byName() {
      return Serving.byName(holding.values(), List.copyOf(former.values()));
    }

    /** Who scores some pairs at some times, if what is broken does not load. */
    List<String> keys() {
      Serving serving =
          Serving.of(
              holding.values().stream().filter(this::loads).toList(),
              former.values().stream().filter(this::loads).toList(),
              model -> ARRAYS,
              model -> false);
      List<String> keys = new ArrayList<>();
      for (int pair = 0; pair < 20; pair++) {
        for (long at : TIMES) {
          keys.add(serving.choose("p" + pair, "a" + pair % 5, at).key());
        }
      }
      return keys;
    }

    private boolean loads(Control control) {
      return !(control instanceof Control.Model model && broken.contains(model.label()));
    }

    private String any(String... some) {
      return some[random.nextInt(some.length)];
    }
  }
}
