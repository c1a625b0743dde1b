package io.cosmichub.contracts;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.cosmichub.contracts.ChartDraft.PositionDraft;
import io.cosmichub.contracts.v1.ChartUpdate;
import io.cosmichub.contracts.v1.Position;
import java.io.IOException;

/**
 * Reads the Protobuf of a {@code ChartUpdate} into a draft: by hand, since the generated parser
 * drops a body that comes twice.
 */
final class ChartProtobuf {
  private static final int CHART_ID =
      ChartUpdate.CHART_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int REVISION =
      ChartUpdate.REVISION_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
  private static final int EFFECTIVE_AT =
      ChartUpdate.EFFECTIVE_AT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int PARTIAL =
      ChartUpdate.PARTIAL_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;
  private static final int POSITIONS =
      ChartUpdate.POSITIONS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int CUSPS_PACKED =
      ChartUpdate.CUSPS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int CUSP = ChartUpdate.CUSPS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int COHORT =
      ChartUpdate.COHORTS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int ENTRY_KEY = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int ENTRY_VALUE = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private static final int LONGITUDE =
      Position.LONGITUDE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;
  private static final int SPEED = Position.SPEED_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64;

  private ChartProtobuf() {}

  static void read(byte[] protobuf, ChartDraft draft) throws Refusal, IOException {
    CodedInputStream in = CodedInputStream.newInstance(protobuf);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case CHART_ID -> draft.chartId = in.readStringRequireUtf8();
        case REVISION -> {
          draft.revision = in.readInt64();
          draft.hasRevision = true;
        }
        case EFFECTIVE_AT -> draft.effectiveAt = ProtobufInput.timestamp(in);
        case PARTIAL -> draft.partial = in.readBool();
        case POSITIONS -> entry(in, draft);
        case CUSPS_PACKED -> {
          int outer = ProtobufInput.startMessage(in);
          while (in.getBytesUntilLimit() > 0) {
            draft.cusps.add(in.readDouble());
          }
          in.popLimit(outer);
        }
        case CUSP -> draft.cusps.add(in.readDouble());
        case COHORT -> draft.cohorts.add(in.readStringRequireUtf8());
        default -> ProtobufInput.skip(in, tag);
      }
    }
  }

  private static void entry(CodedInputStream in, ChartDraft draft) throws Refusal, IOException {
    int outer = ProtobufInput.startMessage(in);
    String body = "";
    PositionDraft position = new PositionDraft();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case ENTRY_KEY -> body = in.readStringRequireUtf8();
        case ENTRY_VALUE -> position(in, position);
        default -> ProtobufInput.skip(in, tag);
      }
    }
    ProtobufInput.endMessage(in, outer);
    draft.put(body, position);
  }

  private static void position(CodedInputStream in, PositionDraft position)
      throws Refusal, IOException {
    int outer = ProtobufInput.startMessage(in);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case LONGITUDE -> {
          position.longitude = in.readDouble();
          position.hasLongitude = true;
        }
        case SPEED -> {
          position.speed = in.readDouble();
          position.hasSpeed = true;
        }
        default -> ProtobufInput.skip(in, tag);
      }
    }
    ProtobufInput.endMessage(in, outer);
  }
}
