package io.cosmichub.gateway.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tickets for browsers, which cannot send a bearer token when they open a WebSocket: each is good
 * once, for half a minute, for what its holder's token granted. Thread-safe.
 */
public final class Tickets {
  private static final Duration LIFE = Duration.ofSeconds(30);
  private static final int MOST = 100_000;
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Grant> tickets;

  public Tickets(LongSupplier nanos) {
    tickets =
        Caffeine.newBuilder()
            .expireAfterWrite(LIFE)
            .maximumSize(MOST)
            .ticker(nanos::getAsLong)
            .build();
  }

  public String issue(Grant grant) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    tickets.put(ticket, grant);
    return ticket;
  }

  /** What the ticket grants, once; null if it is not good. */
  public @Nullable Grant redeem(String ticket) {
    return tickets.asMap().remove(ticket);
  }
}
