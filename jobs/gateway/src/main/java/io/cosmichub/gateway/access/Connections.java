package io.cosmichub.gateway.access;

import io.cosmichub.gateway.settings.GatewayConfig.Limits;
import java.util.HashMap;
import java.util.Map;

/** Counts connections by user, by address and in all. Thread-safe. */
public final class Connections {
  private final Limits limits;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();
  private int all;

  public Connections(Limits limits) {
    this.limits = limits;
  }

  /** Counts one more, unless it is one too many. */
  public synchronized boolean enter(Grant grant, String address) {
    if (all >= limits.connections()
        || addresses.getOrDefault(address, 0) >= limits.perAddress()
        || (!grant.equals(Grant.OPEN) && users.getOrDefault(grant.user(), 0) >= limits.perUser())) {
      return false;
    }
    all++;
    users.merge(grant.user(), 1, Integer::sum);
    addresses.merge(address, 1, Integer::sum);
    return true;
  }

  public synchronized void leave(Grant grant, String address) {
    all--;
    users.computeIfPresent(grant.user(), (user, count) -> count == 1 ? null : count - 1);
    addresses.computeIfPresent(address, (of, count) -> count == 1 ? null : count - 1);
  }

  public synchronized int count() {
    return all;
  }
}
