package io.cosmichub.streaming.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.chart.MicroDegrees;
import io.cosmichub.population.privacy.Anonymity;
import io.cosmichub.population.publish.PatternPublication;
import io.cosmichub.population.publish.PublishedPattern;
import io.cosmichub.population.sample.SampleShare;
import io.cosmichub.population.sample.Sampled;
import io.cosmichub.population.window.PaneClock;
import io.cosmichub.population.window.WindowId;
import io.cosmichub.streaming.given.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PatternsFunctionTest {

  private static final String COHORT = "everyone";
  private static final long HOUR = 3_600_000;
  private static final PaneClock CLOCK = new PaneClock(HOUR, 60_000);
  private static final int MOST = 30;
  private static final PatternConfig ALL = new PatternConfig(CLOCK, 20, MOST, 1, 10_000);

  /** What came, in the order in which it did: from which window on it counts, and how it stands. */
  private record Arrival(long end, Sampled sampled) {}

  private final PatternPublication publication =
      new PatternPublication(AspectPolicy.classic(), Anonymity.DEFAULT, MOST);

  @Test
  void eachWindowIsPublishedOnceAsThePairsAndChartsThenStand() throws Exception {
    int windows = 0;
    int patterns = 0;
    for (int seed = 0; seed < 6; seed++) {
      Random random = new Random(seed);
      SortedMap<Long, List<Arrival>> pairs = new TreeMap<>();
      SortedMap<Long, List<Arrival>> charts = new TreeMap<>();
      SortedMap<Long, Boolean> touched = new TreeMap<>();
      long now = 0;
      var harness = harness(ALL, null);
      try {
        for (int step = 0; step < 8; step++) {
          for (int change = 0; change < 150; change++) {
            boolean pair = random.nextInt(3) > 0;
            long id = SampleShare.hash("id-" + random.nextInt(300));
            long end = Math.floorDiv(now, HOUR) * HOUR + HOUR * random.nextInt(4);
            Sampled sampled = random.nextInt(8) == 0 ? null : sampled(random, pair);
            boolean late = end + CLOCK.lateness() <= now;
            var of = pair ? pairs : charts;
            if (sampled == null) {
              of.remove(id);
            } else {
              of.computeIfAbsent(id, fresh -> new ArrayList<>())
                  .add(new Arrival(late ? Long.MIN_VALUE : end, sampled));
            }
            if (!late) {
              touched.put(end, true);
            }
            harness.processElement(new SampleChange(COHORT, pair, id, end, sampled), 0);
          }
          now += random.nextInt(2 * (int) HOUR);
          List<PublishedPattern> expected = new ArrayList<>();
          long due = now - CLOCK.lateness();
          for (long end : touched.headMap(due + 1).keySet()) {
            WindowId window = new WindowId(COHORT, end - HOUR, end);
            expected.addAll(publication.pairs(window, at(pairs, end), SampleShare.of(1).share()));
            expected.addAll(publication.charts(window, at(charts, end), SampleShare.of(1).share()));
            windows++;
          }
          touched.headMap(due + 1).clear();
          harness.processWatermark(now);
          assertThat(harness.extractOutputValues()).containsExactlyElementsOf(expected);
          patterns += expected.size();
          harness.getOutput().clear();
          if (step == 4) {
            OperatorSubtaskState state = harness.snapshot(1, 1);
            harness.close();
            harness = harness(ALL, state);
            harness.processWatermark(now);
          }
        }
        for (boolean pair : List.of(true, false)) {
          for (long id : (pair ? pairs : charts).keySet()) {
            harness.processElement(new SampleChange(COHORT, pair, id, 0, null), 0);
          }
        }
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
      } finally {
        harness.close();
      }
    }
    assertThat(windows).isGreaterThan(20);
    assertThat(patterns).isGreaterThan(windows);
  }

  @Test
  void aSampleThatOutgrowsItsSizeIsHalvedAndSaysSo() throws Exception {
    Random random = new Random(9);
    PatternConfig small = new PatternConfig(CLOCK, 20, MOST, 0.5, 400);
    List<Long> ids = new ArrayList<>();
    try (var harness = harness(small, null)) {
      for (int i = 0; i < 3_000; i++) {
        long id = SampleShare.hash("pair-" + i);
        if (SampleShare.of(0.5).takes(id)) {
          ids.add(id);
          harness.processElement(
              new SampleChange(COHORT, true, id, HOUR, sampled(random, true)), 0);
        }
      }
      harness.processWatermark(2 * HOUR);

      List<PublishedPattern> published = harness.extractOutputValues();
      assertThat(published).isNotEmpty();
      SampleShare kept = SampleShare.of(0.5).half().half();
      assertThat(published)
          .filteredOn(each -> each.group() == PublishedPattern.Group.PAIRS)
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.sample()).isEqualTo(kept.share());
                assertThat(each.among()).isEqualTo(ids.stream().filter(kept::takes).count());
              });
      assertThat(ids.stream().filter(kept::takes).count()).isLessThanOrEqualTo(400);
      assertThat(ids.stream().filter(kept.half()::takes).count()).isGreaterThan(100);
    }
  }

  private static List<Sampled> at(SortedMap<Long, List<Arrival>> of, long end) {
    List<Sampled> standing = new ArrayList<>();
    for (Map.Entry<Long, List<Arrival>> each : of.entrySet()) {
      Sampled last = null;
      for (Arrival arrival : each.getValue()) {
        last = arrival.end <= end ? arrival.sampled : last;
      }
      if (last != null) {
        standing.add(last);
      }
    }
    return standing;
  }

  private static Sampled sampled(Random random, boolean pair) {
    long a = random.nextInt(80);
    long b = (a + 1 + random.nextInt(79)) % 80;
    return pair ? new Sampled(a, b, chart(random), chart(random)) : Sampled.chart(a, chart(random));
  }

  private static Longitudes chart(Random random) {
    Longitudes chart = Longitudes.NONE;
    for (int slot = 0; slot < 10; slot++) {
      chart = chart.with(slot, random.nextInt(MicroDegrees.CIRCLE));
    }
    return chart;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, SampleChange, PublishedPattern>
      harness(PatternConfig config, @Nullable OperatorSubtaskState restored) throws Exception {
    PatternsFunction function = new PatternsFunction(config, AspectPolicy::classic);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function),
            SampleChange::cohort,
            Types.STRING,
            Subtask.MAX_PARALLELISM,
            1,
            0);
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
