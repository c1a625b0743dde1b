package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.serving.Control;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded control record, with the raw record that it was.
 *
 * @param name the name: the Flink key
 * @param control what is to hold under it; null removes what does
 * @param origin the raw record
 */
public record ControlInput(String name, @Nullable Control control, InputRecord origin) {

  /** The type of a control input. */
  public static final TypeInformation<ControlInput> TYPE =
      new RecordTypeInfo<>(ControlInput.class, new ControlInputSerializer());
}
