package io.cosmichub.population.publish;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.aspect.Hit;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.pair.Served;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import io.cosmichub.population.count.Sign;
import io.cosmichub.population.window.WindowFigures;
import io.cosmichub.score.RuleScorer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * People of some age, so that slow bodies stand alike, and pairs of them: some are watched twice,
 * one person is in many, some have ended, and few are in one arm or under another policy.
 */
final class Crowd {

  static final List<String> EXPERIMENTS = List.of("first", "second");

  private static final AspectPolicy CLASSIC = AspectPolicy.classic();
  private static final RuleScorer SCORER = new RuleScorer(CLASSIC);

  private final Random random;
  private final List<Person> persons = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Happened> happened = new ArrayList<>();
  private final Set<String> moved = new TreeSet<>();
  private final Population level = new Population();
  private final WindowFigures within = new WindowFigures();

  /** Somebody with a chart. */
  record Person(String id, Longitudes chart) {

    boolean has(String body) {
      return chart.has(slot(body));
    }

    boolean in(FigureKind kind, String body, String group) {
      if (!has(body)) {
        return false;
      }
      int sign = chart.at(slot(body)) / 30_000_000;
      String name =
          switch (kind) {
            case ELEMENT -> List.of("fire", "earth", "air", "water").get(sign % 4);
            case MODALITY -> List.of("cardinal", "fixed", "mutable").get(sign % 3);
            default -> Sign.of(sign).id();
          };
      return name.equals(group);
    }
  }

  /** A pair as it stands at the end. */
  record Pair(String a, String b, PairState state, Set<String> cells) {

    boolean holds(String cell) {
      return cells.contains(cell);
    }

    double score() {
      return state.score().overall();
    }

    boolean scoredBy(String arm) {
      return state.arm().equals(arm);
    }

    /** A bin such as {@code rules 45-50}. */
    boolean in(String item) {
      String[] words = item.split("[ -]", 3);
      int from = Integer.parseInt(words[1]);
      return scoredBy(words[0])
          && score() >= from
          && (score() < from + 5 || (from == 95 && score() == 100));
    }

    /** An arm such as {@code first control}. */
    boolean served(String item) {
      Served in = state.inArm();
      return in != null && item.equals(in.experiment() + " " + in.arm());
    }

    boolean byModel() {
      Served in = state.inArm();
      return in != null && in.hasModel();
    }
  }

  /** A change of a pair. */
  record Happened(String a, String b, Set<String> formed, Set<String> dissolved) {}

  private Crowd(Random random) {
    this.random = random;
  }

  /** A crowd in which some groups have about as many people as the threshold. */
  static Crowd of(Random random, int threshold) {
    Crowd crowd = new Crowd(random);
    boolean many = random.nextInt(6) == 0;
    int people = threshold + random.nextInt((many ? 40 : 5) * threshold);
    int[] born = random.ints(10, 0, MicroDegrees.CIRCLE).toArray();
    for (int person = 0; person < people; person++) {
      crowd.add("person-" + person, born);
    }
    int pairs = people / 2 + random.nextInt(many ? 1 + people / 4 : 3 * people);
    int star = random.nextInt(3) == 0 ? 2 : 20;
    for (int pair = 0; pair < pairs; pair++) {
      int a = random.nextInt(star) == 0 ? 0 : random.nextInt(people);
      int b = (a + 1 + random.nextInt(people - 1)) % people;
      crowd.live("pair-" + pair, crowd.persons.get(a), crowd.persons.get(b));
      if (random.nextInt(10) == 0) {
        crowd.live("again-" + pair, crowd.persons.get(a), crowd.persons.get(b));
      }
    }
    return crowd;
  }

  /** A pair of two random charts begins. */
  static PairChange begins(Random random, String id, String a, String b) {
    int[] born = random.ints(10, 0, MicroDegrees.CIRCLE).toArray();
    AspectSet set = set(chart(random, born), chart(random, born));
    return new PairChange(id, a, b, 0, null, state(set, "rules", null));
  }

