package io.cosmichub.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Which updates of pairs have been sent and not been seen, and how late the others were. Who sees a
 * revision has seen those before it, too. Thread-safe.
 */
final class Awaited {

  private static final long LONGEST_MICROS = 60_000_000;

  private record Update(long revision, long nanos) {}

  private final Map<String, Deque<Update>> updates = new HashMap<>();
  private final Histogram micros = new Histogram(LONGEST_MICROS, 3);

  /** An update is about to be sent; the revisions of a pair rise. */
  synchronized void sent(String pair, long revision, long nanos) {
    updates.computeIfAbsent(pair, id -> new ArrayDeque<>()).addLast(new Update(revision, nanos));
  }

  /** A pair has been seen at a revision. */
  synchronized void seen(String pair, long revision, long nanos) {
    Deque<Update> waiting = updates.getOrDefault(pair, new ArrayDeque<>());
    while (!waiting.isEmpty() && waiting.getFirst().revision() <= revision) {
      long took = (nanos - waiting.removeFirst().nanos()) / 1_000;
      micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, took)));
    }
  }

  /** How many have not been seen. */
  synchronized int waiting() {
    return updates.values().stream().mapToInt(Deque::size).sum();
  }

  /** How late they were so far, in microseconds. */
  synchronized Histogram micros() {
    return micros.copy();
  }
}
