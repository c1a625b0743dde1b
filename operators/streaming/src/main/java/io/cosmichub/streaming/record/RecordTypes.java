package io.cosmichub.streaming.record;

import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.OutputRecord;
import io.cosmichub.pair.PairUpdate;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.SideUpdate;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The type information of the models' and contracts' records that cross an edge of the topology.
 */
public final class RecordTypes {

  /** Raw records from the sources. */
  public static final TypeInformation<InputRecord> INPUT_RECORD =
      new RecordTypeInfo<>(InputRecord.class, new InputRecordSerializer());

  /** Encoded records to the sinks. */
  public static final TypeInformation<OutputRecord> OUTPUT_RECORD =
      new RecordTypeInfo<>(OutputRecord.class, new OutputRecordSerializer());

  /** From the fan-out to the pairs. */
  public static final TypeInformation<SideUpdate> SIDE_UPDATE =
      new RecordTypeInfo<>(SideUpdate.class, new SideUpdateSerializer());

  /** From the pairs to the kernel. */
  public static final TypeInformation<PairWork> PAIR_WORK =
      new RecordTypeInfo<>(PairWork.class, new PairWorkSerializer());

  /** What changed in a pair. */
  public static final TypeInformation<PairUpdate> PAIR_UPDATE =
      new RecordTypeInfo<>(PairUpdate.class, new PairUpdateSerializer());

  private RecordTypes() {}
}
