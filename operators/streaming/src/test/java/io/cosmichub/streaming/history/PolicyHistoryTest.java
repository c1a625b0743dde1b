package io.cosmichub.streaming.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.PublishedChart;
import io.cosmichub.experiment.Rollout;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.PairChange;
import io.cosmichub.population.count.PairState;
import io.cosmichub.population.count.Population;
import io.cosmichub.score.RuleScorer;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Tight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flags of policies that come, grow, shrink and go while charts change, steps restart and rescale:
 * in the end every pair is under the policy that the flag says, and everything that follows from
 * that is what it is from scratch.
 */
final class PolicyHistoryTest {

  private static final int ALL = 0x3FF;
  private static final int EVENTS = 90;
  private static final int PAIRS = 30;
  private static final List<String> COHORTS = List.of("red", "blue");
  private static final double[] SHARES = {0, 0.05, 0.2, 0.5, 1};

  @Test
  void everyPairEndsUnderThePolicyOfTheFlagOnTheHeap() throws Exception {
    int turned = 0;
    for (int seed = 0; seed < 120; seed++) {
      turned += new History(seed, HashMapStateBackend::new).run(true);
    }
    assertThat(turned).isGreaterThan(120 * 20);
  }

  @Test
  void soItDoesInRocksDb(@TempDir Path folder) throws Exception {
    Supplier<StateBackend> rocksDb =
        () -> {
          EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(false);
          backend.setDbStoragePath(folder.toString());
          return backend;
        };
    int turned = 0;
    for (int seed = 1_000; seed < 1_005; seed++) {
      turned += new History(seed, rocksDb).run(false);
    }
    assertThat(turned).isGreaterThan(5 * 10);
  }

  /** One history and what it must lead to. */
  private static final class History {
    private final int seed;
    private final Random random;
    private final PairSteps steps;
    private final Map<String, @Nullable PublishedChart> charts = new TreeMap<>();
    private final Map<String, Control.Flag> flags = new TreeMap<>();
    private final Map<String, Fold> folds = new TreeMap<>();
    private long revision;
    private int life = 1;
    private int turned;

    History(int seed, Supplier<StateBackend> backend) throws Exception {
      this.seed = seed;
      random = new Random(seed);
      steps = new PairSteps(Tight.SOURCE, backend, 1 + seed % 3, this::published);
    }

    /** How often a pair came under another policy. */
    int run(boolean onTheHeap) throws Exception {
      for (int pair = 0; pair < PAIRS; pair++) {
        for (Side side : Side.values()) {
          change("pair-" + pair, side);
        }
      }
      for (int event = 0; event < EVENTS; event++) {
        switch (random.nextInt(12)) {
          case 0 -> put(flag());
          case 1 -> {
            if (random.nextInt(3) == 0) {
              remove(random.nextBoolean() ? "policy" : "another");
            }
          }
          case 2 -> serve();
          case 3 -> {
            for (int page = random.nextInt(6); page >= 0; page--) {
              steps.passTime();
            }
          }
          case 4 -> {
            if (random.nextInt(3) == 0) {
              steps.restart(1 + random.nextInt(3));
            }
          }
          case 5 -> {
            Side side = side();
            set(pair(), side, null);
          }
          default -> {
            for (int more = random.nextInt(4); more >= 0; more--) {
              change(pair(), side());
            }
          }
        }
      }
      steps.restart(2);
      steps.walk();
      assertPairs();
      assertPopulation();
      for (int pair = 0; pair < PAIRS; pair++) {
        set("pair-" + pair, Side.A, null);
      }
      assertThat(folds.values()).noneMatch(fold -> fold.open);
      assertPopulation();
      if (onTheHeap) {
        assertThat(steps.leftOver()).as("seed %s", seed).isZero();
      }
      steps.close();
      return turned;
    }

    private void assertPairs() {
      for (int pair = 0; pair < PAIRS; pair++) {
        String id = "pair-" + pair;
        PublishedChart a = charts.get(id + Side.A);
        PublishedChart b = charts.get(id + Side.B);
        Fold fold = folds.getOrDefault(id, new Fold());
        assertThat(fold.open).as("seed %s, %s", seed, id).isEqualTo(a != null && b != null);
        if (a != null && b != null) {
          AspectPolicy policy = policy(id);
          assertThat(fold.policy).as("seed %s, %s", seed, id).isEqualTo(policy.id());
          assertThat(fold.aspects).as("seed %s, %s", seed, id).isEqualTo(set(a, b, policy));
          assertThat(fold.byModel && policy.id().equals("tight")).isFalse();
        }
      }
    }

