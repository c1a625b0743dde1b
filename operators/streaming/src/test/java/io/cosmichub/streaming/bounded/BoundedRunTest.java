package io.cosmichub.streaming.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.aspect.AspectDelta;
import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.Topics;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.SideUpdate;
import io.cosmichub.streaming.aspect.AspectsFunction;
import io.cosmichub.streaming.aspect.AspectsOperatorFactory;
import io.cosmichub.streaming.aspect.PairAspectsFunction;
import io.cosmichub.streaming.aspect.PairResult;
import io.cosmichub.streaming.fanout.ChartFanOutFunction;
import io.cosmichub.streaming.fanout.FanOutConfig;
import io.cosmichub.streaming.given.Given;
import io.cosmichub.streaming.hot.HotKeyedOperator;
import io.cosmichub.streaming.ingest.ChartInput;
import io.cosmichub.streaming.ingest.DecodeCharts;
import io.cosmichub.streaming.ingest.DecodeWatches;
import io.cosmichub.streaming.ingest.WatchInput;
import io.cosmichub.streaming.pair.PairChartsFunction;
import io.cosmichub.streaming.record.RecordTypes;
import io.cosmichub.streaming.watch.KeyedMembership;
import io.cosmichub.streaming.watch.PairWatchesFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BoundedRunTest {

  // So many updates that the charts end after the watches; so many pages that a walk is on when
  // they do.
  private static final int PEOPLE = 200;
  private static final long HOT_BYTES = 5_000;
  private static final int PAGE = 1;
  private static final int SKY_UPDATES = 3_000;
  private static final int ALL = 0x3FF;
  private static final ReferenceKernel KERNEL = new ReferenceKernel(AspectPolicy.classic());
  private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .setConfiguration(METRICS.addToConfiguration(new Configuration()))
              .build());

  @AfterAll
  static void close() {
    METRICS.close();
  }

  @Test
  void everyMemberOfAPagedChartHearsItsLastUpdateBeforeTheJobEnds() throws Exception {
    List<InputRecord> charts = new ArrayList<>();
    List<InputRecord> watches = new ArrayList<>();
    Map<String, Longitudes> people = new HashMap<>();
    for (int person = 0; person < PEOPLE; person++) {
      String id = "person-" + person;
      people.put(id, Given.at(7 * person % 360, 13 * person % 360));
      charts.add(chart(id, 1, 7 * person % 360, 13 * person % 360));
      watches.add(watch("pair-" + person, id, "sky"));
    }
    for (int hour = 1; hour <= SKY_UPDATES; hour++) {
      charts.add(chart("sky", hour, hour % 360, 2 * hour % 360));
    }
    charts.add(Given.raw(Topics.CHART_UPDATES, "broken", "{"));
    charts.add(chart("sky", SKY_UPDATES, 99, 99));
    charts.add(chart("sky", 1, 1, 2));
    charts.add(chart("sky", SKY_UPDATES, SKY_UPDATES % 360, 2 * SKY_UPDATES % 360));
    Longitudes sky = Given.at(SKY_UPDATES % 360, 2 * SKY_UPDATES % 360);
    Collections.shuffle(watches, new Random(1));

    Map<String, AspectSet> folded = new TreeMap<>();
    for (PairUpdate update : run(charts, watches)) {
      AspectSet before = folded.getOrDefault(update.pairId(), AspectSet.EMPTY);
      folded.put(update.pairId(), AspectDelta.fold(before, update.changes()));
    }

    assertThat(folded).hasSize(PEOPLE);
    people.forEach(
        (id, longitudes) ->
            assertThat(folded.get(id.replace("person", "pair")))
                .isEqualTo(KERNEL.aspects(longitudes, sky, ALL, ALL)));
    assertAccounted(charts.size() + watches.size());
  }

  private static List<PairUpdate> run(List<InputRecord> charts, List<InputRecord> watches)
      throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration()
                .set(PipelineOptions.GENERIC_TYPES, false)
                .set(PipelineOptions.OBJECT_REUSE, true)
                .set(StateBackendOptions.STATE_BACKEND, "rocksdb"));
    env.setParallelism(2);
    DataStream<PairUpdate> updates =
        topology(
            env.fromData(charts, RecordTypes.INPUT_RECORD).setParallelism(1),
            env.fromData(watches, RecordTypes.INPUT_RECORD).setParallelism(1));
    List<PairUpdate> collected = new ArrayList<>();
    CloseableIterator<PairUpdate> results = updates.executeAndCollect();
    results.forEachRemaining(collected::add);
    results.close();
    return collected;
  }

  private static DataStream<PairUpdate> topology(
      DataStream<InputRecord> charts, DataStream<InputRecord> watches) {
    DataStream<KeyedMembership> memberships =
        watches
            .process(new DecodeWatches())
            .setParallelism(1)
            .keyBy(WatchInput::pairId, Types.STRING)
            .process(new PairWatchesFunction(Given.SECRET));
    DataStream<SideUpdate> sides =
        charts
            .process(new DecodeCharts(0, Given.SECRET, Clock.systemUTC()))
            .setParallelism(1)
            .keyBy(ChartInput::chartKey, Types.STRING)
            .connect(memberships.keyBy(KeyedMembership::chartKey, Types.STRING))
            .process(new ChartFanOutFunction(new FanOutConfig(0, PAGE, 1, 1_000)));
    DataStream<PairResult> results =
        sides
            .keyBy(SideUpdate::pairId, Types.STRING)
            .transform(
                "pair-charts",
                RecordTypes.PAIR_WORK,
                new HotKeyedOperator<>(
                    new PairChartsFunction(AspectPolicy::classic, HOT_BYTES, 1_000)))
            .transform(
                "aspects",
                PairResult.TYPE,
                new AspectsOperatorFactory(
                    new AspectsFunction("auto", AspectPolicy::classic),
                    Duration.ofSeconds(10),
                    16));
    return DataStreamUtils.reinterpretAsKeyedStream(
            results, result -> result.work().pairId(), Types.STRING)
        .transform(
            "pair-aspects",
            RecordTypes.PAIR_UPDATE,
            new HotKeyedOperator<>(new PairAspectsFunction(AspectPolicy::classic, HOT_BYTES)));
  }

  private static void assertAccounted(int records) {
    Map<String, Long> counted = new HashMap<>();
    long latencies = 0;
    for (var group : METRICS.getMetricsByGroup().entrySet()) {
      String outcome = group.getKey().getAllVariables().get("<outcome>");
      for (var metric : group.getValue().entrySet()) {
        if (metric.getValue() instanceof Counter counter) {
          String name = outcome == null ? metric.getKey() : outcome;
          counted.merge(name, counter.getCount(), Long::sum);
        } else if (metric.getValue() instanceof Histogram histogram
            && metric.getKey().equals(PairAspectsFunction.UPDATE_TO_LIVE)) {
          latencies += histogram.getCount();
        }
      }
    }
    assertThat(counted)
        .containsEntry("records_read", (long) records)
        .containsEntry("applied", (long) records - 4)
        .containsEntry("dead_lettered", 1L)
        .containsEntry("conflict", 1L)
        .containsEntry("duplicate", 1L)
        .containsEntry("stale", 1L);
    assertThat(counted.get(PairAspectsFunction.DELTAS_OUT)).isPositive();
    assertThat(counted.get(PairAspectsFunction.PAIRS_RECOMPUTED)).isGreaterThanOrEqualTo(PEOPLE);
    assertThat(latencies).isPositive();
  }

  private static InputRecord chart(String id, long revision, int sun, int moon) {
    String value =
        "{\"chartId\":\"%s\",\"revision\":\"%d\",\"positions\":{\"sun\":{\"longitude\":%d},\"moon\":{\"longitude\":%d}}}"
            .formatted(id, revision, sun, moon);
    return Given.raw(Topics.CHART_UPDATES, id, value);
  }

  private static InputRecord watch(String pair, String chartA, String chartB) {
    String value =
        "{\"pairId\":\"%s\",\"chartA\":\"%s\",\"chartB\":\"%s\"}".formatted(pair, chartA, chartB);
    return Given.raw(Topics.PAIR_WATCHES, pair, value);
  }
}
