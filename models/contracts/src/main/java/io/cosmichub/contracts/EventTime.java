package io.cosmichub.contracts;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.cosmichub.contracts.v1.ChartUpdate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when a raw record became true without decoding it, so that a source can keep event time
 * by partition. Reads no further than {@code effectiveAt}, which the schema puts near the front.
 */
public final class EventTime {
  private static final int EFFECTIVE_AT =
      ChartUpdate.EFFECTIVE_AT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final long NO_TIME = io.cosmichub.chart.ChartUpdate.NO_TIME;

  private EventTime() {}

  /**
   * The epoch milliseconds of {@code effectiveAt}, else of the {@code ce_time} header, else of the
   * record itself; {@code ChartUpdate.NO_TIME} if that has none. Agrees with the decoder on every
   * well-formed record that gives {@code effectiveAt} once; never throws on a malformed one.
   */
  public static long of(InputRecord record) {
    try {
      byte[] value = record.value();
      long effectiveAt =
          carriesEffectiveAt(record) && value != null ? effectiveAt(record, value) : NO_TIME;
      if (effectiveAt != NO_TIME) {
        return effectiveAt;
      }
      return ofEnvelope(record);
    } catch (Refusal | IOException e) {
      return record.timestamp(); // the decoder says what is wrong with it
    }
  }

  /** What the envelope says: the {@code ce_time} header, else the record's own timestamp. */
  static long ofEnvelope(InputRecord record) throws Refusal {
    String ceTime = ceTime(record);
    if (ceTime != null) {
      return Rfc3339.parse(ceTime);
    }
    return record.timestamp() < 0 ? NO_TIME : record.timestamp();
  }

  private static boolean carriesEffectiveAt(InputRecord record) {
    String topic = record.topic();
    return topic.equals(Topics.CHART_UPDATES) || topic.equals(Topics.CHART_MOVES);
  }

  private static long effectiveAt(InputRecord record, byte[] value) throws Refusal, IOException {
    return switch (Envelope.format(record, value)) {
      case JSON -> inJson(value);
      case PROTOBUF -> inProtobuf(value);
    };
  }

  private static @Nullable String ceTime(InputRecord record) {
    Header header = record.lastHeader(Envelope.CE_TIME);
    return header == null ? null : header.text();
  }

  private static long inJson(byte[] json) throws Refusal, IOException {
    try (JsonInput in = JsonInput.of(json)) {
      in.startMessage();
      for (String name = in.nextField(); name != null; name = in.nextField()) {
        if (name.equals("effectiveAt") || name.equals("effective_at")) {
          return in.hasValue() ? Rfc3339.parse(in.string(name)) : NO_TIME;
        }
        in.skip();
      }
      return NO_TIME;
    }
  }

  private static long inProtobuf(byte[] protobuf) throws Refusal, IOException {
    CodedInputStream in = CodedInputStream.newInstance(protobuf);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == EFFECTIVE_AT) {
        return ProtobufInput.timestamp(in);
      }
      ProtobufInput.skip(in, tag);
    }
    return NO_TIME;
  }
}
