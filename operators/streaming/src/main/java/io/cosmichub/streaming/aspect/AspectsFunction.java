package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.Kernels;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.kernels.guard.GuardedKernels;
import io.cosmichub.pair.PairWork;
import io.cosmichub.streaming.ingest.Accounting;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands work to the kernel, which is guarded: it answers in time and rightly whatever its device
 * does. Wants an ordered wait, for a result of moved bodies stands on the one before it.
 */
public final class AspectsFunction extends RichAsyncFunction<PairWork, PairResult>
    implements ResultTypeQueryable<PairResult> {

  /**
   * The counter of work that the guard did not answer in time either, and the reference kernel did.
   */
  public static final String TIMEOUTS = "kernel_timeouts";

  // Configuration.
  private final KernelSource kernels;
  private final PolicySource policy;

  // Runtime.
  private transient @Nullable AspectKernel kernel;
  private transient Counter timeouts;

  /** As the other, with the default settings of the guard. */
  public AspectsFunction(String kernel, PolicySource policy) {
    this(new AspectConfig(kernel, GuardSettings.DEFAULT), policy);
  }

  /** Uses the kernel that {@code config} names; one that is not there fails {@code open}. */
  public AspectsFunction(AspectConfig config, PolicySource policy) {
    this(
        (aspects, subtask, events) ->
            new GuardedKernels(Kernels.known(), config.guard(), subtask, events)
                .open(config.kernel(), aspects),
        policy);
  }

  AspectsFunction(KernelSource kernels, PolicySource policy) {
    this.kernels = Objects.requireNonNull(kernels, "kernels");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    AspectKernel opened =
        kernels.open(policy.policy(), subtask, name -> new KernelMetrics(metrics, name));
    kernel = opened;
    KernelMetrics.chosen(metrics, opened.name());
    timeouts = metrics.counter(TIMEOUTS);
  }

  /** Whether the kernel answers on the calling thread; known once opened. */
  boolean answersAtOnce() {
    return Objects.requireNonNull(kernel).answersAtOnce();
  }

  /** What a kernel that answers at once makes of {@code work}. */
  PairResult answer(PairWork work) {
    return new PairResult(work, compute(work).join());
  }

  @Override
  public void asyncInvoke(PairWork work, ResultFuture<PairResult> result) {
    CompletableFuture<?> unused =
        compute(work)
            .whenComplete(
                (touched, bug) -> {
                  if (bug == null) {
                    answer(work, touched, result);
                  } else {
                    result.completeExceptionally(bug);
                  }
                });
  }

  private CompletableFuture<AspectSet> compute(PairWork work) {
    return work.kind() == PairWork.Kind.COMPUTE
        ? Objects.requireNonNull(kernel).touched(work.a(), work.b(), work.movedA(), work.movedB())
        : CompletableFuture.completedFuture(AspectSet.EMPTY);
  }

  @Override
  public void timeout(PairWork work, ResultFuture<PairResult> result) {
    timeouts.inc();
    ReferenceKernel reference = new ReferenceKernel(policy.policy());
    answer(work, reference.aspects(work.a(), work.b(), work.movedA(), work.movedB()), result);
  }

  private static void answer(PairWork work, AspectSet touched, ResultFuture<PairResult> result) {
    result.complete(List.of(new PairResult(work, touched)));
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
