package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
import java.time.Duration;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.retryable.AsyncRetryStrategies;

/**
 * Waits for a kernel in order, as Flink's own operator does; of a kernel that answers at once it
 * passes the answer on, without a place in the queue and without a timer. What is told passes at
 * once, too: a checkpoint then never holds it in one subtask's queue alone.
 */
final class AspectsOperator extends AsyncWaitOperator<PairWork, PairResult> {

  private static final long serialVersionUID = 1L;

  // Configuration.
  private final AspectsFunction aspects;

  @SuppressWarnings("unchecked") // of the strategy, which Flink keeps without its type
  AspectsOperator(
      StreamOperatorParameters<PairResult> parameters,
      AspectsFunction aspects,
      Duration timeout,
      int capacity) {
    super(
        parameters,
        aspects,
        timeout.toMillis(),
        capacity,
        AsyncDataStream.OutputMode.ORDERED,
        AsyncRetryStrategies.NO_RETRY_STRATEGY,
        parameters.getProcessingTimeService(),
        parameters.getMailboxExecutor());
    this.aspects = aspects;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    aspects.restore(
        new DeviceRollout(
            context.getOperatorStateStore().getBroadcastState(AspectStates.devices())));
  }

  @Override
  public void processElement(StreamRecord<PairWork> work) throws Exception {
    Told told = work.getValue().told();
    if (told != null) {
      aspects.told(told);
    }
    if (told != null || aspects.answersAtOnce()) {
      output.collect(work.replace(aspects.answer(work.getValue())));
    } else {
      super.processElement(work);
    }
  }
}
