package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.pair.PairWatch;
import io.cosmichub.streaming.record.RecordTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record of a pair watch, with the raw record that it was.
 *
 * @param pairId the pair's id: the Flink key
 * @param watch what is to be watched; null ends the watch
 * @param origin the raw record
 */
public record WatchInput(String pairId, @Nullable PairWatch watch, InputRecord origin) {

  /** The type of a watch input. */
  public static final TypeInformation<WatchInput> TYPE =
      new RecordTypeInfo<>(WatchInput.class, new WatchInputSerializer());
}
