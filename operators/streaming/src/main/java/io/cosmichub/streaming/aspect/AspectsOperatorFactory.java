package io.cosmichub.streaming.aspect;

import io.cosmichub.pair.PairWork;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the step that hands work to the kernel, where the task runs. */
public final class AspectsOperatorFactory extends AbstractStreamOperatorFactory<PairResult>
    implements OneInputStreamOperatorFactory<PairWork, PairResult> {

  private static final long serialVersionUID = 1L;

  private final AspectsFunction aspects;
  private final Duration timeout;
  private final int capacity;

  /**
   * Waits {@code timeout} for an answer and holds {@code capacity} works that are not answered; a
   * kernel that answers at once needs neither.
   */
  public AspectsOperatorFactory(AspectsFunction aspects, Duration timeout, int capacity) {
    this.aspects = Objects.requireNonNull(aspects, "aspects");
    this.timeout = Objects.requireNonNull(timeout, "timeout");
    this.capacity = capacity;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T extends StreamOperator<PairResult>> T createStreamOperator(
      StreamOperatorParameters<PairResult> parameters) {
    return (T) new AspectsOperator(parameters, aspects, timeout, capacity);
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
    return AspectsOperator.class;
  }
}
