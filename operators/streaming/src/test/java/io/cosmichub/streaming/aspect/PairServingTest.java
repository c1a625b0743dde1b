package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.aspect.ServedPairs.result;
import static io.cosmichub.streaming.aspect.ServedPairs.whole;
import static io.cosmichub.streaming.aspect.ServedPairs.work;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.experiment;
import static io.cosmichub.streaming.given.Models.flag;
import static io.cosmichub.streaming.given.Models.linear;
import static io.cosmichub.streaming.given.Models.remove;
import static io.cosmichub.streaming.given.Models.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.score.RuleScore;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.exposure.Exposures;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.given.Tight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the step of aspects makes of what it is told. */
final class PairServingTest {

  private static final int ALL = 0x3FF;

  private final Harnesses harnesses = new Harnesses();
  private final Random random = new Random(5);
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;
  private int pairs;

  @BeforeEach
  void open() throws Exception {
    aspects = harnesses.aspects(Subtask.ONLY, null);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void aModelScoresWhenAFlagNamesItAndNotBefore() throws Exception {
    told(tell(announce("m", 3, 1)));
    assertThat(score(chart(), chart())).isNull();
    told(tell(flag(1, 1, "m", "")));
    Longitudes a = chart();
    Longitudes b = chart();
    assertThat(score(a, b)).isEqualTo(new Served("m@3", expected(1, a, b), "", ""));
    told(remove("m"));
    assertThat(score(chart(), chart())).isNull();
  }

  @Test
  void anotherVersionScoresFromTheNextPairOn() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    for (int version = 2; version < 6; version++) {
      told(tell(announce("m", version, version)));
      Longitudes a = chart();
      Longitudes b = chart();
      assertThat(score(a, b))
          .isEqualTo(new Served("m@" + version, expected(version, a, b), "", ""));
    }
  }

  @Test
  void whoIsInAtAShareIsInAtEveryLargerOneAndTheOthersKeepTheirModel() throws Exception {
    told(tell(announce("current", 1, 1)));
    told(tell(announce("next", 1, 2)));
    List<String> in = new ArrayList<>();
    int version = 1;
    for (double share : new double[] {0, 0.05, 0.2, 0.7, 1}) {
      told(tell(flag(version++, share, "next", "current")));
      List<String> now = new ArrayList<>();
      for (int pair = 0; pair < 200; pair++) {
        aspects.processElement(whole("pair-" + pair, chart(), chart()), 0);
        PairUpdate update = drain(aspects).get(0);
        aspects.processElement(closed(update), 0);
        drain(aspects);
        if (Objects.requireNonNull(update.served()).model().equals("next@1")) {
          now.add(update.pairId());
        }
      }
      assertThat(now).containsAll(in);
      assertThat(now.size()).isBetween((int) (200 * share) - 25, (int) (200 * share) + 25);
      in = now;
    }
    assertThat(in).hasSize(200);
  }

  @Test
  void aShareThatIsLoweredGivesPairsBackAndTheyAreRevisitedOnce() throws Exception {
    told(tell(announce("current", 1, 1)));
    told(tell(announce("next", 1, 2)));
    told(tell(flag(1, 1, "next", "current")));
    Longitudes a = Given.at(0, 10);
    Longitudes b = Given.at(120);
    for (int pair = 0; pair < 100; pair++) {
      aspects.processElement(whole("pair-" + pair, a, b), 0);
    }
    drain(aspects);
    Served current = new Served("current@1", expected(1, a, b), "", "");

    told(tell(flag(2, 0.3, "next", "current")));
    List<PairUpdate> back = rescored(100, a, b);
    assertThat(back.size()).isBetween(55, 85);
    assertThat(back).allMatch(update -> current.equals(update.served()));
    assertThat(back).allMatch(update -> update.changes().isEmpty());
    assertThat(rescored(100, a, b)).as("revisited once").isEmpty();

    told(tell(flag(3, 0, "next", "")));
    List<PairUpdate> byRules = rescored(100, a, b);
    assertThat(byRules).hasSize(100).allMatch(update -> update.served() == null);
    assertThat(rescored(100, a, b)).isEmpty();
  }

  @Test
  void aModelOfOtherFeaturesIsLeftOutAfterARestoreAndIsThereAgainInAJobThatHasThem()
      throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    OperatorSubtaskState snapshot = aspects.snapshot(1, 1);
    Longitudes a = chart();
    Longitudes b = chart();

    aspects = harnesses.aspects(Tight::tight, 1 << 20, Subtask.ONLY, snapshot);
    ReferenceKernel kernel = new ReferenceKernel(Tight.tight());
    PairWork work = whole("p", a, b).work();
    aspects.processElement(new PairResult(work, kernel.aspects(a, b, ALL, ALL)), 0);
    PairUpdate byRules = drain(aspects).get(0);
    assertThat(byRules.served()).isNull();
    assertThat(byRules.score()).isEqualTo(RuleScore.of(byRules.aspects(), Tight.tight()));

