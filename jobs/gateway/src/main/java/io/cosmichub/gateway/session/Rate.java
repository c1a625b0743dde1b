package io.cosmichub.gateway.session;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** Whether more than so many things happen in a second, any second. For one thread at a time. */
final class Rate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int most;
  private final ArrayDeque<Long> latest = new ArrayDeque<>();

  Rate(int most) {
    this.most = most;
  }

  /** Counts one; false if it is one too many. */
  boolean allows(long nanos) {
    latest.addLast(nanos);
    return latest.size() <= most || nanos - latest.removeFirst() >= SECOND;
  }
}
