package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.ExposedDays;
import io.cosmichub.serving.Exposure;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keyed by a keyed hash of the unit: lets through the first exposure of a unit, experiment and day.
 */
public final class ExposureFunction extends KeyedProcessFunction<String, Exposure, Exposure>
    implements ResultTypeQueryable<Exposure> {

  // Runtime.
  private transient MapState<String, ExposedDays> days;

  @Override
  public void open(OpenContext context) {
    days = getRuntimeContext().getMapState(Exposures.days());
  }

  @Override
  public void processElement(Exposure exposure, Context context, Collector<Exposure> out)
      throws Exception {
    ExposedDays before = days.get(exposure.experiment());
    ExposedDays after =
        before == null ? ExposedDays.first(exposure.day()) : before.with(exposure.day());
    if (!after.equals(before)) {
      days.put(exposure.experiment(), after);
      out.collect(exposure);
    }
  }

  @Override
  public TypeInformation<Exposure> getProducedType() {
    return Exposures.TYPE;
  }
}
