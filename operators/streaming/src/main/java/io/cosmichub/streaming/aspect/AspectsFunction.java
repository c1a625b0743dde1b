package io.cosmichub.streaming.aspect;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.guard.GuardSettings;
import io.cosmichub.pair.PairWork;
import io.cosmichub.pair.Told;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  /** The gauge of devices that the kernel of this subtask computes on: 0 where there is none. */
  static final String GPU_DEVICES = "gpu_devices";

  /** The gauge of the share of all pairs that a device is to compute, 0 to 1. */
  static final String GPU_SHARE = "gpu_share";

  /** The counter of pairs that were handed to a device. */
  static final String GPU_PAIRS = "gpu_pairs";

  private static final Logger LOG = LoggerFactory.getLogger(AspectsFunction.class);

  // Configuration.
  private final KernelSource kernels;
  private final PolicySource policy;

  // Runtime.
  private transient @Nullable PolicyKernel standard;
  private transient @Nullable PolicyKernel candidate;
  private transient @Nullable DeviceRollout devices;
  private transient Counter timeouts;
  private transient Counter onDevice;

  /** As the other, with the default settings of the guard. */
  public AspectsFunction(String kernel, PolicySource policy) {
    this(new AspectConfig(kernel, GuardSettings.DEFAULT), policy);
  }

  /** Uses the kernel that {@code config} names; one that is not there fails the job for good. */
  public AspectsFunction(AspectConfig config, PolicySource policy) {
    this(KernelSource.known(config.kernel(), config.guard()), policy);
  }

  AspectsFunction(KernelSource kernels, PolicySource policy) {
    this.kernels = Objects.requireNonNull(kernels, "kernels");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  @Override
  public void open(OpenContext context) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup().addGroup(Accounting.GROUP);
    int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    standard = PolicyKernel.open(kernels, policy.policy(), subtask, metrics, "");
    AspectPolicy other = policy.candidate();
    if (other != null) {
      candidate = PolicyKernel.open(kernels, other, subtask, metrics, "_" + other.id());
    }
    timeouts = metrics.counter(TIMEOUTS);
    onDevice = metrics.counter(GPU_PAIRS);
    DeviceRollout flags = Objects.requireNonNull(devices, "not restored");
    metrics.gauge(GPU_DEVICES, () -> hasDevice() ? 1 : 0);
    metrics.gauge(GPU_SHARE, flags::share);
  }

  /** Goes on with the flags of before; comes before {@link #open}. */
  void restore(DeviceRollout flags) {
    devices = flags;
  }

  /** Keeps a flag of devices; it holds from the next pair on. */
  void told(Told news) throws Exception {
    DeviceRollout flags = Objects.requireNonNull(devices);
    if (flags.told(news)) {
      LOG.info(
          "{}: a share of {} of all pairs goes to a device; {}",
          news.name(),
          flags.share(),
          hasDevice()
              ? "kernel '" + standard().kernel().name() + "' has one"
              : "there is no device here, so the kernel computes them all as before");
    }
  }

  private PolicyKernel standard() {
    return Objects.requireNonNull(standard);
  }

  private boolean hasDevice() {
    return standard().hasDevice();
  }

  /** Whether the kernel answers on the calling thread; known once opened. */
  boolean answersAtOnce() {
    return standard().kernel().answersAtOnce()
        && (candidate == null || candidate.kernel().answersAtOnce());
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
        ? kernelOf(work).touched(work.a(), work.b(), work.movedA(), work.movedB())
        : CompletableFuture.completedFuture(AspectSet.EMPTY);
  }

  private AspectKernel kernelOf(PairWork work) {
    PolicyKernel of = of(work);
    if (of.hasDevice() && Objects.requireNonNull(devices).includes(work.pairId())) {
      onDevice.inc();
      return of.kernel();
    }
    return of.withoutDevice();
  }

  private PolicyKernel of(PairWork work) {
    if (work.policy().isEmpty()) {
      return standard();
    }
    PolicyKernel other = candidate;
    if (other == null || !other.policy().id().equals(work.policy())) {
      throw new IllegalStateException(
          "work under policy " + work.policy() + ", and this job has " + policy.policies());
    }
    return other;
  }

  @Override
  public void timeout(PairWork work, ResultFuture<PairResult> result) {
    timeouts.inc();
    ReferenceKernel reference = new ReferenceKernel(of(work).policy());
    answer(work, reference.aspects(work.a(), work.b(), work.movedA(), work.movedB()), result);
  }

  private static void answer(PairWork work, AspectSet touched, ResultFuture<PairResult> result) {
    result.complete(List.of(new PairResult(work, touched)));
  }

  @Override
  public void close() {
    if (standard != null) {
      standard.close();
    }
    if (candidate != null) {
      candidate.close();
    }
  }

  @Override
  public TypeInformation<PairResult> getProducedType() {
    return PairResult.TYPE;
  }
}
