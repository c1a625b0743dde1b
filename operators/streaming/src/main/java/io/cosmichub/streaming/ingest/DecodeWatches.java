package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import io.cosmichub.contracts.PairWatchDecoder;
import io.cosmichub.pair.PairWatch;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Decodes the records of the topic of pair watches. */
public final class DecodeWatches extends DecodeFunction<PairWatch, WatchInput> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "decode-watches";

  // Runtime.
  private transient PairWatchDecoder decoder;

  /** Decodes watches. */
  public DecodeWatches() {
    super(STAGE);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    decoder = new PairWatchDecoder();
  }

  @Override
  Decoded<PairWatch> decode(InputRecord raw) {
    return decoder.decode(raw);
  }

  @Override
  WatchInput value(PairWatch watch, InputRecord raw) {
    return new WatchInput(watch.pairId(), watch, raw);
  }

  @Override
  WatchInput erase(String pairId, InputRecord raw) {
    return new WatchInput(pairId, null, raw);
  }

  @Override
  public TypeInformation<WatchInput> getProducedType() {
    return WatchInput.TYPE;
  }
}
