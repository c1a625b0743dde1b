package io.cosmichub.streaming.feedback;

import io.cosmichub.streaming.record.RecordTypeInfo;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/** Where an experiment stands, as the Protobuf of its topic; nothing where it was removed. */
public final class ResultUpdate {

  /** The type of a result. */
  public static final TypeInformation<ResultUpdate> TYPE =
      new RecordTypeInfo<>(ResultUpdate.class, new ResultUpdateSerializer());

  private final String experiment;
  private final byte @Nullable [] content;
  private final long at;

  /** Of a time in epoch milliseconds; the bytes are shared and must not be written to. */
  public ResultUpdate(String experiment, byte @Nullable [] content, long at) {
    this.experiment = Objects.requireNonNull(experiment, "experiment");
    this.content = content;
    this.at = at;
  }

  /** The experiment. */
  public String experiment() {
    return experiment;
  }

  /** The message, or null. */
  public byte @Nullable [] content() {
    return content;
  }

  /** When, in epoch milliseconds. */
  public long at() {
    return at;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ResultUpdate that
        && experiment.equals(that.experiment)
        && Arrays.equals(content, that.content)
        && at == that.at;
  }

  @Override
  public int hashCode() {
    return Objects.hash(experiment, at) + 31 * Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "ResultUpdate[" + experiment + (content == null ? ", removed]" : "]");
  }
}
