package io.cosmichub.streaming.hot;

import java.util.Iterator;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the keys of a subtask, a page at a time, so that what is computed for them never
 * stands in the way of what comes in for long. It sees the keys that are there when it begins, and
 * counts them ahead of itself, in larger pages, to say how far it is. Of one task thread.
 */
public final class KeyWalk {

  private static final long MILLIS = 1_000;
  private static final long PAUSE_MILLIS = 20;
  private static final int COUNTED_A_PAGE = 1_000;

  private final Supplier<Stream<String>> keys;
  private final ProcessingTimeService time;
  private @Nullable Stream<String> stream;
  private @Nullable Iterator<String> rest;
  private @Nullable Stream<String> countStream;
  private @Nullable Iterator<String> uncounted;
  private int walks;
  private long seen;
  // Thousandths of a key that the next page owes.
  private long due;
  private long counted;

  /** A walk over {@code keys}, which are asked for when one begins. */
  KeyWalk(Supplier<Stream<String>> keys, ProcessingTimeService time) {
    this.keys = keys;
    this.time = time;
  }

  /**
   * Begins, in place of a walk that is under way: {@code visit} gets {@code perSecond} keys a
   * second at most, {@code done} is called after the last.
   */
  public void begin(int perSecond, Consumer<String> visit, Runnable done) {
    end();
    Stream<String> all = keys.get();
    stream = all;
    rest = all.iterator();
    seen = 0;
    due = 0;
    Stream<String> ahead = keys.get();
    countStream = ahead;
    uncounted = ahead.iterator();
    counted = 0;
    later(walks, perSecond, visit, done);
  }

  /** Ends a walk that is under way. */
  public void end() {
    walks++;
    rest = null;
    if (stream != null) {
      stream.close();
      stream = null;
    }
    endCount();
  }

  private void endCount() {
    uncounted = null;
    if (countStream != null) {
      countStream.close();
      countStream = null;
    }
  }

  /** Whether a walk is under way. */
  public boolean underWay() {
    return rest != null;
  }

  /** How many keys the latest walk has seen. */
  public long seen() {
    return seen;
  }

  /** How many keys there were when the latest walk began; -1 while they are being counted. */
  public long total() {
    return uncounted == null ? counted : -1;
  }

  /** Which part of its keys the latest walk has seen, 0 to 1; 0 while they are being counted. */
  public double share() {
    if (uncounted != null) {
      return 0;
    }
    return seen >= counted ? 1 : (double) seen / counted;
  }

  private void later(int walk, int perSecond, Consumer<String> visit, Runnable done) {
    ScheduledFuture<?> unused =
        time.registerTimer(
            time.getCurrentProcessingTime() + PAUSE_MILLIS,
            now -> {
              if (walk == walks) {
                page(perSecond, visit, done);
              }
            });
  }

  private void page(int perSecond, Consumer<String> visit, Runnable done) {
    Iterator<String> left = rest;
    if (left == null) {
      return;
    }
    count();
    due += perSecond * PAUSE_MILLIS;
    long page = due / MILLIS;
    due %= MILLIS;
    for (; page > 0 && left.hasNext(); page--) {
      visit.accept(left.next());
      seen++;
    }
    if (left.hasNext()) {
      later(walks, perSecond, visit, done);
    } else {
      counted = seen;
      end();
      done.run();
    }
  }

  private void count() {
    Iterator<String> ahead = uncounted;
    if (ahead == null) {
      return;
    }
    for (int left = COUNTED_A_PAGE; left > 0 && ahead.hasNext(); left--) {
      ahead.next();
      counted++;
    }
    if (!ahead.hasNext()) {
      endCount();
    }
  }
}
