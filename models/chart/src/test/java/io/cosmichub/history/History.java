package io.cosmichub.history;

import io.cosmichub.aspect.Aspect;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.Nature;
import io.cosmichub.chart.Body;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.chart.Position;
import io.cosmichub.pair.PairWatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A seeded random history: few charts, few pairs, few bodies and coarse longitudes, so that updates
 * collide, aspects hold, and everything happens often.
 *
 * @param seed decides the inputs and the interleaving
 * @param inputs in the order of each source: charts by chart, watches by pair
 * @param epsilon the motion epsilon in micro-degrees
 * @param pageSize members to a page
 * @param policy the aspect policy
 * @param ending how many inputs at the end erase and unwatch everything; 0 if nothing does
 * @param throughBytes whether state goes through its byte layouts on every access
 */
record History(
    long seed,
    List<Input> inputs,
    int epsilon,
    int pageSize,
    AspectPolicy policy,
    int ending,
    boolean throughBytes) {

  private static final AspectPolicy OVERLAPPING = overlapping();

  boolean endsEmpty() {
    return ending > 0;
  }

  /** How many inputs may be left out without touching the ending. */
  int removable() {
    return inputs.size() - ending;
  }

  /** Whether a pair was ever meant to be watched with these charts on these sides. */
  boolean everWatched(String pairId, String chartA, String chartB) {
    for (Input input : inputs) {
      if (input instanceof Input.Watch watch
          && watch.watch() != null
          && watch.pairId().equals(pairId)
          && watch.watch().chartA().equals(chartA)
          && watch.watch().chartB().equals(chartB)) {
        return true;
      }
    }
    return false;
  }

  History without(int index) {
    List<Input> fewer = new ArrayList<>(inputs);
    fewer.remove(index);
    return new History(seed, fewer, epsilon, pageSize, policy, ending, throughBytes);
  }

  static History random(long seed) {
    return new Generator(seed).history();
  }

  private static AspectPolicy overlapping() {
    double[] weights = new double[Body.COUNT];
    Arrays.setAll(weights, slot -> 1 + slot / 7.0);
    return AspectPolicy.of(
        "overlapping",
        List.of(
            new Aspect(31, "wide_opposition", 180_000_000, 40_000_000, Nature.CHALLENGING, -3),
            new Aspect(3, "trine", 120_000_000, 35_000_000, Nature.HARMONIOUS, 2.5),
            new Aspect(17, "conjunction", 0, 30_000_000, Nature.NEUTRAL, 1),
            new Aspect(2, "half", 45_000_000, 25_000_000, Nature.CHALLENGING, -1)),
        Body.ALL_MASK,
        weights);
  }

  private static final class Generator {
    private static final int[] EPSILONS = {0, 0, 0, 2, 1_000_000};
    private static final int[] NUDGES = {0, 0, 1, -1, 2, -2, 3, 999_999, 1_000_000, 1_000_001};

    private final long seed;
    private final Random random;
    private final int charts;
    private final int pairs;
    private final int[] slots;
    private final long[] nextRevision;
    private final List<List<ChartUpdate>> sent = new ArrayList<>();

    Generator(long seed) {
      this.seed = seed;
      random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
      charts = 2 + random.nextInt(4);
      pairs = 1 + random.nextInt(5);
      slots = random.ints(0, Body.COUNT).distinct().limit(1 + random.nextInt(5)).toArray();
      // Most bodies take part in the classic policy; some do not.
      for (int i = 0; i < slots.length; i++) {
        if (slots[i] >= 10 && random.nextInt(3) != 0) {
          slots[i] -= 10;
        }
      }
      nextRevision = new long[charts];
      for (int chart = 0; chart < charts; chart++) {
        sent.add(new ArrayList<>());
      }
    }

    History history() {
      int size = 5 + random.nextInt(55);
      List<Input> inputs = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        inputs.add(random.nextInt(10) < 6 ? chartInput() : watchInput());
      }
      List<Input> ending = new ArrayList<>();
      if (random.nextInt(3) == 0) {
        for (int chart = 0; chart < charts; chart++) {
          ending.add(new Input.Erase("c" + chart));
        }
        for (int pair = 0; pair < pairs; pair++) {
          ending.add(new Input.Watch("p" + pair, null));
        }
        Collections.shuffle(ending, random);
        // A move that comes late finds nothing to move.
        ending.add(new Input.Update(update(0, nextRevision[0] + 1, true)));
        inputs.addAll(ending);
      }
      return new History(
          seed,
          inputs,
          EPSILONS[random.nextInt(EPSILONS.length)],
          1 + random.nextInt(3),
          random.nextInt(3) == 0 ? OVERLAPPING : AspectPolicy.classic(),
          ending.size(),
          random.nextInt(4) == 0);
    }

    private Input chartInput() {
      int chart = random.nextInt(charts);
      List<ChartUpdate> earlier = sent.get(chart);
      int dice = random.nextInt(100);
      if (dice < 8) {
        return new Input.Erase("c" + chart);
      }
      if (dice < 10) {
        return new Input.Forget("c" + chart);
      }
      if (dice < 22 && !earlier.isEmpty()) {
        return new Input.Update(earlier.get(random.nextInt(earlier.size())));
      }
      long revision =
          dice < 40 && nextRevision[chart] > 0
              ? random.nextLong(nextRevision[chart])
              : nextRevision[chart] + random.nextInt(3);
      nextRevision[chart] = Math.max(nextRevision[chart], revision + 1);
      ChartUpdate update = update(chart, revision, random.nextInt(3) != 0);
      earlier.add(update);
      return new Input.Update(update);
    }

    private ChartUpdate update(int chart, long revision, boolean partial) {
      ChartUpdate.Builder update = ChartUpdate.builder("c" + chart, revision).partial(partial);
      if (random.nextInt(4) != 0) {
        update.effectiveAt(1_000L * random.nextInt(50));
      }
      for (int slot : slots) {
        if (random.nextInt(partial ? 3 : 6) != 0) {
          int speed = random.nextBoolean() ? Position.UNKNOWN_SPEED : random.nextInt(3) - 1;
          update.position(slot, new Position(longitude(), speed));
        }
      }
      if (random.nextInt(8) == 0) {
        int[] cusps = new int[12];
        Arrays.setAll(cusps, house -> 30_000_000 * house + random.nextInt(2));
        update.cusps(cusps);
      }
      if (random.nextInt(3) == 0) {
        List<String> cohorts = new ArrayList<>(List.of("group0", "group1", "people"));
        cohorts.removeIf(cohort -> random.nextInt(3) == 0);
        update.cohorts(cohorts);
      }
      return update.build();
    }

    private int longitude() {
      int coarse = 15_000_000 * random.nextInt(24);
      int nudge = NUDGES[random.nextInt(NUDGES.length)];
      return Math.floorMod(coarse + nudge, MicroDegrees.CIRCLE);
    }

    private Input watchInput() {
      String pair = "p" + random.nextInt(pairs);
      if (random.nextInt(4) == 0) {
        return new Input.Watch(pair, null);
      }
      int a = random.nextInt(charts);
      int b = (a + 1 + random.nextInt(charts - 1)) % charts;
      long revision = random.nextInt(3) == 0 ? random.nextInt(4) : PairWatch.NO_REVISION;
      return new Input.Watch(pair, new PairWatch(pair, "c" + a, "c" + b, revision));
    }
  }
}