  List<Person> persons() {
    return persons;
  }

  List<Pair> pairs() {
    return pairs;
  }

  List<Happened> happened() {
    return happened;
  }

  /** Whose charts changed within the window. */
  Set<String> moved() {
    return moved;
  }

  Population level() {
    return level;
  }

  WindowFigures within() {
    return within;
  }

  static String body(int slot) {
    return Body.ofSlot(slot).id();
  }

  private void add(String id, int[] born) {
    Longitudes chart = chart(random, born);
    persons.add(new Person(id, chart));
    ChartChange change = new ChartChange(id, 1, 0, null, chart);
    level.apply(change);
    if (random.nextInt(3) == 0) {
      within.add(change);
      moved.add(id);
    }
  }

  private void live(String id, Person a, Person b) {
    String arm = random.nextInt(12) == 0 ? "candidate" : "rules";
    PairState state = state(set(a.chart, b.chart), arm, served());
    change(id, a, b, null, state);
    if (random.nextInt(6) == 0) {
      change(id, a, b, state, null);
      return;
    }
    pairs.add(new Pair(a.id, b.id, state, cells(state)));
  }

  private void change(
      String id, Person a, Person b, @Nullable PairState before, @Nullable PairState after) {
    PairChange change = new PairChange(id, a.id, b.id, 0, before, after);
    level.apply(change);
    if (random.nextInt(3) == 0) {
      within.add(change);
      Set<String> formed = new HashSet<>(cells(after));
      formed.removeAll(cells(before));
      Set<String> dissolved = new HashSet<>(cells(before));
      dissolved.removeAll(cells(after));
      happened.add(new Happened(a.id, b.id, formed, dissolved));
    }
  }

  private @Nullable Served served() {
    String experiment = EXPERIMENTS.get(random.nextInt(10) == 0 ? 1 : 0);
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> new Served("", 0, experiment, "rare");
      case 2, 3, 4, 5 -> new Served("", 0, experiment, "control");
      case 6 -> new Served("", 0, experiment, "model");
      default -> new Served("m@1", random.nextInt(100) / 100.0, experiment, "model");
    };
  }

  private static PairState state(AspectSet set, String arm, @Nullable Served served) {
    return new PairState(set, SCORER.score(set), arm, served);
  }

  private static Set<String> cells(@Nullable PairState state) {
    Set<String> cells = new HashSet<>();
    if (state != null) {
      state
          .aspects()
          .forEach(
              (row, col, hit) ->
                  cells.add(
                      body(Math.min(row, col))
                          + "-"
                          + body(Math.max(row, col))
                          + " "
                          + CLASSIC.aspect(Hit.code(hit)).id()));
    }
    return cells;
  }

  /** The higher the slot the slower, and the closer to where it stood in the years of all. */
  private static Longitudes chart(Random random, int[] born) {
    Longitudes chart = Longitudes.NONE;
    for (int slot = 0; slot < 10; slot++) {
      int spread = MicroDegrees.CIRCLE / (1 + slot * slot / 4);
      int longitude = (int) ((born[slot] + (long) random.nextInt(spread)) % MicroDegrees.CIRCLE);
      if (slot % 4 != 1 || random.nextInt(6) > 0) {
        chart = chart.with(slot, longitude);
      }
    }
    return chart;
  }

  /** The aspects of two charts under {@code classic}. */
  static AspectSet set(Longitudes a, Longitudes b) {
    AspectSet.Builder set = AspectSet.builder();
    for (int row = 0; row < 10; row++) {
      for (int col = 0; col < 10; col++) {
        if (a.has(row) && b.has(col)) {
          int hit = CLASSIC.match(MicroDegrees.separation(a.at(row), b.at(col)));
          if (hit != Hit.NONE) {
            set.put(row, col, hit);
          }
        }
      }
    }
    return set.build();
  }

  private static int slot(String body) {
    return Objects.requireNonNull(Body.ofId(body)).slot();
  }
}
