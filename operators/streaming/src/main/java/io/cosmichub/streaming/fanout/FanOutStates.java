package io.cosmichub.streaming.fanout;

import io.cosmichub.chart.ChartRecord;
import io.cosmichub.chart.ErasedMark;
import io.cosmichub.fanout.FanOutCursor;
import io.cosmichub.fanout.MemberPage;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/** The state of {@link ChartFanOutFunction}; the names are part of every savepoint. */
final class FanOutStates {

  private FanOutStates() {}

  /** The chart, while it is known. */
  static ValueStateDescriptor<ChartRecord> chart() {
    return new ValueStateDescriptor<>("chart", new ChartRecordSerializer());
  }

  /** What is remembered of an erased chart, while late moves may come. */
  static ValueStateDescriptor<ErasedMark> erased() {
    return new ValueStateDescriptor<>("erased", new ErasedMarkSerializer());
  }

  /** How many pages there are and how far a walk has come, while there are members. */
  static ValueStateDescriptor<FanOutCursor> cursor() {
    return new ValueStateDescriptor<>("cursor", new FanOutCursorSerializer());
  }

  /** The walk, while it is on. */
  static ValueStateDescriptor<Round> round() {
    return new ValueStateDescriptor<>("round", new RoundSerializer());
  }

  /** The members, by page. */
  static MapStateDescriptor<Integer, MemberPage> pages() {
    return new MapStateDescriptor<>("pages", IntSerializer.INSTANCE, new MemberPageSerializer());
  }

  /** The page of each member. */
  static MapStateDescriptor<String, Integer> pageOfPair() {
    return new MapStateDescriptor<>(
        "page-of-pair", StringSerializer.INSTANCE, IntSerializer.INSTANCE);
  }
}
