package io.cosmichub.streaming.aspect;

import static io.cosmichub.streaming.aspect.ServedPairs.moved;
import static io.cosmichub.streaming.aspect.ServedPairs.result;
import static io.cosmichub.streaming.aspect.ServedPairs.whole;
import static io.cosmichub.streaming.given.Given.at;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static io.cosmichub.streaming.given.Models.announce;
import static io.cosmichub.streaming.given.Models.experiment;
import static io.cosmichub.streaming.given.Models.flag;
import static io.cosmichub.streaming.given.Models.linear;
import static io.cosmichub.streaming.given.Models.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.feature.FeatureGroup;
import io.cosmichub.model.LinearModel;
import io.cosmichub.model.PairModel;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Served;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Models;
import io.cosmichub.streaming.given.Subtask;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A body in another sign changes what some models answer, though no aspect changes. */
final class SignsServedTest {

  private static final Longitudes A = at(15, 100);
  private static final Longitudes BEFORE = at(29, 220);
  private static final Longitudes AFTER = at(31, 220);
  private static final Longitudes FURTHER = at(32, 220);

  private final Harnesses harnesses = new Harnesses();
  private KeyedOneInputStreamOperatorTestHarness<String, PairResult, PairUpdate> aspects;

  @BeforeEach
  void open() throws Exception {
    aspects = harnesses.aspects(Subtask.ONLY, null);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void aPairIsScoredAgainWithoutADeltaWhenABodyIsInAnotherSign() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(flag(1, 1, "m", "")));
    PairUpdate first = put(whole("p", A, BEFORE)).get(0);
    List<PairUpdate> updates = put(result(moved("p", A, BEFORE, AFTER)));

    assertThat(updates).hasSize(1);
    PairUpdate again = updates.get(0);
    assertThat(again.changes()).isEmpty();
    assertThat(again.aspects()).isEqualTo(first.aspects()).isNotEqualTo(AspectSet.EMPTY);
    assertThat(again.score()).isEqualTo(first.score());
    assertThat(again.sequence()).isEqualTo(first.sequence()).isEqualTo(1);
    assertThat(again.revisionB()).isEqualTo(4);
    assertThat(again.served())
        .isEqualTo(new Served("m@1", ServedPairs.answer(linear(1), A, AFTER), "", ""))
        .isNotEqualTo(first.served());

    assertThat(put(result(moved("p", A, AFTER, FURTHER)))).as("in the same sign").isEmpty();
    List<PairUpdate> gone = put(result(moved("p", A, FURTHER, at(32))));
    assertThat(gone).as("an aspect went, and a body from its sign").hasSize(1);
    assertThat(gone.get(0).changes()).hasSize(1);
    assertThat(gone.get(0).served())
        .isEqualTo(new Served("m@1", ServedPairs.answer(linear(1), A, at(32)), "", ""));
  }

  @Test
  void whereTheRulesOrAModelThatReadsNoSignsScoreNothingIsSaid() throws Exception {
    put(whole("p", A, BEFORE));
    assertThat(put(result(moved("p", A, BEFORE, AFTER)))).as("the rules").isEmpty();
    told(tell(announce("m", 1, Models.artifact(withoutSigns(), 8, 0))));
    told(tell(flag(1, 1, "m", "")));
    put(whole("q", A, BEFORE));
    assertThat(put(result(moved("q", A, BEFORE, AFTER)))).as("no signs").isEmpty();
  }

  @Test
  void allArmsOfAnExperimentAreScoredAgainSoThatNoneIsExposedMoreOften() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(experiment(1, "m")));
    assertThat(armsScoredAgain("p")).contains("control", "model").hasSize(20);
    told(tell(announce("m", 2, Models.artifact(withoutSigns(), 8, 0))));
    assertThat(armsScoredAgain("q")).isEmpty();
  }

  @Test
  void aPairThatAlsoChangesCohortsDoesThatFirst() throws Exception {
    told(tell(announce("m", 1, 1)));
    told(tell(experiment(1, "m")));
    PairUpdate first = put(whole("p", A, BEFORE)).get(0);
    PairCohorts cohorts = new PairCohorts(List.of("kept"), List.of("left"), List.of("joined"));
    List<PairUpdate> updates = put(result(moved("p", A, BEFORE, AFTER).in(cohorts)));

    assertThat(updates).extracting(PairUpdate::regroups).containsExactly(true, false);
    assertThat(updates.get(0).cohorts()).isEqualTo(cohorts);
    assertThat(updates.get(0).served()).isEqualTo(first.served());
    assertThat(updates.get(1).cohorts())
        .isEqualTo(new PairCohorts(List.of("kept", "joined"), List.of(), List.of()));
    assertThat(updates.get(1).was()).isEqualTo(first.served());
    assertThat(updates.get(1).served()).isNotNull();
  }

  /** The arms of pairs that were scored again when a body came into another sign. */
  private List<String> armsScoredAgain(String prefix) throws Exception {
    for (int pair = 0; pair < 20; pair++) {
      put(whole(prefix + pair, A, BEFORE));
    }
    for (int pair = 0; pair < 20; pair++) {
      aspects.processElement(result(moved(prefix + pair, A, BEFORE, AFTER)), 0);
    }
    return drain(aspects).stream()
        .map(update -> Objects.requireNonNull(update.served()).arm())
        .toList();
  }

  private List<PairUpdate> put(PairResult result) throws Exception {
    aspects.processElement(result, 0);
    return drain(aspects);
  }

  private void told(PairWork told) throws Exception {
    aspects.processElement(new PairResult(told, AspectSet.EMPTY), 0);
    assertThat(drain(aspects)).isEmpty();
  }

  private static PairModel withoutSigns() {
    double[] weights = new double[Models.SCHEMA.size()];
    Arrays.fill(weights, 1);
    Models.SCHEMA.indices(FeatureGroup.BALANCE).forEach(index -> weights[index] = 0);
    return new LinearModel(1, weights);
  }
}
