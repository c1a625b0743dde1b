package io.cosmichub.streaming.ingest;

import io.cosmichub.contracts.Decoded;
import io.cosmichub.contracts.InputRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes raw records and counts them as read; a malformed one leaves by the side output of dead
 * letters.
 *
 * @param <T> what a value decodes to
 * @param <O> what is emitted
 */
abstract sealed class DecodeFunction<T, O> extends ProcessFunction<InputRecord, O>
    implements ResultTypeQueryable<O>
    permits DecodeCharts, DecodeWatches, DecodeFeedback, DecodeControl {

  // Configuration.
  private final String stage;

  // Runtime.
  private transient Accounting accounting;

  DecodeFunction(String stage) {
    this.stage = stage;
  }

  abstract Decoded<T> decode(InputRecord raw);

  abstract O value(T value, InputRecord raw);

  abstract O erase(String key, InputRecord raw);

  /** Emits what a value becomes: one record, unless a subclass knows better. */
  void emit(T value, InputRecord raw, Collector<O> out) {
    out.collect(value(value, raw));
  }

  @Override
  public void open(OpenContext context) {
    accounting = new Accounting(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(InputRecord raw, Context context, Collector<O> out) {
    accounting.read(raw.topic());
    Decoded<T> decoded = decode(raw);
    if (decoded instanceof Decoded.Value<T> value) {
      emit(value.value(), raw, out);
    } else if (decoded instanceof Decoded.Erase<T> erase) {
      out.collect(erase(erase.key(), raw));
    } else if (decoded instanceof Decoded.Malformed<T> malformed) {
      accounting.deadLettered(raw.topic());
      context.output(
          DeadLetters.TAG, new DeadLetter(raw, malformed.code(), malformed.reason(), stage));
    }
  }
}
