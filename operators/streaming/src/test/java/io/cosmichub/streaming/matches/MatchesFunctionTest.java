package io.cosmichub.streaming.matches;

import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.kernels.KernelSettings;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MatchesFunctionTest {

  private static final String COHORT = "everyone";
  private static final long EVERY = 200;
  private static final int ALL = 10_000;
  private static final int FEW = 7;
  private static final int PEOPLE = 30;

  private KeyedOneInputStreamOperatorTestHarness<String, CohortChange, MatchList> step;
  private Crowd crowd;
  private long now;
  private int lists;

  @BeforeEach
  void begin() throws Exception {
    start(config(1, ALL, 0));
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void everyHistoryGivesTheListsThatLookingAtEveryPairGives() throws Exception {
    int tombstones = 0;
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      MatchConfig config = config(1 + random.nextInt(5), random.nextBoolean() ? ALL : FEW, seed);
      open(config);
      for (int event = 0; event < 150; event++) {
        tombstones += take(crowd.live(random, PEOPLE));
        for (int ticks = random.nextInt(8); ticks > 0; ticks--) {
          tick(config);
        }
        if (random.nextInt(40) == 0) {
          restart(config, random);
        }
      }
      settle(config);
      for (String chart : crowd.charts()) {
        tombstones += take(crowd.erase(chart));
      }
      settle(config);
      assertThat(step.numKeyedStateEntries()).isZero();
      assertThat(step.numEventTimeTimers()).isZero();
      assertThat(step.numProcessingTimeTimers()).isZero();
    }
    assertThat(tombstones).isGreaterThan(500);
    assertThat(lists).isGreaterThan(2_000);
  }

  @Test
  void aChartThatNeverRestsGetsAListAnInterval() throws Exception {
    MatchConfig config = config(3, ALL, 0);
    open(config);
    Random random = new Random(1);
    take(crowd.put("ann", Crowd.chart(random)));
    settle(config);
    lists = 0;
    for (int i = 0; i < 20 * EVERY; i++) {
      take(crowd.put("the-sky", Crowd.chart(random)));
      tick(config);
    }
    settle(config);

    assertThat(lists).isBetween(20, 21);
  }

  @Test
  void theListsOfOthersStayAsTheyWereWhenAChartComes() throws Exception {
    open(config(3, ALL, 0));
    step.processElement(in(crowd.put("ann", Given.at(0))), 0);
    later();
    assertThat(drain(step)).containsExactly(new MatchList("ann", 1, COHORT, now, 0, List.of()));
    step.processElement(in(crowd.put("ben", Given.at(0))), 0);
    later();

    assertThat(drain(step)).extracting(MatchList::chartId).containsExactly("ben");
    later();
    assertThat(drain(step)).isEmpty();
  }

  @Test
  void whoeverNamedAnErasedChartGetsAnotherListAndNobodyElse() throws Exception {
    open(config(1, ALL, 0));
    for (String id : List.of("ann", "ben", "cleo")) {
      step.processElement(in(crowd.put(id, Given.at(0))), 0);
      later();
    }
    drain(step); // ann names nobody, ben and cleo name ann
    step.processElement(in(crowd.erase("ann")), 0);

    assertThat(drain(step)).containsExactly(MatchList.erased("ann", COHORT, now));
    later();
    Map<String, List<Match>> again = new TreeMap<>();
    drain(step).forEach(list -> again.put(list.chartId(), Objects.requireNonNull(list.matches())));
    assertThat(again.keySet()).containsExactly("ben", "cleo");
    assertThat(again.get("ben")).extracting(Match::chartId).containsExactly("cleo");
    assertThat(again.get("cleo")).extracting(Match::chartId).containsExactly("ben");
    step.processElement(in(crowd.erase("nobody")), 0);
    later();
    assertThat(drain(step)).isEmpty();
  }

  @Test
  void listsThatNameAnErasedChartComeBeforeThoseOfWhoCameSince() throws Exception {
    MatchConfig config = config(1, FEW, 0);
    open(config);
    for (String id : List.of("ann", "ben")) {
      take(crowd.put(id, Given.at(0)));
      settle(config);
    }
    for (int i = 0; i < PEOPLE; i++) {
      take(crowd.put("chart-" + i, Given.at(0)));
    }
    take(crowd.put("ben", Given.at(1)));
    take(crowd.erase("ann"));
    step.setProcessingTime(++now);

    assertThat(drain(step)).extracting(MatchList::chartId).startsWith("ben");
  }

  @Test
  void eachCohortHasListsOfItsOwnAndWhoLeavesOneIsGoneThere() throws Exception {
    for (String id : List.of("ann", "ben", "cid")) {
      ChartChange came = crowd.put(id, Given.at(0));
      step.processElement(in(came), 0);
      if (!id.equals("cid")) {
        step.processElement(CohortChange.of("red", came), 0);
      }
    }
    for (int millis = 0; millis < 2 * EVERY; millis++) {
      step.setProcessingTime(++now);
    }
    List<MatchList> out = drain(step);
    assertThat(out)
        .filteredOn(list -> list.cohort().equals("red"))
        .extracting(MatchList::chartId, list -> names(list))
        .containsExactlyInAnyOrder(tuple("ann", List.of("ben")), tuple("ben", List.of("ann")));
    assertThat(out)
        .filteredOn(list -> list.cohort().equals(COHORT))
        .extracting(MatchList::chartId)
        .containsExactlyInAnyOrder("ann", "ben", "cid");

    step.processElement(new CohortChange("red", "ann", 0, null), 0);
    assertThat(drain(step)).containsExactly(MatchList.erased("ann", "red", now));
    for (int millis = 0; millis < 2 * EVERY; millis++) {
      step.setProcessingTime(++now);
    }
    assertThat(drain(step))
        .extracting(MatchList::chartId, MatchList::cohort, list -> names(list))
        .containsExactly(tuple("ben", "red", List.of()));
  }

  private static List<String> names(MatchList list) {
    return Objects.requireNonNull(list.matches()).stream().map(Match::chartId).toList();
  }

  @Test
  void whenTheInputEndsWhoeverWaitsGetsItsListAtOnce() throws Exception {
    MatchConfig config = config(2, FEW, 0);
    open(config);
    Random random = new Random(2);
    for (int i = 0; i < 2 * PEOPLE; i++) {
      take(crowd.put("chart-" + i, Crowd.chart(random)));
    }
    tick(config);
    take(crowd.put("chart-0", Crowd.chart(random)));
    step.processWatermark(Long.MAX_VALUE);
    check(drain(step), false);

    assertThat(crowd.waiting()).isEmpty();
    assertThat(step.numEventTimeTimers()).isZero();
  }

  /** Takes a change; 1 if that gave a tombstone. */
  private int take(ChartChange change) throws Exception {
    step.processElement(in(change), 0);
    MatchList tombstone = change.after() == null ? crowd.tombstone(change.chartId(), now) : null;
    assertThat(drain(step)).isEqualTo(tombstone == null ? List.of() : List.of(tombstone));
    return tombstone == null ? 0 : 1;
  }

  /**
   * A millisecond passes: one timer at most, that looks at no more pairs than four of the longest
   * lists.
   */
  private void tick(MatchConfig config) throws Exception {
    step.setProcessingTime(++now);
    List<MatchList> out = drain(step);
    check(out, true);
    if (out.size() > 1) {
      assertThat(out.size() * crowd.candidates()).isLessThanOrEqualTo(4 * config.candidates());
    }
  }

  private void check(List<MatchList> out, boolean inTime) {
    for (MatchList list : out) {
      String id = list.chartId();
      assertThat(crowd.waiting()).contains(id);
      Long before = crowd.listedAt(id);
      if (before != null && inTime) {
        assertThat(list.at()).isGreaterThanOrEqualTo(before + EVERY);
      }
      assertThat(list).isEqualTo(crowd.list(id, now));
      lists++;
    }
  }

  /** After so long nobody waits, and no list names whom there is not. */
  private void settle(MatchConfig config) throws Exception {
    for (long left = 2 * EVERY + 50 * PEOPLE; left > 0; left--) {
      tick(config);
    }
    assertThat(crowd.waiting()).isEmpty();
    Set<String> gone = new TreeSet<>();
    for (int i = 0; i < PEOPLE; i++) {
      gone.add("chart-" + i);
    }
    crowd.charts().forEach(gone::remove);
    assertThat(crowd.anyNames(gone)).isFalse();
  }

  /** Goes on from a checkpoint, as one of several subtasks. */
  private void restart(MatchConfig config, Random random) throws Exception {
    OperatorSubtaskState state = step.snapshot(1, 1);
    step.close();
    int parallelism = 1 + random.nextInt(3);
    int index =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            COHORT, Subtask.MAX_PARALLELISM, parallelism);
    Subtask to = Subtask.of(index, parallelism);
    step = harness(config, to, Rescale.share(List.of(state), to));
    tick(config);
  }

  private static CohortChange in(ChartChange change) {
    return CohortChange.of(COHORT, change);
  }

  private void later() throws Exception {
    now += EVERY;
    step.setProcessingTime(now);
  }

  private void open(MatchConfig config) throws Exception {
    step.close();
    start(config);
  }

  private void start(MatchConfig config) throws Exception {
    crowd = new Crowd(COHORT, config);
    now = 1_000;
    step = harness(config, Subtask.ONLY, null);
    step.setProcessingTime(now);
  }

  private static MatchConfig config(int best, int candidates, int seed) {
    String kernel = seed % 2 == 0 ? Kernels.AUTO : ReferenceKernel.NAME;
    return new MatchConfig(best, EVERY, candidates, kernel, KernelSettings.DEFAULT);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, CohortChange, MatchList> harness(
      MatchConfig config, Subtask subtask, @Nullable OperatorSubtaskState restored)
      throws Exception {
    MatchesFunction function = new MatchesFunction(config, AspectPolicy::classic);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function),
            CohortChange::cohort,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            subtask.parallelism(),
            subtask.index());
    harness.setup(function.getProducedType().createSerializer(new SerializerConfigImpl()));
    if (restored == null) {
      harness.initializeEmptyState();
    } else {
      harness.initializeState(restored);
    }
    harness.open();
    return harness;
  }
}
