package io.cosmichub.streaming.feedback;

import io.cosmichub.feedback.Contribution;
import io.cosmichub.feedback.Tally;
import io.cosmichub.feedback.UnitRecord;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.OutputTag;

/** The state of the two steps here; the names are part of every savepoint. */
public final class FeedbackStates {

  /** The type of a contribution. */
  public static final TypeInformation<Contribution> CONTRIBUTION =
      new RecordTypeInfo<>(Contribution.class, new ContributionSerializer());

  /** How scores went, by arm: the side output of the step that scores. */
  public static final OutputTag<Contribution> SCORE_MEASURES =
      new OutputTag<>("score-measures", CONTRIBUTION);

  private FeedbackStates() {}

  /** What is known of a unit. */
  static ValueStateDescriptor<UnitRecord> unit() {
    return new ValueStateDescriptor<>("unit", new UnitRecordSerializer());
  }

  /** When a unit is forgotten, unless it is seen again, in epoch milliseconds. */
  static ValueStateDescriptor<Long> forgetAt() {
    return new ValueStateDescriptor<>("forget-at", Types.LONG);
  }

  /** The sums of an experiment. */
  static ValueStateDescriptor<Tally> tally() {
    return new ValueStateDescriptor<>("tally", new TallySerializer());
  }

  /** The verdict that was published last; empty if sums have changed since. */
  static ValueStateDescriptor<String> published() {
    return new ValueStateDescriptor<>("published", Types.STRING);
  }

  /** Until when sums wait for the first definition of their experiment, in epoch milliseconds. */
  static ValueStateDescriptor<Long> awaited() {
    return new ValueStateDescriptor<>("awaited", Types.LONG);
  }

  /** The definitions and pauses of experiments by name, as the control topic has them. */
  public static MapStateDescriptor<String, byte[]> experiments() {
    return new MapStateDescriptor<>(
        "experiments", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  }
}
