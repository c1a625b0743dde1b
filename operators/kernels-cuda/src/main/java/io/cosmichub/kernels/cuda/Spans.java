package io.cosmichub.kernels.cuda;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long at least one of several streams was at work. The spans of one stream come in their
 * order; those of different streams may overlap, and what they share counts once.
 */
final class Spans {

  // From where to where somebody was at work, as far as a span yet to come may still meet it.
  private final TreeMap<Long, Long> open = new TreeMap<>();
  private final long[] reached;
  private long settled;

  /** No time at all, of so many streams. */
  Spans(int streams) {
    reached = new long[streams];
  }

  /** A stream was at work between two times, which are not negative. */
  void add(int stream, long from, long to) {
    long first = Math.max(from, reached[stream]);
    long last = Math.max(first, to);
    reached[stream] = last;
    for (Map.Entry<Long, Long> near = open.floorEntry(last);
        near != null && near.getValue() >= first;
        near = open.floorEntry(last)) {
      open.remove(near.getKey());
      first = Math.min(first, near.getKey());
      last = Math.max(last, near.getValue());
    }
    open.put(first, last);
    settle(Arrays.stream(reached).min().orElse(0));
  }

  /** All spans so far are known: the next one is later than all, or times begin anew. */
  void quiet() {
    settle(Long.MAX_VALUE);
    Arrays.fill(reached, 0);
  }

  /** The time in which at least one stream was at work. */
  long union() {
    return settled + open.entrySet().stream().mapToLong(Spans::length).sum();
  }

  /** How many spans are remembered one by one. */
  int remembered() {
    return open.size();
  }

  private void settle(long until) {
    for (Map.Entry<Long, Long> first = open.firstEntry();
        first != null && first.getValue() <= until;
        first = open.firstEntry()) {
      settled += length(first);
      open.remove(first.getKey());
    }
  }

  private static long length(Map.Entry<Long, Long> span) {
    return span.getValue() - span.getKey();
  }
}
