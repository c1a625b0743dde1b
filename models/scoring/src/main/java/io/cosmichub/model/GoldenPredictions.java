package io.cosmichub.model;

import com.google.protobuf.InvalidProtocolBufferException;
import io.cosmichub.model.v1.Artifact;
import io.cosmichub.model.v1.Golden;
import java.util.Arrays;

/**
 * What a model answers for the golden rows of its artifact, to the bit. Kept beside the artifact,
 * it tells a later build that answers otherwise, however little.
 */
public final class GoldenPredictions {
  /** The first line of {@link #csv}. */
  public static final String HEADER = "row,prediction";

  private GoldenPredictions() {}

  /**
   * A line for each golden row, in the artifact's order, with the prediction in hexadecimal
   * floating point; {@link IllegalArgumentException} if the bytes are no artifact of rows like the
   * model's.
   */
  public static String csv(byte[] artifact, PairModel model) {
    StringBuilder lines = new StringBuilder(HEADER).append('\n');
    float[] row = new float[model.features()];
    int next = 0;
    for (Golden golden : parse(artifact).getGoldenList()) {
      if (!fill(row, golden)) {
        throw new IllegalArgumentException("a golden row has features that are none");
      }
      double prediction = model.predict(row, 0);
      lines.append(next++).append(',').append(Double.toHexString(prediction)).append('\n');
    }
    return lines.toString();
  }

  /** Writes a golden row to an array; false if it names a feature that the array does not have. */
  static boolean fill(float[] row, Golden golden) {
    Arrays.fill(row, 0);
    if (golden.getIndicesCount() != golden.getValuesCount()) {
      return false;
    }
    for (int i = 0; i < golden.getIndicesCount(); i++) {
      int index = golden.getIndices(i);
      if (index < 0 || index >= row.length) {
        return false;
      }
      row[index] = golden.getValues(i);
    }
    return true;
  }

  private static Artifact parse(byte[] artifact) {
    try {
      return Artifact.parseFrom(artifact);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the bytes are no artifact", e);
    }
  }
}
