package io.cosmichub.gateway.access;

import io.cosmichub.gateway.settings.GatewayConfig;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides who is who, and from where one may come. Thread-safe. */
public final class Guard {
  private static final String BEARER = "Bearer ";

  private final @Nullable Tokens tokens;
  private final Tickets tickets = new Tickets(System::nanoTime);
  private final Supplier<Set<String>> origins;

  /** {@code own} gives the origins of the gateway's own address, once it listens. */
  public Guard(GatewayConfig config, Clock clock, Supplier<Set<String>> own) {
    this.tokens =
        config.access() == GatewayConfig.Access.OPEN ? null : new Tokens(config.tokens(), clock);
    List<String> listed = config.origins();
    this.origins = listed.isEmpty() ? own : () -> Set.copyOf(listed);
  }

  /** Whether a page of this origin may connect; null is no page. */
  public boolean allowsOrigin(@Nullable String origin) {
    return origin == null || origins.get().contains(origin);
  }

  /** What the header {@code Authorization} grants. */
  public Grant bearer(@Nullable String authorization) throws Tokens.Refused {
    if (tokens == null) {
      return Grant.OPEN;
    }
    if (authorization == null || !authorization.startsWith(BEARER)) {
      throw new Tokens.Refused("there is no bearer token");
    }
    return tokens.grant(authorization.substring(BEARER.length()).trim());
  }

  /** What a ticket grants; a ticket that was never issued, or twice used, is refused. */
  public Grant ticket(String ticket) throws Tokens.Refused {
    Grant grant = tickets.redeem(ticket);
    if (grant == null) {
      throw new Tokens.Refused("the ticket is not good, or not any more");
    }
    return grant;
  }

  public String issueTicket(Grant grant) {
    return tickets.issue(grant);
  }

  public boolean open() {
    return tokens == null;
  }
}
