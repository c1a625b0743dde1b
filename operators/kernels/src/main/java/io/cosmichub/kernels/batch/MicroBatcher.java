package io.cosmichub.kernels.batch;

import io.cosmichub.aspect.AspectSet;
import io.cosmichub.chart.Longitudes;
import io.cosmichub.kernels.AspectKernel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects pairs into batches and hands them over, a limited number at a time. A batch leaves when
 * it is full, or when its first pair has waited for the linger and there is room in flight; so
 * callers that together wait for fewer pairs than fill one still get on. Never blocks a caller:
 * where a batch is full and no room is left, the caller computes it.
 */
public final class MicroBatcher implements AutoCloseable {

  /*
   * One batch is open at a time. It leaves by one of three ways, whichever is first:
   *
   *   full       the caller that filled it hands it over; without room in flight that caller has the CPU compute it. This is
   *              the backpressure: a caller that is faster than the device is kept busy, and no queue grows.
   *   lingered   the timer hands it over. Without room it stays open, is due, and goes on filling.
   *   room       a batch was answered; whoever answered it hands over the open one if that is due.
   *
   * So at most `inFlight` batches and the open one wait. The lock covers the fields below it; no foreign code runs under it
   * but the timer's, which only notes a task down.
   */
  private final BatchSettings settings;
  private final Function<PairBatch, CompletionStage<?>> device;
  private final AspectKernel cpu;
  private final Timer timer;
  private final BatchEvents events;
  private final Object lock = new Object();

  private @Nullable PairBatch open;
  private Timer.@Nullable Wake linger;
  private boolean due;
  private int inFlight;
  private boolean closed;

  /**
   * Hands batches to {@code device}, which never throws, answers each of them sooner or later, and
   * whose stage ends when it has; what there is no room for, {@code cpu} computes.
   */
  public MicroBatcher(
      BatchSettings settings,
      Function<PairBatch, CompletionStage<?>> device,
      AspectKernel cpu,
      Timer timer,
      BatchEvents events) {
    this.settings = settings;
    this.device = device;
    this.cpu = cpu;
    this.timer = timer;
    this.events = events;
  }

  /** As {@link AspectKernel#touched}, in a batch with others; alone once this is closed. */
  public CompletableFuture<AspectSet> touched(Longitudes a, Longitudes b, int movedA, int movedB) {
    PairBatch batch;
    boolean full;
    boolean room;
    CompletableFuture<AspectSet> answer;
    synchronized (lock) {
      if (closed) {
        return cpu.touched(a, b, movedA, movedB);
      }
      batch = open == null ? begin() : open;
      answer = batch.add(a, b, movedA, movedB);
      full = batch.isFull();
      room = full && take();
    }
    if (room) {
      send(batch);
    } else if (full) {
      events.overflowed(batch.size());
      batch.answerBy(cpu);
    }
    return answer;
  }

  private PairBatch begin() {
    PairBatch batch = new PairBatch(settings.max());
    open = batch;
    linger = timer.after(settings.linger().toNanos(), () -> lingered(batch));
    return batch;
  }

  /** Ends the open batch; whether there was room in flight, which is then taken. */
  private boolean take() {
    if (linger != null) {
      linger.cancel();
    }
    open = null;
    linger = null;
    due = false;
    boolean room = inFlight < settings.inFlight();
    inFlight += room ? 1 : 0;
    return room;
  }

  private void lingered(PairBatch batch) {
    synchronized (lock) {
      if (open != batch) {
        return;
      }
      if (inFlight == settings.inFlight()) {
        due = true;
        return;
      }
      take();
    }
    send(batch);
  }

  private void send(PairBatch batch) {
    events.batchSent(batch.size());
    CompletionStage<?> unused = device.apply(batch).whenComplete((answered, ignored) -> makeRoom());
  }

  private void makeRoom() {
    PairBatch next;
    synchronized (lock) {
      inFlight--;
      next = open;
      if (next == null || !due) {
        return;
      }
      take();
    }
    send(next);
  }

  /** Has the CPU compute what is not handed over yet. */
  @Override
  public void close() {
    PairBatch rest;
    synchronized (lock) {
      closed = true;
      rest = open;
      if (rest == null) {
        return;
      }
      take();
    }
    rest.answerBy(cpu);
  }
}