    /** Everyone's figures, and those of each cohort, from the pairs as they stand. */
    private void assertPopulation() {
      Map<String, Population> expected = new TreeMap<>();
      folds.forEach(
          (id, fold) -> {
            PublishedChart a = charts.get(id + Side.A);
            PublishedChart b = charts.get(id + Side.B);
            if (a == null || b == null || fold.sequence == 0) {
              return;
            }
            AspectPolicy policy = policy(id);
            AspectSet set = set(a, b, policy);
            List<String> both = new ArrayList<>(a.cohorts());
            both.retainAll(b.cohorts());
            PairChange begins =
                new PairChange(
                    id,
                    id + Side.A,
                    id + Side.B,
                    0,
                    null,
                    new PairState(
                        set,
                        new RuleScorer(policy).score(set),
                        RuleScorer.name(policy.id()),
                        fold.inArm),
                    new PairCohorts(both, List.of(), List.of()));
            begins.byCohort(
                (cohort, change) ->
                    expected.computeIfAbsent(cohort, fresh -> new Population()).apply(change));
          });
      steps.population().keySet().forEach(name -> expected.putIfAbsent(name, new Population()));
      assertThat(steps.population().keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (cohort, population) ->
              assertThat(steps.population().get(cohort))
                  .as("seed %s, %s", seed, cohort)
                  .satisfies(
                      counted -> {
                        assertThat(counted.pairs()).isEqualTo(population.pairs());
                        assertThat(counted.arms().keySet()).isEqualTo(population.arms().keySet());
                        assertThat(counted.toBytes()).isEqualTo(population.toBytes());
                      }));
    }

    private void published(PairUpdate update) {
      turned += update.turned() ? 1 : 0;
      if (!update.regroups()) {
        folds.computeIfAbsent(update.pairId(), pair -> new Fold()).add(update);
      }
    }

    /** The first by name that names the candidate or the policy of the job. */
    private AspectPolicy policy(String pairId) {
      if (flags.isEmpty()) {
        return AspectPolicy.classic();
      }
      Control.Flag first = flags.values().iterator().next();
      return first.rollout().includes(pairId) ? Tight.of(first.policy()) : AspectPolicy.classic();
    }

    private Control.Flag flag() {
      double share = SHARES[random.nextInt(SHARES.length)];
      if (random.nextInt(4) > 0) {
        return Models.policy(1, share, random.nextInt(8) == 0 ? "classic" : "tight");
      }
      return new Control.Flag(
          "another", 1, new Rollout(Rollout.Feature.POLICY, "salt", share), "", "", "tight");
    }

    private void put(Control.Flag flag) throws Exception {
      flags.put(flag.name(), flag);
      steps.tell(Models.tell(flag));
    }

    private void remove(String name) throws Exception {
      flags.remove(name);
      steps.tell(Models.remove(name));
    }

    /** A model, an experiment and who is scored again, which take part or go. */
    private void serve() throws Exception {
      double share = SHARES[random.nextInt(SHARES.length)];
      PairWork told =
          switch (random.nextInt(5)) {
            case 0 -> Models.tell(Models.announce("m", 1 + random.nextInt(3), random.nextInt(3)));
            case 1 -> Models.tell(Models.flag(1, share, "m", ""));
            case 2 -> Models.tell(Models.rescoring(1, share));
            case 3 -> Models.tell(Models.experiment(1, "m"));
            default -> Models.remove("trial");
          };
      steps.tell(told);
    }

    private void change(String pair, Side side) throws Exception {
      PublishedChart held = charts.get(pair + side);
      Longitudes longitudes = held == null ? Longitudes.NONE : held.longitudes();
      List<String> cohorts = held == null ? List.of() : held.cohorts();
      if (random.nextInt(4) == 0) {
        cohorts = COHORTS.subList(random.nextInt(2), 1 + random.nextInt(2));
      }
      for (int moves = held == null ? 4 : random.nextInt(3); moves > 0; moves--) {
        longitudes = longitudes.with(random.nextInt(10), random.nextInt(360) * 1_000_000);
      }
      if (held == null) {
        life++;
      }
      set(
          pair,
          side,
          new PublishedChart(
              held == null ? life : held.life(),
              ++revision,
              Given.INGESTED_AT,
              longitudes,
              cohorts));
    }

    private void set(String pair, Side side, @Nullable PublishedChart chart) throws Exception {
      charts.put(pair + side, chart);
      steps.put(
          SideUpdate.truth(
              pair, side, 1, pair + side, chart, Given.INGESTED_AT, Given.INGESTED_AT));
    }

    private String pair() {
      return "pair-" + random.nextInt(PAIRS);
    }

    private Side side() {
      return random.nextBoolean() ? Side.A : Side.B;
    }

    private static AspectSet set(PublishedChart a, PublishedChart b, AspectPolicy policy) {
      return new ReferenceKernel(policy).aspects(a.longitudes(), b.longitudes(), ALL, ALL);
    }
  }

  /** What someone holds who folds what is published of one pair. */
  private static final class Fold {

    AspectSet aspects = AspectSet.EMPTY;
    String policy = "";
    boolean open;
    boolean byModel;
    long sequence;
    @Nullable Served inArm;

    void add(PairUpdate update) {
      if (!open) {
        aspects = AspectSet.EMPTY;
        sequence = 0;
      }
      assertThat(update.policyBefore())
          .isEqualTo(open && !update.policy().equals(policy) ? policy : "");
      boolean delta = !update.changes().isEmpty();
      aspects = AspectDelta.fold(aspects, update.changes());
      sequence += delta || (sequence > 0 && (update.turned() || update.closed())) ? 1 : 0;
      assertThat(update.sequence()).isEqualTo(sequence);
      assertThat(update.aspects()).isEqualTo(aspects);
      policy = update.policy();
      open = !update.closed();
      byModel = update.served() != null && update.served().hasModel();
      inArm = update.served() != null && update.served().inExperiment() ? update.served() : null;
    }
  }
}
