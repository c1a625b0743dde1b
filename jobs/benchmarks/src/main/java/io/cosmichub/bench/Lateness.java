package io.cosmichub.bench;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How late the live records of chart updates are. A record counts in the phase in which its update
 * was sent, however late it comes. Thread-safe.
 */
final class Lateness {

  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  private final Map<Long, Sent> sent = new HashMap<>();
  private final Queue<Sent> unseen = new ArrayDeque<>();
  private Histogram phase = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
  private long mark = Long.MAX_VALUE;
  private OptionalLong firstAfterMark = OptionalLong.empty();

  /** Begins a phase, and returns what will hold its microseconds. */
  synchronized Histogram begin() {
    phase = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    return phase;
  }

  /** The microseconds of the phase that was begun last. */
  synchronized Histogram micros() {
    return phase;
  }

  /** An update of a chart is about to be sent. */
  synchronized void sent(int chart, int revision, long nanos) {
    Sent update = new Sent(nanos, phase);
    sent.put(key(chart, revision), update);
    unseen.add(update);
  }

  /** A live record of a pair of a chart has come; one of an update that is not known is nothing. */
  synchronized void seen(int chart, int revision, long nanos) {
    Sent update = sent.get(key(chart, revision));
    if (update == null) {
      return;
    }
    update.seen = true;
    update.phase.recordValue(Math.min(LONGEST_MICROS, (nanos - update.nanos) / 1_000));
    if (firstAfterMark.isEmpty() && update.nanos >= mark) {
      firstAfterMark = OptionalLong.of(nanos);
    }
  }

  /** How long, in nanoseconds, the oldest update has waited of which no record has come; or 0. */
  synchronized long longestWait(long now) {
    while (!unseen.isEmpty() && unseen.element().seen) {
      unseen.remove();
    }
    return unseen.isEmpty() ? 0 : Math.max(1, now - unseen.element().nanos);
  }

  /** Looks from now on for the first record of an update that is sent at {@code nanos} or later. */
  synchronized void mark(long nanos) {
    mark = nanos;
    firstAfterMark = OptionalLong.empty();
  }

  /** When the first record came of an update that was sent after the {@link #mark}. */
  synchronized OptionalLong firstAfterMark() {
    return firstAfterMark;
  }

  private static long key(int chart, int revision) {
    return (long) chart << Integer.SIZE | revision;
  }

  /** An update, when it was sent, and whether a record of it has come. */
  private static final class Sent {

    private final long nanos;
    private final Histogram phase;
    private boolean seen;

    Sent(long nanos, Histogram phase) {
      this.nanos = nanos;
      this.phase = phase;
    }
  }
}
