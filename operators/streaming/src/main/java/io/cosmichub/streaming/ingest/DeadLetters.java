package io.cosmichub.streaming.ingest;

import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side output of dead letters, the same at every step that has one. */
public final class DeadLetters {

  /** The type of a dead letter. */
  public static final TypeInformation<DeadLetter> TYPE =
      new RecordTypeInfo<>(DeadLetter.class, new DeadLetterSerializer());

  /** The side output. */
  public static final OutputTag<DeadLetter> TAG = new OutputTag<>("dead-letters", TYPE);

  private DeadLetters() {}
}
