package io.cosmichub.model;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.cosmichub.model.v1.Artifact;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages of an artifact in its bytes, before any is built: one takes two bytes of a
 * file, and some sixty of the heap.
 */
final class ArtifactFields {
  // All there are besides golden rows, with room for ten times the provenance of today.
  private static final int MAX_OTHERS = 256;

  private static final int GOLDEN = message(Artifact.GOLDEN_FIELD_NUMBER);
  private static final int FOREST = message(Artifact.FOREST_FIELD_NUMBER);
  private static final int NODE = message(io.cosmichub.model.v1.Forest.NODES_FIELD_NUMBER);

  private ArtifactFields() {}

  /**
   * What there is too much of, told as soon as it is; null if of nothing. Throws where a parser
   * would.
   */
  static Verification.@Nullable Refused refused(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    int golden = 0;
    int nodes = 0;
    int others = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == FOREST) {
        nodes += nodes(in.readByteArray());
      } else if (!in.skipField(tag)) {
        return null;
      } else if (tag == GOLDEN) {
        golden++;
      } else {
        others++;
      }
      if (golden > ArtifactVerifier.MAX_GOLDEN) {
        return tooLarge(ArtifactVerifier.MAX_GOLDEN + " golden predictions");
      }
      if (others > MAX_OTHERS) {
        return tooLarge(MAX_OTHERS + " other fields");
      }
      if (Forest.isTooLarge(0, nodes)) {
        return new Verification.Refused(
            Refusal.TOO_SLOW, "more nodes than a model of so few operations has");
      }
    }
    return null;
  }

  private static int nodes(byte[] forest) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(forest);
    int nodes = 0;
    for (int tag = in.readTag(); tag != 0 && in.skipField(tag); tag = in.readTag()) {
      nodes += tag == NODE ? 1 : 0;
      if (Forest.isTooLarge(0, nodes)) {
        return nodes;
      }
    }
    return nodes;
  }

  private static Verification.Refused tooLarge(String most) {
    return new Verification.Refused(Refusal.TOO_LARGE, "more than " + most);
  }

  private static int message(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
