package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Longitudes;
import io.cosmichub.pair.PairCohorts;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import io.cosmichub.population.count.ChartChange;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.streaming.given.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SampleOperatorTest {

  private static final long HOUR = 3_600_000;
  private static final Longitudes A = Given.at(1, 2, 3);
  private static final Longitudes B = Given.at(4, 5, 6);
  private static final Longitudes MOVED = Given.at(7, 5, 6);

  private static PatternConfig config(double share) {
    return new PatternConfig(new PaneClock(HOUR, 60_000), 20, 20, share, 1_000);
  }

  @Test
  void aPairIsSentAsItLastStoodInEachWindowHoweverOftenItChanged() throws Exception {
    try (var harness = harness(new SampledPairs(), 1)) {
      put(harness, work("p", PairWork.Kind.COMPUTE, A, B, 5));
      put(harness, work("p", PairWork.Kind.COMPUTE, A, MOVED, 6));
      put(harness, work("q", PairWork.Kind.COMPUTE, A, B, 7));
      put(harness, work("q", PairWork.Kind.CLOSE, A, B, HOUR + 8));
      put(harness, work("r", PairWork.Kind.RESCORE, A, B, 9));
      put(harness, PairWork.tell(new Told("a-flag", null), 0));
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.prepareSnapshotPreBarrier(1);

      long a = SampleShare.hash("a");
      long b = SampleShare.hash("b");
      assertThat(harness.extractOutputValues())
          .containsExactly(
              change(true, "p", HOUR, new Sampled(a, b, A, MOVED)),
              change(true, "q", HOUR, new Sampled(a, b, A, B)),
              change(true, "q", 2 * HOUR, null));
      harness.getOutput().clear();
      harness.prepareSnapshotPreBarrier(2);
      assertThat(harness.extractOutputValues()).isEmpty();
    }
  }

  @Test
  void whatBelongsToAWindowIsSentBeforeItCloses() throws Exception {
    try (var harness = harness(new SampledCharts(), 1)) {
      harness.processElement(new ChartChange("ann", 1, 5, null, A), 0);
      harness.processElement(new ChartChange("ben", 0, HOUR + 5, A, null), 0);
      harness.processWatermark(HOUR + 59_999);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processWatermark(HOUR + 60_000);

      assertThat(harness.extractOutputValues())
          .containsExactly(
              change(false, "ann", HOUR, Sampled.chart(SampleShare.hash("ann"), A)),
              change(false, "ben", 2 * HOUR, null));
      List<Object> out = new ArrayList<>(harness.getOutput());
      assertThat(out.get(out.size() - 1)).as("the watermark follows").isInstanceOf(Watermark.class);
    }
  }

  @Test
  void onlyTheShareIsTakenAndNoMoreWaitsThanThereIsRoomFor() throws Exception {
    try (var harness = harness(new SampledPairs(), 0.25)) {
      SampleShare quarter = SampleShare.of(0.25);
      long taken = 0;
      for (int i = 0; i < 20_000; i++) {
        put(harness, work("pair-" + i, PairWork.Kind.COMPUTE, A, B, i));
        taken += quarter.takes(SampleShare.hash("pair-" + i)) ? 1 : 0;
      }
      assertThat(harness.extractOutputValues()).hasSize((int) taken - 512);

      harness.getOneInputOperator().finish();

      assertThat(harness.extractOutputValues())
          .hasSize((int) taken)
          .allMatch(change -> quarter.takes(change.id()));
    }
  }

  @Test
  void whatHasNotChangedForLongestGivesWayAndWhatChangesWaitsOn() throws Exception {
    try (var harness = harness(new SampledPairs(), 1)) {
      put(harness, work("often", PairWork.Kind.COMPUTE, A, B, 1));
      put(harness, work("once", PairWork.Kind.COMPUTE, A, B, 2));
      for (int i = 0; i < 510; i++) {
        put(harness, work("pair-" + i, PairWork.Kind.COMPUTE, A, B, 3));
      }
      put(harness, work("often", PairWork.Kind.COMPUTE, A, MOVED, 4));
      assertThat(harness.extractOutputValues()).isEmpty();

      put(harness, work("last", PairWork.Kind.COMPUTE, A, B, 5));

      assertThat(harness.extractOutputValues())
          .containsExactly(
              change(
                  true,
                  "once",
                  HOUR,
                  new Sampled(SampleShare.hash("a"), SampleShare.hash("b"), A, B)));
    }
  }

  @Test
  void whoeverLeavesACohortIsGoneThereHoweverOftenThatChangesMeanwhile() throws Exception {
    long a = SampleShare.hash("a");
    long b = SampleShare.hash("b");
    PairWork moved = work("p", PairWork.Kind.COMPUTE, A, MOVED, 5);
    PairWork regrouped = work("p", PairWork.Kind.REGROUP, A, MOVED, 6);
    try (var harness = harness(new SampledPairs(), 1)) {
      put(harness, moved.in(new PairCohorts(List.of("kept"), List.of("left"), List.of("new"))));
      put(harness, regrouped.in(new PairCohorts(List.of("kept"), List.of("new"), List.of())));
      put(harness, work("q", PairWork.Kind.COMPUTE, A, B, 7).in(kept("everyone", "red")));
      put(harness, work("r", PairWork.Kind.CLOSE, A, B, 8).in(kept("red")));
      harness.prepareSnapshotPreBarrier(1);

      assertThat(harness.extractOutputValues())
          .containsExactly(
              change(true, "p", HOUR, new Sampled(a, b, A, MOVED)),
              change(true, "q", HOUR, new Sampled(a, b, A, B)),
              change(true, "r", HOUR, null));
      assertThat(harness.getSideOutput(SampleChange.OF_COHORTS))
          .extracting(StreamRecord::getValue)
          .containsExactly(
              in("left", "p", null),
              in("new", "p", null),
              in("kept", "p", new Sampled(a, b, A, MOVED)),
              in("red", "q", new Sampled(a, b, A, B)),
              in("red", "r", null));
    }
  }

  private static PairCohorts kept(String... cohorts) {
    return new PairCohorts(List.of(cohorts), List.of(), List.of());
  }

  private static SampleChange in(String cohort, String id, @Nullable Sampled sampled) {
    return new SampleChange(cohort, true, SampleShare.hash(id), HOUR, sampled);
  }

  private static SampleChange change(boolean pair, String id, long end, @Nullable Sampled sampled) {
    return new SampleChange("everyone", pair, SampleShare.hash(id), end, sampled);
  }

  private static void put(
      OneInputStreamOperatorTestHarness<PairWork, SampleChange> harness, PairWork work)
      throws Exception {
    harness.processElement(Objects.requireNonNull(work), 0);
  }

  private static PairWork work(
      String pairId, PairWork.Kind kind, Longitudes a, Longitudes b, long eventTime) {
    return new PairWork(pairId, kind, false, "a", "b", 1, 1, a, b, 0, 0, eventTime, 0);
  }

  private static <I> OneInputStreamOperatorTestHarness<I, SampleChange> harness(
      SampleReader<I> reader, double share) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<I, SampleChange>(
            new SampleOperator<>(config(share), reader));
    harness.setup(SampleChange.TYPE.createSerializer(new SerializerConfigImpl()));
    harness.open();
    return harness;
  }
}
