package io.cosmichub.contracts;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What reading Protobuf by hand needs beyond {@link CodedInputStream}: nested messages, timestamps
 * and unknown fields.
 */
final class ProtobufInput {
  private static final int TIMESTAMP_SECONDS = 1 << 3;
  private static final int TIMESTAMP_NANOS = 2 << 3;

  private ProtobufInput() {}

  /**
   * Narrows the input to the length-delimited field that follows; give what this returns to {@link
   * #endMessage}.
   */
  static int startMessage(CodedInputStream in) throws IOException {
    return in.pushLimit(in.readRawVarint32());
  }

  static void endMessage(CodedInputStream in, int outerLimit) throws IOException {
    in.checkLastTagWas(0);
    in.popLimit(outerLimit);
  }

  /** A {@code google.protobuf.Timestamp} field in epoch milliseconds. */
  static long timestamp(CodedInputStream in) throws IOException, Refusal {
    int outer = startMessage(in);
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case TIMESTAMP_SECONDS -> seconds = in.readInt64();
        case TIMESTAMP_NANOS -> nanos = in.readInt32();
        default -> skip(in, tag);
      }
    }
    endMessage(in, outer);
    return Rfc3339.ofTimestamp(seconds, nanos);
  }

  /** Skips an unknown field, or one that came as another wire type, as Protobuf has it. */
  static void skip(CodedInputStream in, int tag) throws IOException, Refusal {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP) {
      skipGroup(in, WireFormat.getTagFieldNumber(tag));
    } else if (!in.skipField(tag)) {
      throw new Refusal(
          DeadLetterCode.BROKEN_PROTOBUF, "the Protobuf ends a group that it did not begin");
    }
  }

  /**
   * Without recursion: the groups that are open stand in an array, which is as long as they may
   * nest.
   */
  private static void skipGroup(CodedInputStream in, int group) throws IOException, Refusal {
    int[] open = new int[JsonInput.MAX_DEPTH];
    int depth = 1;
    open[depth] = group;
    while (depth > 0) {
      int tag = in.readTag();
      int field = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_START_GROUP -> open[descend(++depth)] = field;
        case WireFormat.WIRETYPE_END_GROUP -> {
          if (open[depth--] != field) {
            throw new Refusal(
                DeadLetterCode.BROKEN_PROTOBUF, "the Protobuf ends another group than it began");
          }
        }
        default -> {
          if (tag == 0) {
            throw new Refusal(DeadLetterCode.BROKEN_PROTOBUF, "the Protobuf does not end a group");
          }
          in.skipField(tag);
        }
      }
    }
  }

  private static int descend(int depth) throws Refusal {
    if (depth >= JsonInput.MAX_DEPTH) {
      throw new Refusal(
          DeadLetterCode.TOO_DEEP,
          "the Protobuf nests deeper than " + JsonInput.MAX_DEPTH + " levels");
    }
    return depth;
  }
}
