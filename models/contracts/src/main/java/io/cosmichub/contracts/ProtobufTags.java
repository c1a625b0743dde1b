package io.cosmichub.contracts;

import com.google.protobuf.Timestamp;
import com.google.protobuf.WireFormat;
import io.cosmichub.contracts.v1.Areas;
import io.cosmichub.contracts.v1.AspectChange;
import io.cosmichub.contracts.v1.NatureCounts;
import io.cosmichub.contracts.v1.PairAspect;
import io.cosmichub.contracts.v1.SynastryAspects;
import io.cosmichub.contracts.v1.SynastryDelta;
import io.cosmichub.contracts.v1.SynastryLive;
import io.cosmichub.contracts.v1.SynastryScore;

/** The tags of the fields of output messages: each one byte, for no number is above 15. */
final class ProtobufTags {

  static final byte PAIR_ID = bytes(SynastryDelta.PAIR_ID_FIELD_NUMBER);
  static final byte CHART_A = bytes(SynastryDelta.CHART_A_FIELD_NUMBER);
  static final byte CHART_B = bytes(SynastryDelta.CHART_B_FIELD_NUMBER);
  static final byte REVISION_A = varint(SynastryDelta.REVISION_A_FIELD_NUMBER);
  static final byte REVISION_B = varint(SynastryDelta.REVISION_B_FIELD_NUMBER);
  static final byte POLICY = bytes(SynastryDelta.POLICY_FIELD_NUMBER);
  static final byte SEQUENCE = varint(SynastryDelta.SEQUENCE_FIELD_NUMBER);
  static final byte EVENT_TIME = bytes(SynastryDelta.EVENT_TIME_FIELD_NUMBER);
  static final byte CHANGES = bytes(SynastryDelta.CHANGES_FIELD_NUMBER);
  static final byte CLOSED = varint(SynastryDelta.CLOSED_FIELD_NUMBER);
  static final byte ASPECTS = bytes(SynastryAspects.ASPECTS_FIELD_NUMBER);
  static final byte SECONDS = varint(Timestamp.SECONDS_FIELD_NUMBER);
  static final byte NANOS = varint(Timestamp.NANOS_FIELD_NUMBER);
  static final byte LIVE_DELTA = bytes(SynastryLive.DELTA_FIELD_NUMBER);
  static final byte LIVE_ASPECTS = bytes(SynastryLive.ASPECTS_FIELD_NUMBER);
  static final byte LIVE_SCORE = bytes(SynastryLive.SCORE_FIELD_NUMBER);
  static final byte SCORE_PAIR_ID = bytes(SynastryScore.PAIR_ID_FIELD_NUMBER);
  static final byte SCORE_REVISION_A = varint(SynastryScore.REVISION_A_FIELD_NUMBER);
  static final byte SCORE_REVISION_B = varint(SynastryScore.REVISION_B_FIELD_NUMBER);
  static final byte OVERALL = fixed64(SynastryScore.OVERALL_FIELD_NUMBER);
  static final byte RAW_TOTAL = fixed64(SynastryScore.RAW_TOTAL_FIELD_NUMBER);
  static final byte AREAS = bytes(SynastryScore.AREAS_FIELD_NUMBER);
  static final byte NATURE_COUNTS = bytes(SynastryScore.NATURE_COUNTS_FIELD_NUMBER);
  static final byte MODEL = bytes(SynastryScore.MODEL_FIELD_NUMBER);
  static final byte EXPERIMENT = bytes(SynastryScore.EXPERIMENT_FIELD_NUMBER);
  static final byte ARM = bytes(SynastryScore.ARM_FIELD_NUMBER);
  static final byte MODEL_SCORE = fixed64(SynastryScore.MODEL_SCORE_FIELD_NUMBER);
  static final byte EMOTIONAL = fixed64(Areas.EMOTIONAL_FIELD_NUMBER);
  static final byte COMMUNICATION = fixed64(Areas.COMMUNICATION_FIELD_NUMBER);
  static final byte PHYSICAL = fixed64(Areas.PHYSICAL_FIELD_NUMBER);
  static final byte SPIRITUAL = fixed64(Areas.SPIRITUAL_FIELD_NUMBER);
  static final byte STABILITY = fixed64(Areas.STABILITY_FIELD_NUMBER);
  static final byte HARMONIOUS = varint(NatureCounts.HARMONIOUS_FIELD_NUMBER);
  static final byte CHALLENGING = varint(NatureCounts.CHALLENGING_FIELD_NUMBER);
  static final byte NEUTRAL = varint(NatureCounts.NEUTRAL_FIELD_NUMBER);
  static final byte CHANGE = varint(AspectChange.CHANGE_FIELD_NUMBER);
  static final byte ORB_NOW = fixed64(AspectChange.ORB_FIELD_NUMBER);
  static final byte ORB_BEFORE = fixed64(AspectChange.PREVIOUS_ORB_FIELD_NUMBER);
  static final byte ORB = fixed64(PairAspect.ORB_FIELD_NUMBER);

  private ProtobufTags() {}

  private static byte bytes(int field) {
    return tag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  }

  private static byte varint(int field) {
    return tag(field, WireFormat.WIRETYPE_VARINT);
  }

  private static byte fixed64(int field) {
    return tag(field, WireFormat.WIRETYPE_FIXED64);
  }

  /** The tag of a field whose number is below 16: one byte. */
  private static byte tag(int field, int wireType) {
    return (byte) (field << 3 | wireType);
  }
}
