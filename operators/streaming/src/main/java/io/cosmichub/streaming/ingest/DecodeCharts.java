package io.cosmichub.streaming.ingest;

import io.cosmichub.chart.ChartKey;
import io.cosmichub.chart.ChartUpdate;
import io.cosmichub.contracts.ChartUpdateDecoder;
import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Decodes the records of both chart topics and keys them by the keyed hash of the chart's id. */
public final class DecodeCharts extends DecodeFunction<ChartUpdate, ChartInput> {

  /** The name of this step in dead letters. */
  public static final String STAGE = "decode-charts";

  // Configuration.
  private final long maxAheadMillis;
  private final String erasureKey;
  private final Clock clock;

  // Runtime.
  private transient ChartUpdateDecoder decoder;
  private transient ChartKey chartKey;

  /**
   * Decodes with a limit on how far ahead of {@code clock}, which must be serializable, an event
   * time may be; {@code erasureKey} is the secret of the keyed hash.
   */
  public DecodeCharts(long maxAheadMillis, String erasureKey, Clock clock) {
    super(STAGE);
    this.maxAheadMillis = maxAheadMillis;
    this.erasureKey = Objects.requireNonNull(erasureKey, "erasureKey");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    decoder = new ChartUpdateDecoder(maxAheadMillis, clock);
    chartKey = new ChartKey(erasureKey.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  Decoded<ChartUpdate> decode(InputRecord raw) {
    return decoder.decode(raw);
  }

  @Override
  ChartInput value(ChartUpdate update, InputRecord raw) {
    return new ChartInput(chartKey.of(update.chartId()), update.chartId(), update, raw);
  }

  @Override
  ChartInput erase(String chartId, InputRecord raw) {
    return new ChartInput(chartKey.of(chartId), chartId, null, raw);
  }

  @Override
  public TypeInformation<ChartInput> getProducedType() {
    return ChartInput.TYPE;
  }
}
