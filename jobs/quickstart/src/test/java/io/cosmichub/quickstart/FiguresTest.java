package io.cosmichub.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {

  private static final String PAGE =
      """
      # HELP flink_taskmanager_job_task_operator_cosmichub_topic_records_read records_read
      # TYPE flink_taskmanager_job_task_operator_cosmichub_topic_records_read gauge
      flink_taskmanager_job_task_operator_cosmichub_topic_records_read{topic="cosmichub_chart_moves_v1",subtask_index="0",} 100.0
      flink_taskmanager_job_task_operator_cosmichub_topic_records_read{topic="cosmichub_pair_watches_v1",subtask_index="1",} 20.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="applied",topic="cosmichub_chart_moves_v1",} 90.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="applied",topic="cosmichub_pair_watches_v1",} 14.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="stale",topic="cosmichub_chart_moves_v1",} 5.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="duplicate",topic="cosmichub_chart_moves_v1",} 4.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="conflict",topic="cosmichub_chart_moves_v1",} 3.0
      flink_taskmanager_job_task_operator_cosmichub_topic_outcome_records{outcome="dead_lettered",topic="cosmichub_chart_moves_v1",} 2.0
      flink_taskmanager_job_task_operator_cosmichub_pairs_recomputed{subtask_index="0",} 1.5E7
      flink_taskmanager_job_task_operator_cosmichub_pairs_recomputed{subtask_index="1",} 1.0
      flink_taskmanager_job_task_operator_cosmichub_deltas_out{subtask_index="0",} 7.0
      flink_taskmanager_job_task_operator_cosmichub_update_to_live_ms_count{subtask_index="0",} 9.0
      flink_taskmanager_job_task_operator_cosmichub_update_to_live_ms{subtask_index="0",quantile="0.5",} 11.0
      flink_taskmanager_job_task_operator_cosmichub_update_to_live_ms{subtask_index="1",quantile="0.5",} 12.0
      flink_taskmanager_job_task_operator_cosmichub_update_to_live_ms{subtask_index="1",quantile="0.99",} 99.0
      flink_taskmanager_job_task_operator_cosmichub_update_to_live_ms{subtask_index="2",quantile="0.99",} NaN
      """;

  @Test
  void figuresAreSumsOverTopicsAndSubtasks() {
    Figures figures = Figures.of(new MetricsPage(PAGE));
    assertThat(figures).isEqualTo(new Figures(120, 104, 5, 4, 3, 2, 15_000_001, 7, 12, 99));
    assertThat(figures.accountingDifference()).isEqualTo(2);
    assertThat(figures.deadLetters()).isEqualTo(5);
  }

  @Test
  void aPageWithoutTheJobIsNothingCounted() {
    assertThat(Figures.of(new MetricsPage("# nothing yet\n\n"))).isEqualTo(Figures.NONE);
  }
}
