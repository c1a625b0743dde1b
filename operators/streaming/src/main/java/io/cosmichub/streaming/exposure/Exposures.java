package io.cosmichub.streaming.exposure;

import io.cosmichub.serving.ExposedDays;
import io.cosmichub.serving.Exposure;
import io.cosmichub.streaming.record.RecordTypeInfo;
import java.time.Duration;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.util.OutputTag;

/** The type, the side output and the state of exposures. */
public final class Exposures {

  /** The type of an exposure. */
  public static final TypeInformation<Exposure> TYPE =
      new RecordTypeInfo<>(Exposure.class, new ExposureSerializer());

  /** The side output of the step that scores. */
  public static final OutputTag<Exposure> TAG = new OutputTag<>("exposures", TYPE);

  /** After that long without an exposure nothing is remembered of a unit. */
  private static final Duration MEMORY = Duration.ofDays(ExposedDays.MEMORY);

  private Exposures() {}

  /** The days on which a unit was exposed, by experiment. */
  static MapStateDescriptor<String, ExposedDays> days() {
    MapStateDescriptor<String, ExposedDays> days =
        new MapStateDescriptor<>("days", StringSerializer.INSTANCE, new ExposedDaysSerializer());
    days.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY).build());
    return days;
  }
}
