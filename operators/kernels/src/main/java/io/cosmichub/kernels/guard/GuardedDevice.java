package io.cosmichub.kernels.guard;

import io.cosmichub.aspect.AspectPolicy;
import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import io.cosmichub.kernels.BatchKernel;
import io.cosmichub.kernels.ReferenceKernel;
import io.cosmichub.kernels.batch.MicroBatcher;
import io.cosmichub.kernels.batch.PairBatch;
import io.cosmichub.kernels.batch.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kernel whose device is called with batches on a thread of its own, with a CPU kernel behind it:
 * a batch that the device fails at, or does not return before the deadline, the CPU computes in
 * place of it, and a share of batches the reference kernel computes as well. Its futures fail only
 * if the CPU kernel does.
 */
public final class GuardedDevice implements AspectKernel {

  /*
   * Who may touch what:
   *
   *   callers         collect pairs in the batcher, hand over a batch that they filled, never wait for the device
   *   device thread   runs one call after the other; owns the blocks that the device reads and the sets that it writes, so a
   *                   device that answers late, or never, has nothing in hand that anyone else uses
   *   timer           hands over batches that lingered; takes a late batch away and has the CPU compute it
   *
   * A call is settled once, by whoever moves its phase to SETTLED first; the other one's answer is dropped. While the device
   * thread still sits in a call that was taken away, it is given nothing: each batch then counts as one more failure.
   */
  private static final Logger LOG = LoggerFactory.getLogger(GuardedDevice.class);
  private static final CompletionStage<@Nullable Void> DONE =
      CompletableFuture.completedStage(null);

  private final BatchKernel device;
  private final AspectKernel cpu;
  private final Breaker breaker;
  private final KernelEvents events;
  private final Duration deadline;
  private final DeviceThread thread;
  private final Timer timer;
  private final MicroBatcher batcher;
  private final CheckedBatches batches;
  private final BatchProgress progress;
  private final Set<Call> handedOver = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Call running;
  private volatile boolean closed;

  /**
   * Guards {@code device} by {@code cpu}, which answers on the calling thread, and closes both, the
   * thread and the timer; {@code seed} chooses the batches that are repeated.
   */
  public GuardedDevice(
      BatchKernel device,
      AspectKernel cpu,
      GuardSettings settings,
      long seed,
      KernelEvents events,
      DeviceThread thread,
      Timer timer) {
    this.device = device;
    this.cpu = cpu;
    this.events = events;
    this.thread = thread;
    this.timer = timer;
    deadline = settings.deadline();
    breaker =
        new Breaker(
            settings.breakerFailures(),
            settings.breakerPause(),
            timer::nanos,
            events::breakerMoved);
    batcher = new MicroBatcher(settings.batches(), this::handOver, cpu, timer, events);
    progress = new BatchProgress(events);
    batches =
        new CheckedBatches(
            new DeviceBlocks(device, settings.batches().max(), progress::advanced),
            new ReferenceKernel(device.policy()),
            new ShadowCheck(device, settings.shadowShare(), seed, breaker, events),
            timer::nanos);
  }

  @Override
  public String name() {
    return device.name();
  }

  @Override
  public AspectPolicy policy() {
    return device.policy();
  }

  @Override
  public CompletableFuture<AspectSet> touched(
      Longitudes sideA, Longitudes sideB, int ofA, int ofB) {
    if (breaker.wouldAllow()) {
      return batcher.touched(sideA, sideB, ofA, ofB);
    }
    events.fellBack(1);
    return cpu.touched(sideA, sideB, ofA, ofB);
  }

  @Override
  public AspectKernel withoutDevice() {
    return cpu;
  }

  private CompletionStage<?> handOver(PairBatch batch) {
    if (closed || !breaker.tryAcquire()) {
      instead(batch);
      return DONE;
    }
    Call before = running;
    // A call that returns is not running any more when it is settled; one that was taken away still
    // is.
    if (before != null && before.isSettled() && running == before) {
      breaker.failed();
      instead(batch);
      return DONE;
    }
    Call call = new Call(batch);
    handedOver.add(call);
    call.begin();
    return call.settled;
  }

  private void instead(PairBatch batch) {
    events.fellBack(batch.size());
    batch.answerBy(cpu);
  }

  /** Has the CPU compute what waits; the device is closed by its own thread once that is free. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      batcher.close();
      handedOver.forEach(Call::takeAway);
      timer.close();
      thread.end(device::close, deadline);
      cpu.close();
    }
  }

  private enum Phase {
    WAITING,
    RUNNING,
    SETTLED
  }

  /** One batch on its way to the device and back. */
  private final class Call implements Runnable {

    final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
    private final PairBatch batch;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
    private volatile Timer.@Nullable Wake lateness;

    Call(PairBatch batch) {
      this.batch = batch;
    }

    void begin() {
      lateness = timer.after(deadline.toNanos(), this::late);
      thread.execute(this);
      if (closed) {
        takeAway();
      }
    }

    boolean isSettled() {
      return phase.get() == Phase.SETTLED;
    }

    @Override
    public void run() {
      if (breaker.state() == Breaker.State.OFF) {
        takeAway();
        return;
      }
      if (isSettled()) {
        return;
      }
      // Before the phase says so: whoever settles the call then ends its progress after this.
      progress.begin(batch);
      if (!phase.compareAndSet(Phase.WAITING, Phase.RUNNING)) {
        progress.end(batch);
        return;
      }
      AspectSet[] found;
      running = this;
      try {
        found = batches.compute(batch);
      } catch (Exception | LinkageError failure) {
        running = null;
        failed(failure);
        return;
      } catch (Error bug) {
        running = null;
        settle(
            () -> {
              breaker.failed();
              batch.fail(bug);
            });
        return;
      }
      running = null;
      settle(
          () -> {
            breaker.succeeded();
            batch.answer(found);
          });
    }

    private void failed(Throwable failure) {
      settle(
          () -> {
            LOG.warn(
                "Kernel '{}' failed at a batch of {} pairs; the CPU computes it instead",
                name(),
                batch.size(),
                failure);
            breaker.failed();
            instead(batch);
          });
    }

    private void late() {
      String reached = progress.of(batch);
      settle(
          () -> {
            LOG.warn(
                "Kernel '{}' did not return a batch of {} pairs within {}, {}; the CPU computes it"
                    + " instead",
                name(),
                batch.size(),
                deadline,
                reached);
            breaker.failed();
            instead(batch);
          });
    }

    void takeAway() {
      settle(() -> instead(batch));
    }

    private void settle(Runnable answer) {
      if (phase.getAndSet(Phase.SETTLED) != Phase.SETTLED) {
        Timer.Wake waiting = lateness;
        if (waiting != null) {
          waiting.cancel();
        }
        handedOver.remove(this);
        progress.end(batch);
        try {
          answer.run();
        } finally {
          settled.complete(null);
        }
      }
    }
  }
}
