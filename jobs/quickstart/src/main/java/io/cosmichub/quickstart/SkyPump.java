package io.cosmichub.quickstart;

import io.cosmichub.contracts.InputEncoder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends the moves of the sky hour by hour at a speed, but never more hours ahead of the live topic
 * than a few: a pipeline that is slower than asked for is followed, not flooded.
 */
final class SkyPump implements Worker {

  private static final int MOST_IN_FLIGHT = 8;
  private static final long PATIENCE_MILLIS = 200;

  private final SkyReplay replay;
  private final SkyProgress progress;
  private final InputEncoder encoder;
  private final SampleProducer producer;
  private final Speed speed;
  private volatile boolean stopped;

  SkyPump(
      SkyReplay replay,
      SkyProgress progress,
      InputEncoder encoder,
      SampleProducer producer,
      Speed speed) {
    this.replay = replay;
    this.progress = progress;
    this.encoder = encoder;
    this.producer = producer;
    this.speed = speed;
  }

  /** Sends until the year is over or it is closed. */
  @Override
  public @Nullable Void call() throws Exception {
    long due = System.nanoTime();
    for (int hour = replay.hourOf(progress.sent()) + 1; hour < replay.hours(); hour++) {
      awaitTurn(due);
      if (stopped) {
        break;
      }
      progress.sending(replay.chart(hour).revision(), System.nanoTime());
      producer.send(encoder.chart(replay.move(hour)));
      producer.flush();
      // A late hour does not make the next ones come in a rush.
      due = Math.max(due + speed.nanosPerHour(), System.nanoTime() - speed.nanosPerHour());
    }
    return null;
  }

  /** Whether the last hour of the year has been sent. */
  boolean yearIsOver() {
    return replay.hourOf(progress.sent()) == replay.hours() - 1;
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void awaitTurn(long due) throws InterruptedException {
    long wait = due - System.nanoTime();
    while (!stopped && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)));
      wait = due - System.nanoTime();
    }
    while (!stopped
        && !progress.awaitFewerInFlight(MOST_IN_FLIGHT, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      // The pipeline is still at work on what it has.
    }
  }
}
