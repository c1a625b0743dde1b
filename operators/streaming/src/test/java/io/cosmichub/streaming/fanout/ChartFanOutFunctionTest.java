package io.cosmichub.streaming.fanout;

import static io.cosmichub.streaming.given.Given.at;
import static io.cosmichub.streaming.given.Given.chart;
import static io.cosmichub.streaming.given.Given.erase;
import static io.cosmichub.streaming.given.Given.join;
import static io.cosmichub.streaming.given.Given.leave;
import static io.cosmichub.streaming.given.Given.move;
import static io.cosmichub.streaming.given.Harnesses.drain;
import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.contracts.DeadLetterCode;
import io.cosmichub.pair.Side;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.given.Harnesses;
import io.cosmichub.streaming.given.Rescale;
import io.cosmichub.streaming.given.Subtask;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.DeadLetter;
import io.cosmichub.streaming.ingest.DeadLetters;
import io.cosmichub.streaming.population.PopulationTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChartFanOutFunctionTest {

  private static final int PAGE = 3;
  private static final int PAUSE = 7;
  private static final long MEMORY = 7 * 24 * 3_600_000L;
  private static final FanOutConfig CONFIG = new FanOutConfig(0, PAGE, PAUSE, MEMORY);

  private final Harnesses harnesses = new Harnesses();
  private KeyedTwoInputStreamOperatorTestHarness<String, ChartInput, KeyedMembership, SideUpdate>
      fanOut;

  @BeforeEach
  void open() throws Exception {
    fanOut = harnesses.fanOut(CONFIG, Subtask.ONLY, null);
    fanOut.setProcessingTime(1_000);
  }

  @AfterEach
  void close() throws Exception {
    harnesses.close();
  }

  @Test
  void aMemberIsToldTheTruthWhenItJoins() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    assertThat(drain(fanOut))
        .containsExactly(
            SideUpdate.truth("p", Side.A, 1, "sun", null, Given.INGESTED_AT, Given.INGESTED_AT));

    put(chart("sun", 5, at(10)));
    assertThat(drain(fanOut)).containsExactly(told("p", Side.A, 1, "sun", 1, 5, at(10)));

    membership(join("sun", "q", Side.B, 2));
    assertThat(drain(fanOut)).containsExactly(told("q", Side.B, 2, "sun", 1, 5, at(10)));
  }

  @Test
  void whoLeavesIsToldSoAndNothingIsKept() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    drain(fanOut);
    membership(leave("sun", "p", Side.A, 1));
    assertThat(drain(fanOut))
        .containsExactly(
            SideUpdate.closed("p", Side.A, 1, "sun", Given.INGESTED_AT, Given.INGESTED_AT));
    assertEmpty();
  }

  @Test
  void onlyWhatIsNewIsTold() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(chart("sun", 5, at(10, 20)));
    drain(fanOut);

    put(chart("sun", 5, at(10, 20)));
    put(chart("sun", 4, at(99)));
    put(chart("sun", 6, at(10, 20)));
    assertThat(drain(fanOut)).isEmpty();

    put(move("sun", 7, at(11)));
    assertThat(drain(fanOut)).containsExactly(told("p", Side.A, 1, "sun", 1, 7, at(11, 20)));
  }

  @Test
  void whatIsNewOfAChartIsSaidWithItsRevisionThoughNobodyWatchesIt() throws Exception {
    put(chart("sun", 5, at(10, 20)));
    put(chart("sun", 6, at(10, 20)));
    put(move("sun", 7, at(11)));
    put(erase("sun"));

    assertThat(fanOut.getSideOutput(PopulationTypes.CHART_CHANGES))
        .extracting(StreamRecord::getValue)
        .containsExactly(
            new ChartChange("sun", 5, Given.INGESTED_AT + 5, null, at(10, 20)),
            new ChartChange("sun", 7, Given.INGESTED_AT + 7, at(10, 20), at(11, 20)),
            new ChartChange("sun", 0, Given.INGESTED_AT, at(11, 20), null));
  }

  @Test
  void anyOrderOfUpdatesEndsInTheSameTruth() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(move("sun", 7, at(11)));
    put(move("sun", 6, at(12, 22)));
    put(chart("sun", 5, at(13, 23, 33)));
    List<SideUpdate> told = drain(fanOut);
    assertThat(told.get(told.size() - 1).longitudes()).isEqualTo(at(11, 22, 33));
    assertThat(told.get(told.size() - 1).revision()).isEqualTo(7);
  }

  @Test
  void aConflictIsDeadLetteredWithItsBytesAndChangesNothing() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(chart("sun", 5, at(10)));
    drain(fanOut);
    ChartInput conflict = chart("sun", 5, at(11));
    put(conflict);
    assertThat(drain(fanOut)).isEmpty();
    assertThat(fanOut.getSideOutput(DeadLetters.TAG))
        .extracting(StreamRecord::getValue)
        .containsExactly(
            new DeadLetter(
                conflict.origin(),
                DeadLetterCode.REVISION_CONFLICT,
                DeadLetterCode.REVISION_CONFLICT.description(),
                "chart-fan-out"));
    membership(join("sun", "q", Side.A, 2));
    assertThat(drain(fanOut)).containsExactly(told("q", Side.A, 2, "sun", 1, 5, at(10)));
  }

  @Test
  void anErasedChartIsToldAsUnknownAndOnlyItsMarkIsKeptUntilItsTime() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(chart("sun", 5, at(10)));
    drain(fanOut);
    put(erase("sun"));
    assertThat(drain(fanOut))
        .containsExactly(
            SideUpdate.truth("p", Side.A, 1, "sun", null, Given.INGESTED_AT, Given.INGESTED_AT));
    membership(leave("sun", "p", Side.A, 1));
    assertThat(fanOut.numKeyedStateEntries()).isEqualTo(1);

    fanOut.setProcessingTime(1_000 + MEMORY - 1);
    assertThat(fanOut.numKeyedStateEntries()).isEqualTo(1);
    fanOut.setProcessingTime(1_000 + MEMORY);
    assertEmpty();
  }

  @Test
  void aLateMoveDoesNotBringAnErasedChartBackWhileItIsRemembered() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(chart("sun", 5, at(10)));
    put(erase("sun"));
    drain(fanOut);
    put(move("sun", 6, at(11)));
    put(erase("sun"));
    assertThat(drain(fanOut)).isEmpty();

    fanOut.setProcessingTime(1_000 + MEMORY);
    put(move("sun", 6, at(11)));
    assertThat(drain(fanOut)).containsExactly(told("p", Side.A, 1, "sun", 1, 6, at(11)));
  }

  @Test
  void aFullChartBeginsANewLifeWhateverItsRevision() throws Exception {
    membership(join("sun", "p", Side.A, 1));
    put(chart("sun", 5, at(10)));
    int entries = fanOut.numKeyedStateEntries();
    put(erase("sun"));
    drain(fanOut);
    put(chart("sun", 2, at(12)));
    assertThat(fanOut.numKeyedStateEntries()).isEqualTo(entries);
    assertThat(drain(fanOut)).containsExactly(told("p", Side.A, 1, "sun", 2, 2, at(12)));
    assertThat(fanOut.numProcessingTimeTimers()).isZero();
    put(move("sun", 3, at(13)));
    assertThat(drain(fanOut)).containsExactly(told("p", Side.A, 1, "sun", 2, 3, at(13)));
  }

  @Test
  void oneTimerTellsOnePage() throws Exception {
    joinAll("sun", 3 * PAGE);
    put(chart("sun", 1, at(10)));
    assertThat(drain(fanOut)).hasSize(PAGE);
    assertThat(fanOut.numProcessingTimeTimers()).isEqualTo(1);
    fanOut.setProcessingTime(1_000 + PAUSE - 1);
    assertThat(drain(fanOut)).isEmpty();
    fanOut.setProcessingTime(1_000 + PAUSE);
    assertThat(drain(fanOut)).hasSize(PAGE);
    assertThat(fanOut.numProcessingTimeTimers()).isEqualTo(1);
    fanOut.setProcessingTime(1_000 + 2 * PAUSE);
    assertThat(drain(fanOut)).hasSize(PAGE);
    assertThat(fanOut.numProcessingTimeTimers()).isZero();
    assertThat(fanOut.numEventTimeTimers()).isZero();
  }

  @Test
  void aChangeDuringAWalkIsToldToEveryoneByOneTimerAtATime() throws Exception {
    joinAll("sun", 4 * PAGE);
    Map<String, Longitudes> latest = new HashMap<>();
    put(chart("sun", 1, at(10)));
    put(chart("sun", 2, at(20)));
    assertThat(fanOut.numProcessingTimeTimers()).isEqualTo(1);
    remember(latest);
    for (int page = 0; page < 3; page++) {
      fanOut.setProcessingTime(1_000 + (page + 1) * PAUSE);
      List<SideUpdate> told = drain(fanOut);
      assertThat(told).hasSize(PAGE);
      told.forEach(update -> latest.put(update.pairId(), update.longitudes()));
    }
    assertThat(fanOut.numProcessingTimeTimers()).isZero();
    assertThat(latest)
        .hasSize(4 * PAGE)
        .allSatisfy((pair, told) -> assertThat(told).isEqualTo(at(20)));
  }

  @Test
  void membershipMayChangeDuringAWalk() throws Exception {
    joinAll("sun", 4 * PAGE);
    put(chart("sun", 1, at(10)));
    Map<String, Longitudes> latest = new HashMap<>();
    remember(latest);
    membership(leave("sun", "p0", Side.A, 1));
    membership(leave("sun", "p5", Side.A, 1));
    membership(join("sun", "late", Side.B, 9));
    passTo(3_000, fanOut);
    remember(latest);
    latest.keySet().removeAll(List.of("p0", "p5"));
    assertThat(latest)
        .hasSize(4 * PAGE - 1)
        .allSatisfy((pair, told) -> assertThat(told).isEqualTo(at(10)));
    assertThat(fanOut.numProcessingTimeTimers() + fanOut.numEventTimeTimers()).isZero();
  }

  @Test
  void anErasureDuringAWalkIsToldToEveryone() throws Exception {
    joinAll("sun", 3 * PAGE);
    put(chart("sun", 1, at(10)));
    put(erase("sun"));
    Map<String, SideUpdate> latest = new LinkedHashMap<>();
    passTo(3_000, fanOut);
    drain(fanOut).forEach(update -> latest.put(update.pairId(), update));
    assertThat(latest.values())
        .hasSize(3 * PAGE)
        .allMatch(told -> told.kind() == SideUpdate.Kind.OPENED && told.chartId().equals("sun"));
  }

  @Test
  void anErasureIsNotForgottenBeforeEveryoneHasHeardOfIt() throws Exception {
    fanOut = harnesses.fanOut(new FanOutConfig(0, PAGE, PAUSE, 1), Subtask.ONLY, null);
    fanOut.setProcessingTime(1_000);
    joinAll("sun", 5 * PAGE);
    put(chart("sun", 5, at(10)));
    passTo(2_000, fanOut);
    drain(fanOut);
    put(erase("sun"));
    fanOut.setProcessingTime(2_001);
    assertThat(fanOut.numEventTimeTimers()).as("the walk goes on").isOne();
    drain(fanOut);

    put(chart("sun", 1, at(20)));
    passTo(3_000, fanOut);
    assertThat(drain(fanOut)).hasSize(5 * PAGE).allMatch(told -> told.life() == 2);

    put(erase("sun"));
    passTo(4_000, fanOut);
    drain(fanOut);
    put(move("sun", 9, at(30)));
    passTo(5_000, fanOut);
    assertThat(drain(fanOut)).as("forgotten after the walk").hasSize(5 * PAGE);
  }

  @Test
  void aWalkEndsWithTheInput() throws Exception {
    joinAll("sun", 5 * PAGE);
    put(chart("sun", 1, at(10)));
    assertThat(drain(fanOut)).hasSize(PAGE);
    fanOut.processWatermark1(Watermark.MAX_WATERMARK);
    assertThat(drain(fanOut)).isEmpty();
    fanOut.processWatermark2(Watermark.MAX_WATERMARK);
    assertThat(drain(fanOut)).hasSize(4 * PAGE);
    assertThat(fanOut.numEventTimeTimers()).isZero();

    put(chart("sun", 2, at(20)));
    assertThat(drain(fanOut)).hasSize(5 * PAGE);
    assertThat(fanOut.numEventTimeTimers()).isZero();
  }

  @Test
  void aWalkGoesOnAfterARestore() throws Exception {
    joinAll("sun", 3 * PAGE);
    put(chart("sun", 1, at(10)));
    Map<String, Longitudes> latest = new HashMap<>();
    remember(latest);
    OperatorSubtaskState snapshot = fanOut.snapshot(1, 1);
    fanOut = harnesses.fanOut(CONFIG, Subtask.ONLY, snapshot);
    passTo(6_000, fanOut);
    remember(latest);
    assertThat(latest).hasSize(3 * PAGE);
    assertThat(fanOut.numProcessingTimeTimers() + fanOut.numEventTimeTimers()).isZero();
  }

  @Test
  void everyWalkEndsAcrossRescaling() throws Exception {
    int charts = 12;
    for (int c = 0; c < charts; c++) {
      joinAll("chart" + c, 3 * PAGE);
      put(chart("chart" + c, 1, at(10)));
    }
    drain(fanOut);
    List<OperatorSubtaskState> one = List.of(fanOut.snapshot(1, 1));
    List<OperatorSubtaskState> two = new ArrayList<>();
    Map<String, Integer> told = new HashMap<>();
    for (Subtask half : Subtask.all(2)) {
      var harness = harnesses.fanOut(CONFIG, half, Rescale.share(one, half));
      harness.setProcessingTime(1_000 + PAUSE);
      List<SideUpdate> mine = drain(harness);
      assertThat(mine).isNotEmpty().allMatch(update -> owner(update.chartId()) == half.index());
      mine.forEach(update -> told.merge(update.chartId(), 1, Integer::sum));
      two.add(harness.snapshot(2, 2));
    }
    var harness = harnesses.fanOut(CONFIG, Subtask.ONLY, Rescale.share(two, Subtask.ONLY));
    passTo(2_000, harness);
    drain(harness).forEach(update -> told.merge(update.chartId(), 1, Integer::sum));
    assertThat(told).hasSize(charts).allSatisfy((c, n) -> assertThat(n).isEqualTo(2 * PAGE));
    assertThat(harness.numProcessingTimeTimers() + harness.numEventTimeTimers()).isZero();
  }

  @Test
  void endsEmpty() throws Exception {
    joinAll("sun", 3 * PAGE);
    put(chart("sun", 1, at(10)));
    passTo(2_000, fanOut);
    for (int pair = 0; pair < 3 * PAGE; pair++) {
      membership(leave("sun", "p" + pair, Side.A, 1));
    }
    put(erase("sun"));
    fanOut.setProcessingTime(2_000 + MEMORY);
    assertEmpty();
  }

  private static int owner(String chartId) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(
        Given.key(chartId), Subtask.MAX_PARALLELISM, 2);
  }

  /** Lets time pass in steps that are short enough for every page. */
  private static void passTo(long time, AbstractStreamOperatorTestHarness<?> harness)
      throws Exception {
    while (harness.getProcessingTime() < time) {
      harness.setProcessingTime(Math.min(time, harness.getProcessingTime() + PAUSE));
    }
  }

  private void joinAll(String chartId, int members) throws Exception {
    for (int pair = 0; pair < members; pair++) {
      membership(join(chartId, "p" + pair, Side.A, 1));
    }
    drain(fanOut);
  }

  private void remember(Map<String, Longitudes> latest) {
    drain(fanOut).forEach(update -> latest.put(update.pairId(), update.longitudes()));
  }

  private void put(ChartInput input) throws Exception {
    fanOut.processElement1(input, 0);
  }

  private void membership(KeyedMembership input) throws Exception {
    fanOut.processElement2(input, 0);
  }

  private void assertEmpty() {
    assertThat(fanOut.numKeyedStateEntries()).isZero();
    assertThat(fanOut.numProcessingTimeTimers()).isZero();
    assertThat(fanOut.numEventTimeTimers()).isZero();
  }

  private static SideUpdate told(
      String pair, Side side, long epoch, String chart, int life, long revision, Longitudes at) {
    return new SideUpdate(
        pair,
        side,
        epoch,
        SideUpdate.Kind.CHART,
        chart,
        life,
        revision,
        Given.INGESTED_AT + revision,
        at,
        Given.INGESTED_AT);
  }
}
