package io.cosmichub.contracts;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.cosmichub.contracts.v1.PairWatch;
import java.io.IOException;

/** Reads the Protobuf of a {@code PairWatch} into a draft. */
final class WatchProtobuf {
  private static final int PAIR_ID =
      PairWatch.PAIR_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int CHART_A =
      PairWatch.CHART_A_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int CHART_B =
      PairWatch.CHART_B_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int REVISION =
      PairWatch.REVISION_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

  private WatchProtobuf() {}

  static void read(byte[] protobuf, WatchDraft draft) throws Refusal, IOException {
    CodedInputStream in = CodedInputStream.newInstance(protobuf);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case PAIR_ID -> draft.pairId = in.readStringRequireUtf8();
        case CHART_A -> draft.chartA = in.readStringRequireUtf8();
        case CHART_B -> draft.chartB = in.readStringRequireUtf8();
        case REVISION -> {
          draft.revision = in.readInt64();
          draft.hasRevision = true;
        }
        default -> ProtobufInput.skip(in, tag);
      }
    }
  }
}
