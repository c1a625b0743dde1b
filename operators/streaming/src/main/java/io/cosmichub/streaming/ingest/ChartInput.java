package io.cosmichub.streaming.ingest;

import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record of a chart, with the raw record that it was.
 *
 * @param chartKey the keyed hash of the chart's id: the Flink key
 * @param chartId the chart's id
 * @param update what is said of the chart; null erases it
 * @param origin the raw record
 */
public record ChartInput(
    String chartKey, String chartId, @Nullable ChartUpdate update, InputRecord origin) {

  /** The type of a chart input. */
  public static final TypeInformation<ChartInput> TYPE =
      new RecordTypeInfo<>(ChartInput.class, new ChartInputSerializer());
}
