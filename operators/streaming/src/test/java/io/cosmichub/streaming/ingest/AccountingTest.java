package io.cosmichub.streaming.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cosmichub.chart.Outcome;
import io.cosmichub.contracts.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.junit.jupiter.api.Test;

final class AccountingTest {

  private final Map<String, Counter> counters = new TreeMap<>();
  private final Accounting accounting =
      new Accounting(
          TaskManagerMetricGroup.createTaskManagerMetricGroup(
              TestingMetricRegistry.builder()
                  .setRegisterConsumer(
                      (metric, name, group) -> {
                        if (metric instanceof Counter counter) {
                          counters.put(label(group.getAllVariables(), name), counter);
                        }
                      })
                  .build(),
              "host",
              ResourceID.generate()));

  @Test
  void countsEachOutcomeOfEachTopicByItself() {
    accounting.read(Topics.CHART_UPDATES);
    accounting.read(Topics.CHART_UPDATES);
    accounting.read(Topics.CHART_MOVES);
    accounting.deadLettered(Topics.CHART_UPDATES);
    accounting.settled(Topics.CHART_UPDATES, Outcome.APPLIED);
    accounting.settled(Topics.CHART_MOVES, Outcome.STALE);

    Map<String, Long> counted = new TreeMap<>();
    counters.forEach((label, counter) -> counted.put(label, counter.getCount()));
    assertThat(counted)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cosmichub.chart.updates.v1 records_read", 2L,
                "cosmichub.chart.moves.v1 records_read", 1L,
                "cosmichub.chart.updates.v1 dead_lettered records", 1L,
                "cosmichub.chart.updates.v1 applied records", 1L,
                "cosmichub.chart.moves.v1 stale records", 1L));
  }

  @Test
  void anOutcomeIsNamedInSmallLetters() {
    assertThat(Outcome.values())
        .extracting(Accounting::label)
        .containsExactly("applied", "stale", "duplicate", "conflict");
  }

  private static String label(Map<String, String> variables, String name) {
    String outcome = variables.get("<outcome>");
    return variables.get("<topic>") + (outcome == null ? "" : " " + outcome) + " " + name;
  }
}