    aspects = harnesses.aspects(Subtask.ONLY, aspects.snapshot(2, 2));
    assertThat(score(a, b)).isEqualTo(new Served("m@1", expected(1, a, b), "", ""));
  }

  @Test
  void anExperimentComesBeforeAFlagAndNamesItsArm() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    told(tell(experiment(1, "m")));
    Map<String, Integer> arms = new HashMap<>();
    for (int pair = 0; pair < 300; pair++) {
      Longitudes a = chart();
      Longitudes b = chart();
      Served served = Objects.requireNonNull(score(a, b));
      assertThat(served.experiment()).isEqualTo("trial");
      arms.merge(served.arm(), 1, Integer::sum);
      assertThat(served)
          .isEqualTo(
              served.arm().equals("model")
                  ? new Served("m@1", expected(1, a, b), "trial", "model")
                  : new Served("", 0, "trial", "control"));
    }
    List<Exposure> exposures = new ArrayList<>();
    aspects.getSideOutput(Exposures.TAG).forEach(record -> exposures.add(record.getValue()));
    assertThat(exposures)
        .hasSize(300)
        .extracting(Exposure::unit)
        .doesNotHaveDuplicates()
        .allMatch(unit -> unit.startsWith("p"));
    for (String arm : arms.keySet()) {
      assertThat(exposures.stream().filter(exposure -> exposure.arm().equals(arm)))
          .hasSize(arms.getOrDefault(arm, 0));
    }
    assertThat(arms.keySet()).containsExactlyInAnyOrder("control", "model");
    assertThat(arms.values()).allMatch(count -> count > 100);
  }

  @Test
  void anExperimentWaitsForItsModels() throws Exception {
    told(tell(experiment(1, "m")));
    assertThat(score(chart(), chart())).isNull();
    told(tell(announce("m", 1, 1)));
    assertThat(score(chart(), chart())).isNotNull();
  }

  @Test
  void aPairIsPublishedAgainWithoutADeltaWhenItIsRescored() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    Longitudes a = Given.at(0, 10);
    Longitudes b = Given.at(120);
    aspects.processElement(whole("p", a, b), 0);
    PairUpdate first = drain(aspects).get(0);
    told(tell(announce("m", 2, 2)));
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    PairUpdate again = drain(aspects).get(0);
    assertThat(again.changes()).isEmpty();
    assertThat(again.aspects()).isEqualTo(first.aspects());
    assertThat(again.score()).isEqualTo(first.score());
    assertThat(again.sequence()).isEqualTo(first.sequence());
    assertThat(again.served()).isEqualTo(new Served("m@2", expected(2, a, b), "", ""));
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    assertThat(drain(aspects)).as("scored by the same model").isEmpty();
    OperatorSubtaskState snapshot = aspects.snapshot(1, 1);
    aspects = harnesses.aspects(Subtask.ONLY, snapshot);
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    assertThat(drain(aspects)).as("and that is known after a restore").isEmpty();
    told(remove("who"));
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    assertThat(drain(aspects).get(0).served()).isNull();
    aspects.processElement(result(work("unknown", PairWork.Kind.RESCORE, a, b)), 0);
    assertThat(drain(aspects)).isEmpty();
  }

  @Test
  void aPairThatAWalkComesByIsExposedThenAndNotWhenTheWalkBegan() throws Exception {
    aspects = harnesses.aspects(Tight.SOURCE, 1 << 20, Subtask.of(0, 1), null);
    Longitudes a = Given.at(0, 10);
    Longitudes b = Given.at(120);
    aspects.processElement(whole("p", a, b), 0);
    aspects.processElement(whole("turns", a, b), 0);
    aspects.processElement(result(work("turns", PairWork.Kind.TURN, a, b).under("tight")), 0);
    drain(aspects);
    told(tell(announce("m", 1, 1)));
    told(tell(experiment(1, "m")));
    long now = Given.INGESTED_AT + Duration.ofHours(5).toMillis();
    aspects.setProcessingTime(now);
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    aspects.processElement(result(work("turns", PairWork.Kind.TURN, a, b)), 0);
    aspects.processElement(whole("moves", a, b), 0);

    assertThat(drain(aspects)).hasSize(3).allMatch(update -> update.served() != null);
    Map<String, Long> exposed = new HashMap<>();
    aspects
        .getSideOutput(Exposures.TAG)
        .forEach(record -> exposed.put(record.getValue().unit(), record.getValue().at()));
    assertThat(exposed).isEqualTo(Map.of("p", now, "turns", now, "moves", Given.INGESTED_AT));
  }

  @Test
  void anUpdateSaysInWhichArmThePairWasBeforeAndARestoreKnowsIt() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(experiment(1, "m")));
    Longitudes a = Given.at(0, 10);
    Longitudes b = Given.at(120);
    Map<String, Served> first = new HashMap<>();
    for (int pair = 0; pair < 20; pair++) {
      aspects.processElement(whole("p" + pair, a, b), 0);
      PairUpdate update = drain(aspects).get(0);
      assertThat(update.was()).isNull();
      first.put(update.pairId(), Objects.requireNonNull(update.served()));
    }
    assertThat(first.values()).extracting(Served::arm).contains("control", "model");
    OperatorSubtaskState snapshot = aspects.snapshot(1, 1);
    aspects = harnesses.aspects(Subtask.ONLY, snapshot);
    PairCohorts cohorts = new PairCohorts(List.of(), List.of("red"), List.of("blue"));
    aspects.processElement(result(work("p0", PairWork.Kind.REGROUP, a, b).in(cohorts)), 0);
    PairUpdate regrouped = drain(aspects).get(0);
    assertThat(regrouped.regroups()).isTrue();
    assertThat(regrouped.was()).isEqualTo(first.get("p0"));
    assertThat(regrouped.served()).isEqualTo(first.get("p0"));
    assertThat(regrouped.cohorts()).isEqualTo(cohorts);
    told(remove("trial"));
    for (String pair : first.keySet()) {
      aspects.processElement(result(work(pair, PairWork.Kind.RESCORE, a, b)), 0);
      PairUpdate again = drain(aspects).get(0);
      assertThat(again.was()).isEqualTo(first.get(pair));
      assertThat(again.served()).isNull();
      aspects.processElement(result(work(pair, PairWork.Kind.CLOSE, a, b)), 0);
      assertThat(drain(aspects).get(0).was()).as("it is in none any more").isNull();
    }
  }

  @Test
  void aPairUnderTheCandidateIsScoredByItsRulesAloneInNoExperiment() throws Exception {
    aspects = harnesses.aspects(Tight.SOURCE, 1 << 20, Subtask.of(0, 1), null);
    told(tell(announce("m", 1, 1)));
    told(tell(experiment(1, "m")));
    Longitudes a = chart();
    Longitudes b = chart();
    aspects.processElement(whole("p", a, b), 0);
    Served first = Objects.requireNonNull(drain(aspects).get(0).served());
    aspects.processElement(result(work("p", PairWork.Kind.TURN, a, b)), 0);
    assertThat(drain(aspects)).as("it is where it is").isEmpty();

    aspects.processElement(result(work("p", PairWork.Kind.TURN, a, b).under("tight")), 0);
    PairUpdate there = drain(aspects).get(0);
    assertThat(there.policy()).isEqualTo("tight");
    assertThat(there.served()).isNull();
    assertThat(there.was()).isEqualTo(first);
    assertThat(there.score()).isEqualTo(RuleScore.of(there.aspects(), Tight.tight()));
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b).under("tight")), 0);
    assertThat(drain(aspects)).as("nobody else scores it").isEmpty();
    assertThat(aspects.getSideOutput(Exposures.TAG)).as("exposed once").hasSize(1);

    aspects = harnesses.aspects(Tight.SOURCE, 1 << 20, Subtask.of(0, 1), aspects.snapshot(1, 1));
    aspects.processElement(result(work("p", PairWork.Kind.RESCORE, a, b)), 0);
    PairUpdate back = drain(aspects).get(0);
    assertThat(back.policyBefore()).isEqualTo("tight");
    assertThat(back.served()).isEqualTo(first);
    assertThat(back.was()).isNull();
    assertThat(back.sequence()).isEqualTo(3);
  }

  /** What comes of a walk over the first pairs. */
  private List<PairUpdate> rescored(int count, Longitudes a, Longitudes b) throws Exception {
    for (int pair = 0; pair < count; pair++) {
      aspects.processElement(result(work("pair-" + pair, PairWork.Kind.RESCORE, a, b)), 0);
    }
    return drain(aspects);
  }

  private void told(PairWork told) throws Exception {
    aspects.processElement(new PairResult(told, AspectSet.EMPTY), 0);
    assertThat(drain(aspects)).isEmpty();
  }

  private @Nullable Served score(Longitudes a, Longitudes b) throws Exception {
    aspects.processElement(whole("p" + pairs++, a, b), 0);
    return drain(aspects).get(0).served();
  }

  private Longitudes chart() {
    return ServedPairs.chart(random);
  }

  /** What the model of a seed answers, by the model itself. */
  private static double expected(long seed, Longitudes a, Longitudes b) {
    return ServedPairs.answer(linear(seed), a, b);
  }

  private static PairResult closed(PairUpdate update) {
    return result(work(update.pairId(), PairWork.Kind.CLOSE, Longitudes.NONE, Longitudes.NONE));
  }
}
