package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands work to the kernel. What the kernel fails at, or does not finish in time, is computed by
 * the reference kernel instead: nothing is dropped, and a slow or broken device never fails the
 * job. Wants an ordered wait, for a result of moved bodies stands on the one before it.
 */
public final class AspectsFunction extends RichAsyncFunction<PairWork, PairResult>
    implements ResultTypeQueryable<PairResult> {

  /** The counter of work that the reference kernel did in place of the chosen one. */
  public static final String FALLBACKS = "kernel_fallbacks";

  // Configuration.
  private final KernelSource kernels;
  private final PolicySource policy;

  // Runtime.
  private transient @Nullable AspectKernel kernel;
  private transient ReferenceKernel reference;
  private transient Counter fallbacks;

  /**
   * Uses the kernel named {@code choice} ({@code auto}, {@code reference}); one that is not there
   * fails {@code open}.
   */
  public AspectsFunction(String choice, PolicySource policy) {
    this(aspects -> Kernels.open(choice, aspects), policy);
    Objects.requireNonNull(choice, "choice");
  }

  AspectsFunction(KernelSource kernels, PolicySource policy) {
    this.kernels = Objects.requireNonNull(kernels, "kernels");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    kernel = kernels.open(policy.policy());
    reference = new ReferenceKernel(policy.policy());
    fallbacks =
        getRuntimeContext()
            .getMetricGroup()
            .addGroup(Accounting.GROUP)
            .counter(FALLBACKS, new ThreadSafeSimpleCounter());
  }

  @Override
  public void asyncInvoke(PairWork work, ResultFuture<PairResult> result) {
    CompletableFuture<Void> unused =
        compute(work)
            .exceptionally(deviceFailed -> instead(work))
            .thenAccept(touched -> answer(work, touched, result))
            .exceptionally(bug -> fail(bug, result));
  }

  @Override
  public void timeout(PairWork work, ResultFuture<PairResult> result) {
    answer(work, instead(work), result);
  }

  private static void answer(PairWork work, AspectSet touched, ResultFuture<PairResult> result) {
    result.complete(List.of(new PairResult(work, touched)));
  }

  private static @Nullable Void fail(Throwable bug, ResultFuture<PairResult> result) {
    result.completeExceptionally(bug);
    return null;
  }

  private CompletableFuture<AspectSet> compute(PairWork work) {
    return work.kind() == PairWork.Kind.CLOSE
        ? CompletableFuture.completedFuture(AspectSet.EMPTY)
        : Objects.requireNonNull(kernel).touched(work.a(), work.b(), work.movedA(), work.movedB());
  }

  private AspectSet instead(PairWork work) {
    fallbacks.inc();
    return reference.aspects(work.a(), work.b(), work.movedA(), work.movedB());
  }

  @Override
  public void close() {
    if (kernel != null) {
      kernel.close();
    }
  }

  @Override
  public TypeInformation<PairResult> getProducedType() {
    return PairResult.TYPE;
  }
}
