package io.cosmichub.gateway.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Judges how often each user, and each address of those who are nobody, may ask: so many times at
 * once, and as many a second. Keeps one number for each who asked within two seconds, of 100,000 at
 * most. Thread-safe.
 */
public final class Requests {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration FORGOTTEN = Duration.ofSeconds(2);
  private static final int MOST = 100_000;

  private final long spacing;
  private final LongSupplier nanos;

  /** By whom, the time up to which their requests are spent; each takes its share of a second. */
  private final Map<String, Long> spent =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(FORGOTTEN)
          .<String, Long>build()
          .asMap();

  public Requests(int perSecond, LongSupplier nanos) {
    this.spacing = SECOND / perSecond;
    this.nanos = nanos;
  }

  /** Counts one of someone with this grant, unless it is one too many. */
  public boolean allows(Grant grant, String address) {
    return grant.equals(Grant.OPEN) ? allows(address) : take("user " + grant.user());
  }

  /** Counts one of someone without a grant, unless it is one too many. */
  public boolean allows(String address) {
    return take("address " + address);
  }

  private boolean take(String who) {
    long now = nanos.getAsLong();
    boolean[] allowed = new boolean[1];
    spent.compute(
        who,
        (key, held) -> {
          long before = held == null || held - now < 0 ? now : held;
          allowed[0] = before - now <= SECOND - spacing;
          return allowed[0] ? before + spacing : before;
        });
    return allowed[0];
  }
}
