package io.cosmichub.streaming.matches;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.count.Cohorts;
import io.cosmichub.streaming.given.Given;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangesByCohortTest {

  private static final long SECOND = 1_000;
  private static final List<String> COLOURS = List.of("red", "green", Cohorts.EVERYONE);

  private OneInputStreamOperatorTestHarness<ChartChange, CohortChange> step;

  @BeforeEach
  void open() throws Exception {
    step = new OneInputStreamOperatorTestHarness<>(new ChangesByCohort());
    step.setup(CohortChange.TYPE.createSerializer(new SerializerConfigImpl()));
    step.open();
    step.setProcessingTime(SECOND);
  }

  @AfterEach
  void close() throws Exception {
    step.close();
  }

  @Test
  void aChartThatMovesIsToldOfOnceASecond() throws Exception {
    for (int place = 1; place <= 100; place++) {
      take(moved("ann", place - 1, place));
    }
    step.setProcessingTime(2 * SECOND - 1);
    assertThat(told()).isEmpty();
    step.setProcessingTime(2 * SECOND);
    assertThat(told())
        .containsExactly(new CohortChange(Cohorts.EVERYONE, "ann", 100, Given.at(100)));
    step.setProcessingTime(9 * SECOND);
    assertThat(told()).isEmpty();
    take(moved("ann", 100, 101));
    step.setProcessingTime(10 * SECOND);
    assertThat(told())
        .containsExactly(new CohortChange(Cohorts.EVERYONE, "ann", 101, Given.at(101)));
  }

  @Test
  void aSecondIsOverForEachChartByItself() throws Exception {
    take(moved("ann", 1, 2));
    step.setProcessingTime(SECOND + 400);
    take(moved("ben", 1, 2));
    step.setProcessingTime(SECOND + 420);
    take(moved("cat", 1, 2));
    step.setProcessingTime(SECOND + 900);
    take(moved("ann", 2, 3));

    step.setProcessingTime(2 * SECOND);
    assertThat(told()).containsExactly(new CohortChange(Cohorts.EVERYONE, "ann", 3, Given.at(3)));
    step.setProcessingTime(2 * SECOND + 400);
    assertThat(told()).extracting(CohortChange::chartId).containsExactly("ben");
    step.setProcessingTime(2 * SECOND + 449);
    assertThat(told()).as("not for each chart a timer").isEmpty();
    step.setProcessingTime(2 * SECOND + 450);
    assertThat(told()).extracting(CohortChange::chartId).containsExactly("cat");
  }

  @Test
  void aChartThatComesOrGoesIsToldOfAtOnce() throws Exception {
    take(new ChartChange("ann", 1, 0, null, Given.at(1)));
    assertThat(told()).containsExactly(new CohortChange(Cohorts.EVERYONE, "ann", 1, Given.at(1)));
    take(moved("ann", 1, 2));
    take(new ChartChange("ann", 0, 0, Given.at(2), null));
    assertThat(told()).containsExactly(new CohortChange(Cohorts.EVERYONE, "ann", 0, null));
    step.setProcessingTime(9 * SECOND);
    assertThat(told()).isEmpty();
  }

  @Test
  void nothingWaitsWhenACheckpointIsTakenOrTheInputEnds() throws Exception {
    take(moved("ann", 1, 2));
    step.getOperator().prepareSnapshotPreBarrier(1);
    assertThat(told()).hasSize(1);
    take(moved("ann", 2, 3));
    step.processWatermark(5);
    assertThat(told()).isEmpty();
    step.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(step.getOutput().poll())
        .isEqualTo(new StreamRecord<>(new CohortChange(Cohorts.EVERYONE, "ann", 3, Given.at(3))));
    assertThat(step.getOutput()).containsExactly(Watermark.MAX_WATERMARK);
  }

  @Test
  void whoIsBackWhereHeWasIsNotToldOf() throws Exception {
    take(moved("ann", 1, 2));
    take(moved("ann", 2, 1));
    step.setProcessingTime(9 * SECOND);
    assertThat(told()).isEmpty();
  }

  @Test
  void moreThanFourThousandDoNotWait() throws Exception {
    for (int chart = 0; chart < 4_095; chart++) {
      take(moved("chart-" + chart, 1, 2));
    }
    assertThat(told()).isEmpty();
    take(moved("ann", 1, 2));
    assertThat(told()).hasSize(4_096);
  }

  @Test
  void everyHistoryLeavesEachCohortAsIfEveryChangeHadBeenTold() throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Map<String, ChartChange> charts = new HashMap<>();
      Map<String, Longitudes> wanted = new HashMap<>();
      Map<String, Longitudes> found = new HashMap<>();
      for (int event = 0; event < 100; event++) {
        ChartChange next = next(random, charts);
        take(next);
        next.byCohort((cohort, part) -> keep(CohortChange.of(cohort, part), wanted));
        if (random.nextInt(20) == 0) {
          step.setProcessingTime(step.getProcessingTime() + random.nextInt(2 * (int) SECOND));
        }
        told().forEach(change -> keep(change, found));
      }
      step.getOperator().prepareSnapshotPreBarrier(seed);
      told().forEach(change -> keep(change, found));
      assertThat(found).isEqualTo(wanted).isNotEmpty();
    }
  }

  /** A chart comes, moves, joins and leaves cohorts, or goes. */
  private static ChartChange next(Random random, Map<String, ChartChange> charts) {
    String id = "chart-" + random.nextInt(6);
    ChartChange last = charts.get(id);
    Longitudes before = last == null ? null : last.after();
    Longitudes after =
        before != null && random.nextInt(6) == 0 ? null : Given.at(random.nextInt(360));
    ChartChange next =
        new ChartChange(
            id,
            last == null ? 1 : last.revision() + 1,
            0,
            before,
            after,
            before == null || last == null ? List.of() : last.cohortsAfter(),
            after == null ? List.of() : COLOURS.subList(0, random.nextInt(COLOURS.size() + 1)));
    charts.put(id, next);
    return next;
  }

  private static void keep(CohortChange change, Map<String, Longitudes> in) {
    String key = change.cohort() + " " + change.chartId();
    Longitudes now = change.longitudes();
    if (now == null) {
      in.remove(key);
    } else {
      in.put(key, now);
    }
  }

  private static ChartChange moved(String id, int from, int to) {
    return new ChartChange(id, to, 0, Given.at(from), Given.at(to));
  }

  private void take(ChartChange change) throws Exception {
    step.processElement(change, 0);
  }

  private List<CohortChange> told() {
    List<CohortChange> told = new ArrayList<>(step.extractOutputValues());
    step.getOutput().clear();
    @Nullable Queue<StreamRecord<CohortChange>> others =
        step.getSideOutput(CohortChange.OF_COHORTS);
    if (others != null) {
      others.forEach(record -> told.add(record.getValue()));
      others.clear();
    }
    return told;
  }
}
