package io.cosmichub.pipeline;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * How an operator is known.
 *
 * @param uid finds its state in a checkpoint: never changed once released, nor used again
 * @param name what people read in Flink's UI and in metrics
 */
public record OperatorId(String uid, String name) {

  /** Gives {@code operator} this uid and name. */
  public <T> SingleOutputStreamOperator<T> on(SingleOutputStreamOperator<T> operator) {
    return operator.uid(uid).name(name);
  }

  /** Gives {@code sink} this uid and name. */
  public <T> DataStreamSink<T> on(DataStreamSink<T> sink) {
    return sink.uid(uid).name(name);
  }
}
